import type { Hazard } from './hazard.ts';
import { HAZARDS_1_5 } from './v1.5.ts';
import { HAZARDS_1_6 } from './v1.6.ts';
import { HAZARDS_1_7 } from './v1.7.ts';
import { HAZARDS_1_8 } from './v1.8.ts';
import { HAZARDS_1_9 } from './v1.9.ts';
import { HAZARDS_1_10 } from './v1.10.ts';
import { HAZARDS_1_11 } from './v1.11.ts';
import { HAZARDS_1_12 } from './v1.12.ts';
import { HAZARDS_1_13 } from './v1.13.ts';
import { HAZARDS_1_14 } from './v1.14.ts';
import { HAZARDS_1_15 } from './v1.15.ts';
import { HAZARDS_1_16 } from './v1.16.ts';
import { HAZARDS_1_17 } from './v1.17.ts';
import { HAZARDS_1_18 } from './v1.18.ts';
import { HAZARDS_1_19 } from './v1.19.ts';
import { HAZARDS_1_20 } from './v1.20.ts';
import { HAZARDS_1_21 } from './v1.21.ts';
import { HAZARDS_1_22 } from './v1.22.ts';
import { HAZARDS_1_23 } from './v1.23.ts';
import { HAZARDS_1_24 } from './v1.24.ts';
import { HAZARDS_1_25 } from './v1.25.ts';
import { HAZARDS_1_26 } from './v1.26.ts';
import { HAZARDS_1_27 } from './v1.27.ts';
import { HAZARDS_1_28 } from './v1.28.ts';
import { HAZARDS_1_29 } from './v1.29.ts';
import { HAZARDS_1_30 } from './v1.30.ts';
import { HAZARDS_1_31 } from './v1.31.ts';

/** Every hazard, in the order of versions, worst first within one. */
export const HAZARDS: readonly Hazard[] = [
  ...HAZARDS_1_5,
  ...HAZARDS_1_6,
  ...HAZARDS_1_7,
  ...HAZARDS_1_8,
  ...HAZARDS_1_9,
  ...HAZARDS_1_10,
  ...HAZARDS_1_11,
  ...HAZARDS_1_12,
  ...HAZARDS_1_13,
  ...HAZARDS_1_14,
  ...HAZARDS_1_15,
  ...HAZARDS_1_16,
  ...HAZARDS_1_17,
  ...HAZARDS_1_18,
  ...HAZARDS_1_19,
  ...HAZARDS_1_20,
  ...HAZARDS_1_21,
  ...HAZARDS_1_22,
  ...HAZARDS_1_23,
  ...HAZARDS_1_24,
  ...HAZARDS_1_25,
  ...HAZARDS_1_26,
  ...HAZARDS_1_27,
  ...HAZARDS_1_28,
  ...HAZARDS_1_29,
  ...HAZARDS_1_30,
  ...HAZARDS_1_31,
];
