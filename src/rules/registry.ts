import type { ChangeRule } from './change-rule.ts';
import type { FleetRule } from './fleet-rule.ts';
import environmentDrift from './fleet/environment-drift.ts';
import ist0170 from './fleet/ist0170-service-differs-between-clusters.ts';
import { ISTIO_RULES } from './istio-rules.ts';
import { OWN_CHANGE_RULES } from './own-change-rules.ts';
import { OWN_RULES } from './own-rules.ts';
import type { Rule, RuleHead } from './rule.ts';
import { HAZARD_CHANGE_RULES, HAZARD_RULES } from './upgrade/hazards/rules.ts';

/** Every rule about one environment beside the others, in the order of its id. */
export const FLEET_RULES: readonly FleetRule[] = [ist0170, environmentDrift];

/** Every rule about one mesh; those that hazards make come last. */
export const RULES: readonly Rule[] = [...ISTIO_RULES, ...OWN_RULES, ...HAZARD_RULES];

/** Every rule about the step from base to head; those that hazards make come last. */
export const CHANGE_RULES: readonly ChangeRule[] = [...OWN_CHANGE_RULES, ...HAZARD_CHANGE_RULES];

/** The rules that have a page and fixtures of their own. */
export const WRITTEN_HEADS: readonly RuleHead[] = [
  ...ISTIO_RULES,
  ...OWN_RULES,
  ...OWN_CHANGE_RULES,
  ...FLEET_RULES,
];

/** What all rules say of themselves: for lists and settings. */
export const RULE_HEADS: readonly RuleHead[] = [...RULES, ...CHANGE_RULES, ...FLEET_RULES];

const BY_ID: ReadonlyMap<string, Rule> = new Map(RULES.map((rule) => [rule.id, rule]));

/** A rule about one mesh. */
export function ruleById(id: string): Rule | undefined {
  return BY_ID.get(id);
}

const HEAD_BY_ID: ReadonlyMap<string, RuleHead> = new Map(RULE_HEADS.map((head) => [head.id, head]));

/** A rule of any sort. */
export function ruleHeadById(id: string): RuleHead | undefined {
  return HEAD_BY_ID.get(id);
}
