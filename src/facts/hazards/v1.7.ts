import type { Hazard } from './hazard.ts';

export const HAZARDS_1_7: readonly Hazard[] = [];
