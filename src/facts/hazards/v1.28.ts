import type { Hazard } from './hazard.ts';

export const HAZARDS_1_28: readonly Hazard[] = [];
