import type { Hazard } from './hazard.ts';

export const HAZARDS_1_18: readonly Hazard[] = [];
