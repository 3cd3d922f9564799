import type { Hazard } from './hazard.ts';

export const HAZARDS_1_20: readonly Hazard[] = [];
