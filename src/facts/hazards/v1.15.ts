import type { Hazard } from './hazard.ts';

export const HAZARDS_1_15: readonly Hazard[] = [];
