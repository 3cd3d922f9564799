import type { Hazard } from './hazard.ts';

export const HAZARDS_1_17: readonly Hazard[] = [];
