import type { Hazard } from './hazard.ts';

export const HAZARDS_1_24: readonly Hazard[] = [];
