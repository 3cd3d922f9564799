import type { Mesh } from '../mesh/mesh.ts';
import type { Reporting, RuleHead } from './rule.ts';

/** One environment on both sides of a change; a side is absent where the environment is new or gone. */
export interface FleetMember {
  readonly name: string;
  readonly before: Mesh | undefined;
  readonly after: Mesh | undefined;
}

/** Another environment of the repository. Most have no part in a question, so their meshes are modelled when asked for. */
export interface OtherMember {
  readonly name: string;
  readonly member: () => FleetMember;
}

export interface FleetRuleContext<M extends string> extends Reporting<M> {
  /** The environment that the change reaches. Findings stand in its mesh at head. */
  readonly environment: FleetMember;
  /** All others, whether or not the change reaches them. */
  readonly others: readonly OtherMember[];
}

/** One check of an environment beside the others of its repository. Its findings are always introduced. */
export interface FleetRule<M extends string = string> extends RuleHead<M> {
  check(context: FleetRuleContext<M>): void;
}

/** Keeps the message ids of a rule in its type, so that a misspelt one does not compile. */
export function defineFleetRule<const M extends string>(rule: FleetRule<M>): FleetRule<M> {
  return rule;
}
