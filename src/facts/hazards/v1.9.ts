import type { Hazard } from './hazard.ts';

export const HAZARDS_1_9: readonly Hazard[] = [];
