import type { Hazard } from './hazard.ts';

export const HAZARDS_1_8: readonly Hazard[] = [];
