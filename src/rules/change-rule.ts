import type { Mesh } from '../mesh/mesh.ts';
import type { Reporting, RuleHead } from './rule.ts';

export interface ChangeRuleContext<M extends string> extends Reporting<M> {
  /** The mesh at base. */
  readonly before: Mesh;
  /** The mesh at head. Findings stand here, where a person can still edit. */
  readonly after: Mesh;
}

/** One check of the step from base to head: what neither side shows alone. Its findings are always introduced. */
export interface ChangeRule<M extends string = string> extends RuleHead<M> {
  check(context: ChangeRuleContext<M>): void;
}

/** Keeps the message ids of a rule in its type, so that a misspelt one does not compile. */
export function defineChangeRule<const M extends string>(rule: ChangeRule<M>): ChangeRule<M> {
  return rule;
}
