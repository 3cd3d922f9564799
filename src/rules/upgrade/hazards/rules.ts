import { HAZARDS } from '../../../facts/hazards/all.ts';
import type { Hazard } from '../../../facts/hazards/hazard.ts';
import type { ChangeRule } from '../../change-rule.ts';
import type { Rule } from '../../rule.ts';
import { crossingRule } from './crossing-rule.ts';
import { deprecationRule, neededRule } from './standing-rules.ts';

/** Hazards that have a rule of their own: files show them, and no other rule tells them. */
export const DETECTED: readonly Hazard[] = HAZARDS.filter(
  ({ signals, coveredBy, detectability }) =>
    signals.length > 0 && coveredBy === undefined && detectability !== 'not-from-manifests',
);

/** What holds while it is written, whether a version moves or not: deprecated things, and things that need a newer release. */
export const HAZARD_RULES: readonly Rule[] = DETECTED.filter(stands).map((hazard) =>
  hazard.needed === true ? neededRule(hazard) : deprecationRule(hazard),
);

/** What is met on the way from one release to another. */
export const HAZARD_CHANGE_RULES: readonly ChangeRule[] = DETECTED.filter((hazard) => !stands(hazard)).map(
  crossingRule,
);

function stands({ kind, needed }: Hazard): boolean {
  return kind === 'deprecation' || needed === true;
}
