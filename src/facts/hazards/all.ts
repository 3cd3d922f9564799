import type { Hazard } from './hazard.ts';
import { HAZARDS_1_10 } from './v1.10.ts';
import { HAZARDS_1_22 } from './v1.22.ts';

/** Every hazard, in the order of versions, worst first within one. */
export const HAZARDS: readonly Hazard[] = [...HAZARDS_1_10, ...HAZARDS_1_22];
