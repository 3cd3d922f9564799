import type { Hazard } from './hazard.ts';

export const HAZARDS_1_13: readonly Hazard[] = [];
