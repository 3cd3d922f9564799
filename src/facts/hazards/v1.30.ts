import type { Hazard } from './hazard.ts';

export const HAZARDS_1_30: readonly Hazard[] = [];
