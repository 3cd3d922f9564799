import type { Hazard } from './hazard.ts';

export const HAZARDS_1_26: readonly Hazard[] = [];
