import type { Confidence, Evidence, Fix, Level, Path } from '../vocabulary.ts';
import type { KindName, Mesh } from '../mesh/mesh.ts';
import type { Subject } from './subject.ts';

/** What a rule reads of the mesh: a kind of resource, or one of the mesh's FACETS. Proved against reality by a test. */
export type Input = KindName;

export interface ReportOptions {
  /** When it differs from the rule's level. */
  readonly level?: Level;
  readonly confidence?: Confidence;
  readonly evidence?: readonly Evidence[];
  readonly fix?: Fix;
  /** What to do, when that depends on the case. */
  readonly advice?: string;
  /** Order within a level: lower comes first. */
  readonly weight?: number;
  /** Point at the key that introduces the field, not at its value. */
  readonly atKey?: boolean;
}

export type MessageData = Readonly<Record<string, string | number | readonly string[]>>;

/** How a rule tells what it has seen. */
export interface Reporting<M extends string> {
  /** A defect at `path` of the subject. The engine adds place, text, level policy and fingerprint. */
  readonly report: (
    subject: Subject,
    path: Path,
    message: M,
    data?: MessageData,
    options?: ReportOptions,
  ) => void;
  /** False for a subject about which the repository has decided to live with this rule's findings. */
  readonly accepts: (subject: Subject) => boolean;
  /** What this rule could not decide about a subject, and why. Same `what` and `why` are counted together. */
  readonly unchecked: (what: string, why: string, subject?: Subject, path?: Path) => void;
}

export interface RuleContext<M extends string> extends Reporting<M> {
  readonly mesh: Mesh;
  /** The day of the review, `YYYY-MM-DD`. */
  readonly today: string;
}

/** What a rule says of itself. Docs, README table, SARIF rules, `rules` and the config schema derive from it. */
export interface RuleHead<M extends string = string> {
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
}

/** One check of one mesh. */
export interface Rule<M extends string = string> extends RuleHead<M> {
  check(context: RuleContext<M>): void;
}

/** Keeps the message ids of a rule in its type, so that a misspelt one does not compile. */
export function defineRule<const M extends string>(rule: Rule<M>): Rule<M> {
  return rule;
}
