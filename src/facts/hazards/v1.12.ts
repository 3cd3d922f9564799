import type { Hazard } from './hazard.ts';

export const HAZARDS_1_12: readonly Hazard[] = [];
