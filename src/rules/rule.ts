import type { Confidence, Evidence, Fix, Level, Path } from '../vocabulary.ts';
import type { Resource } from '../render/resource.ts';
import type { KindName, Mesh } from '../mesh/mesh.ts';

/** The parts of the model a rule may read besides resources of a kind. */
export const FACETS = [
  'namespaces',
  'workloads',
  'services',
  'controlPlanes',
  'components',
  'tags',
  'injection',
  'hosts',
  'meshConfig',
  'absence',
  'problems',
] as const;

/** What a rule reads of the mesh: a kind of resource, or one of FACETS. Proved against reality by a test. */
export type Input = KindName;

export interface ReportOptions {
  /** When it differs from the rule's level. */
  readonly level?: Level;
  readonly confidence?: Confidence;
  readonly evidence?: readonly Evidence[];
  readonly fix?: Fix;
  /** Point at the key that introduces the field, not at its value. */
  readonly atKey?: boolean;
}

export type MessageData = Readonly<Record<string, string | number | readonly string[]>>;

export interface RuleContext<M extends string> {
  readonly mesh: Mesh;
  /** A defect at `path` of the resource. The engine adds place, text, level policy and fingerprint. */
  readonly report: (
    resource: Resource,
    path: Path,
    message: M,
    data?: MessageData,
    options?: ReportOptions,
  ) => void;
  /** What this rule could not decide about a resource, and why. Same `what` and `why` are counted together. */
  readonly unchecked: (what: string, why: string, resource?: Resource, path?: Path) => void;
}

/** One check. Docs, README table, SARIF rules, `rules` and the config schema derive from this object. */
export interface Rule<M extends string = string> {
  /** `IST0101` for Istio's own, kebab-case for ours, `upgrade/<hazard>` for hazards. Never reused, never renamed. */
  readonly id: string;
  readonly name: string;
  readonly level: Level;
  readonly inputs: readonly Input[];
  /** One line; heads the rule's page. */
  readonly summary: string;
  /** Texts by message id; `{name}` is replaced by data. Our own wording. */
  readonly messages: Readonly<Record<M, string>>;
  /** What to do about it: for all messages, or by message id. */
  readonly advice: string | Readonly<Record<M, string>>;
  check(context: RuleContext<M>): void;
}

/** Keeps the message ids of a rule in its type, so that a misspelt one does not compile. */
export function defineRule<const M extends string>(rule: Rule<M>): Rule<M> {
  return rule;
}
