import type { Hazard } from './hazard.ts';

export const HAZARDS_1_19: readonly Hazard[] = [];
