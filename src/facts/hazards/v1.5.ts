import type { Hazard } from './hazard.ts';

export const HAZARDS_1_5: readonly Hazard[] = [];
