import type { Hazard } from './hazard.ts';

export const HAZARDS_1_25: readonly Hazard[] = [];
