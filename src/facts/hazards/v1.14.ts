import type { Hazard } from './hazard.ts';

export const HAZARDS_1_14: readonly Hazard[] = [];
