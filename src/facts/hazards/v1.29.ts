import type { Hazard } from './hazard.ts';

export const HAZARDS_1_29: readonly Hazard[] = [];
