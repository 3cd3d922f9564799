import type { Hazard } from './hazard.ts';

export const HAZARDS_1_11: readonly Hazard[] = [];
