import type { Hazard } from './hazard.ts';

export const HAZARDS_1_31: readonly Hazard[] = [];
