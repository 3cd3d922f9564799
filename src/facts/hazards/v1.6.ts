import type { Hazard } from './hazard.ts';

export const HAZARDS_1_6: readonly Hazard[] = [];
