import type { Hazard } from './hazard.ts';

export const HAZARDS_1_27: readonly Hazard[] = [];
