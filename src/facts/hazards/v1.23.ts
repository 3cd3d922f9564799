import type { Hazard } from './hazard.ts';

export const HAZARDS_1_23: readonly Hazard[] = [];
