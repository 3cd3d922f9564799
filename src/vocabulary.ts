/**
 * The words every part of the project shares. A leaf: it imports nothing.
 * What a word means is said here once; docs and messages use the same words.
 */

/** How much a finding matters. Order: error > warning > info. */
export type Level = 'error' | 'warning' | 'info';

/** Levels from worst to mildest; the one order used for sorting and thresholds. */
export const LEVELS: readonly Level[] = ['error', 'warning', 'info'];

/** The three answers a check can give. `unknown` is never silently turned into one of the others. */
export type Answer = 'yes' | 'no' | 'unknown';

/** `certain`: the repository proves it. `likely`: it needs one assumption, named in the evidence. */
export type Confidence = 'certain' | 'likely';

/** Where a finding stands against the base, decided by fingerprint and never by line. */
export type Status = 'introduced' | 'fixed' | 'existing';

/**
 * `unsafe`: an introduced error. `caution`: an introduced warning or a change that moves traffic or injection.
 * `unknown`: nothing wrong was seen, but what this change touches could not be checked. `safe`: otherwise.
 */
export type Verdict = 'safe' | 'caution' | 'unsafe' | 'unknown';

/** A place a person can open. Lines and columns count from 1. */
export interface Location {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
}

/** One step from a parsed value to a field: a mapping key or a sequence index. */
export type PathSegment = string | number;
export type Path = readonly PathSegment[];

/** What identifies a Kubernetes object. `namespace` is '' when none is written or the kind is cluster-scoped. */
export interface ResourceId {
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
}

/** A fact that supports a finding or a change, and who says so. */
export interface Evidence {
  readonly says: string;
  readonly at?: Location;
}

/** An edit that mends a finding: these lines of the file become this text. */
export interface Fix {
  readonly title: string;
  readonly file: string;
  readonly startLine: number;
  readonly endLine: number;
  readonly text: string;
}

/** What a rule reports, after the engine has turned path into place, level into policy and data into text. */
export interface Finding {
  readonly rule: string;
  readonly level: Level;
  readonly confidence: Confidence;
  /** Absent in `analyze`, which compares nothing. */
  readonly status?: Status;
  readonly resource: ResourceId;
  readonly at: Location;
  readonly message: string;
  readonly evidence: readonly Evidence[];
  readonly advice: string;
  readonly fix?: Fix;
  readonly blastRadius?: BlastRadius;
  /** Order within a level, heaviest (0, and what has none) first. */
  readonly weight?: number;
  /** Equal for the same defect on both sides: rule, resource identity and offending value; no line in it. */
  readonly fingerprint: string;
}

/** What could not be decided, and why. `count` says how many places share this reason; `examples` names a few. */
export interface Unchecked {
  readonly what: string;
  readonly why: string;
  readonly count: number;
  readonly examples: readonly Location[];
}

/** What a finding or a change touches. Entries read `namespace`, `Kind namespace/name`, `namespace/name`; sorted. */
export interface BlastRadius {
  readonly namespaces: readonly string[];
  readonly workloads: readonly string[];
  readonly services: readonly string[];
}

export type ChangeKind =
  | 'tag-created'
  | 'tag-removed'
  | 'tag-retargeted'
  | 'revision-added'
  | 'revision-removed'
  | 'revision-upgraded-in-place'
  | 'default-revision-moved'
  | 'namespace-moves-revision'
  | 'workload-gains-sidecar'
  | 'workload-loses-sidecar'
  | 'workload-moves-revision'
  | 'namespace-becomes-ambient'
  | 'namespace-leaves-ambient'
  | 'namespace-enters-discovery'
  | 'namespace-leaves-discovery'
  | 'gateway-moves-revision'
  | 'component-version-changed'
  | 'mesh-config-changed';

/** One difference between the two meshes that matters to traffic or injection. */
export interface Change {
  readonly kind: ChangeKind;
  /** What changes: a namespace name, `Kind namespace/name`, a tag, a revision, a mesh config field. */
  readonly subject: string;
  readonly from?: string;
  readonly to?: string;
  /** One sentence for a person, with the rule that decided it. */
  readonly message: string;
  readonly at?: Location;
  readonly evidence: readonly Evidence[];
  readonly blastRadius: BlastRadius;
}

/** Which tool brings a control plane into a cluster. */
export type Installer =
  'istioctl' | 'helm' | 'argocd' | 'flux' | 'sail' | 'operator' | 'manifests' | 'unknown';

/**
 * Where an environment stands in a canary upgrade. `steady`: one revision serves all. `canary-installed`: a second one
 * serves nobody yet. `canary-tagged`: a tag points to it. `promoting`: some namespaces follow it. `promoted`: all do, the
 * old one is still there. `old-removed`: it is gone by this change. `unknown`: the repository does not say enough.
 */
export type Stage =
  'steady' | 'canary-installed' | 'canary-tagged' | 'promoting' | 'promoted' | 'old-removed' | 'unknown';

/** One step of a promotion plan. All texts are for people; `run` holds commands as typed into a shell. */
export interface PlanStep {
  readonly title: string;
  /** What must be true before it. */
  readonly preconditions: readonly string[];
  readonly run: readonly string[];
  /** The manifest edit, when the place to edit is in this repository. */
  readonly edits: readonly Fix[];
  /** Checks, each with what healthy looks like. */
  readonly verify: readonly string[];
  /** How to return to the state before this step. */
  readonly rollback: readonly string[];
  /** `done`: true at base. `this-change`: what the change under review does. `next`: still to do. */
  readonly state: 'done' | 'this-change' | 'next';
  /** From here on a way back means installing the old revision again. */
  readonly pointOfNoReturn: boolean;
}

/** The way from where an environment stands at head to the end of its upgrade. */
export interface Plan {
  /** The state the plan ends in, in one sentence. */
  readonly goal: string;
  readonly installer: Installer;
  readonly from: Stage;
  readonly to: Stage;
  /** What the change under review is in this plan: `step 2 of 6: ...`, or that it is none. */
  readonly thisChange: string;
  /** What must be true before this change is merged. */
  readonly beforeMerging: readonly string[];
  readonly steps: readonly PlanStep[];
}

/** A behaviour change that manifests cannot show: said once, for a person to read. */
export interface Reading {
  readonly id: string;
  readonly version: string;
  readonly title: string;
  readonly advice: string;
}
