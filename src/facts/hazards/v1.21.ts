import type { Hazard } from './hazard.ts';

export const HAZARDS_1_21: readonly Hazard[] = [];
