import type { Hazard } from './hazard.ts';

export const HAZARDS_1_16: readonly Hazard[] = [];
