/**
 * What one Istio release changes that can hurt a mesh, as data: which releases carry it, the signs of it in a repository, the
 * way out and when that ends. Texts are ours; facts are cited in `sources`.
 */
export interface Hazard {
  /** Kebab-case; the rule is `upgrade/<id>`. Never reused, never renamed. */
  readonly id: string;
  /** The minor that changes it: `1.22`. */
  readonly version: string;
  /**
   * The first release of each minor line that carries it, ascending. A release carries it when its own minor is listed and
   * its patch is not lower, or when its minor is not listed and newer than the first listed one.
   */
  readonly from?: readonly string[];
  /** Instead of `from`, for defects of particular releases: the hazard is met by going to one of these, bounds included. */
  readonly within?: readonly (readonly [first: string, last: string])[];
  /** The part of the installation whose version decides; istiod's unless said otherwise. */
  readonly part?: HazardPart;
  readonly kind: 'behaviour-change' | 'removal' | 'deprecation' | 'default-change' | 'minimum-version';
  readonly impact: 'traffic' | 'security' | 'install' | 'observability' | 'operations' | 'api';
  readonly severity: 'high' | 'medium' | 'low';
  /** `exact`: the signal alone decides. `heuristic`: it needs a guess. `not-from-manifests`: only a person can tell. */
  readonly detectability: 'exact' | 'heuristic' | 'not-from-manifests';
  /** Every match stops working for certain: the field is ignored, the install refused, the policy gone. Makes it an error. */
  readonly breaks?: boolean;
  /** One line without a full stop. */
  readonly title: string;
  /** What changes, in one or two sentences. */
  readonly what: string;
  /** What to do. */
  readonly advice: string;
  /** Any of them is exposure. None: the hazard is told on the reading list only. */
  readonly signals: readonly Signal[];
  /** Any of them means that this repository is protected already. */
  readonly sparedBy?: readonly Signal[];
  /** Settings that keep the old behaviour, and until when. */
  readonly wayBack?: readonly WayBack[];
  /** The signals find what needs a release that carries it: the rule speaks while the version is below. */
  readonly needed?: boolean;
  /** The minor without the deprecated thing: there another hazard speaks. */
  readonly endsIn?: string;
  /** The hazard that says more of the same: a step over both tells only that one. */
  readonly toldBy?: string;
  /** The rule that finds it, when that is not a rule made from this entry. */
  readonly coveredBy?: string;
  readonly sources: readonly string[];
}

export type HazardPart = 'istiod' | 'base' | 'cni' | 'ztunnel' | 'gateway';

/** A setting that keeps the old behaviour for a while. */
export interface WayBack {
  /** The setting as it looks when it does so. */
  readonly setting: Signal;
  /** `PILOT_X=false on istiod`. */
  readonly says: string;
  /** The first minor that knows it. */
  readonly since: string;
  /** The first minor without it; absent while it is there. */
  readonly until?: string;
}

/** A look at something in the repository. */
export type Signal =
  | ObjectSignal
  | PodSignal
  | ValueSignal
  | EnvSignal
  | MeshConfigSignal
  | ProxyConfigSignal
  | MetadataSignal
  | ChartSignal
  | ScriptSignal
  | AllSignal
  | UnlessSignal
  | OddSignal;

/** What every signal may say of itself. */
export interface SignalOptions {
  /** The match is a hint: the finding is likely, and a level milder. */
  readonly hint?: boolean;
}

/**
 * Fields under a path: keys joined by dots, `[]` for every item of a list, `*` for every key, `**` for any depth. Keys
 * that hold dots stand in quotes: `metadata.labels."istio.io/rev"`.
 */
export type FieldPath = string;

/** What must hold of the values that a path reaches: of one of them, or of none for `absent`. */
export type Condition =
  | { readonly test: 'present' | 'absent' }
  | { readonly test: 'is' | 'isNot'; readonly values: readonly Scalar[] }
  | { readonly test: 'like' | 'unlike'; readonly pattern: RegExp }
  | { readonly test: 'below' | 'above'; readonly than: number }
  | { readonly test: 'key'; readonly pattern: RegExp }
  | { readonly test: 'empty' }
  | { readonly test: 'items'; readonly atLeast: number };

export type Scalar = string | number | boolean;

export type Conditions = Readonly<Record<FieldPath, Condition>>;

/** A Kubernetes object of a kind, or parts of one, that meet every condition of `where` together. */
export interface ObjectSignal extends SignalOptions {
  readonly look: 'object';
  /** Names as rules use them: `DestinationRule`, `KubernetesGateway`, `Policy.authentication.istio.io`. */
  readonly kinds: readonly string[];
  /** The version behind the slash of `apiVersion`: `v1alpha2`. */
  readonly api?: readonly string[];
  /** The parts to look at; the whole object without. */
  readonly each?: readonly FieldPath[];
  readonly where?: Conditions;
}

/** A pod template of a workload that may be in the mesh. Paths start at the pod's spec. */
export interface PodSignal extends SignalOptions {
  readonly look: 'pod';
  readonly each?: readonly FieldPath[];
  readonly where?: Conditions;
  /** Pods that are meant; those that have or may have a sidecar unless said otherwise. */
  readonly pods?: 'injected' | 'ambient' | 'any';
}

/**
 * A Helm value, wherever values stand: releases by Flux, Argo CD, k3s or helmfile, IstioOperator, Sail. Paths are those of
 * istioctl (`pilot.env.X`, `cni.excludeNamespaces`); the charts' own layout without the first part is looked at as well.
 */
export interface ValueSignal extends SignalOptions {
  readonly look: 'value';
  readonly paths: readonly FieldPath[];
  readonly is: Condition;
  /** Instead of `is`: the paths lead to parts, and one that meets all of these is a match. */
  readonly where?: Conditions;
  /** Whose values; taken from the path when it is not said. */
  readonly of?: HazardPart | 'operator';
}

/** An environment variable that the repository sets. */
export interface EnvSignal extends SignalOptions {
  readonly look: 'env';
  readonly of: 'istiod' | 'proxy' | 'gateway' | 'cni';
  readonly names: readonly string[];
  readonly is: Condition;
}

/** A field of MeshConfig, in any place. */
export interface MeshConfigSignal extends SignalOptions {
  readonly look: 'meshConfig';
  readonly each?: readonly FieldPath[];
  readonly where: Conditions;
}

/** A field of ProxyConfig: under `meshConfig.defaultConfig`, or in the annotation `proxy.istio.io/config`. */
export interface ProxyConfigSignal extends SignalOptions {
  readonly look: 'proxyConfig';
  readonly each?: readonly FieldPath[];
  readonly where: Conditions;
}

/** An annotation or a label. */
export interface MetadataSignal extends SignalOptions {
  readonly look: 'annotation' | 'label';
  /** A key, or what it looks like. */
  readonly key: string | RegExp;
  readonly is: Condition;
  /** Kinds; `pods` is every pod template. Any object and pod template when absent. */
  readonly on?: readonly string[];
}

/** A release of an Istio chart, by the name of the chart. */
export interface ChartSignal extends SignalOptions {
  readonly look: 'chart';
  readonly charts: readonly string[];
}

/** Text in a script or CI file. */
export interface ScriptSignal extends SignalOptions {
  readonly look: 'script';
  /** Matched against single lines; linear. */
  readonly pattern: RegExp;
}

/** Each of them is there; what is told is what the first one finds. */
export interface AllSignal extends SignalOptions {
  readonly look: 'all';
  readonly of: readonly Signal[];
  /** `object`: all in one object. Anywhere unless said otherwise. */
  readonly scope?: 'object';
}

/** What `signal` finds where `other` finds nothing: in the same object, or anywhere. */
export interface UnlessSignal extends SignalOptions {
  readonly look: 'unless';
  readonly signal: Signal;
  readonly other: Signal;
  readonly scope: 'object' | 'namespace' | 'mesh';
}

/** A function of its own: `src/rules/upgrade/hazards/odd.ts` lists them. */
export interface OddSignal extends SignalOptions {
  readonly look: 'odd';
  readonly name: string;
  readonly with: readonly string[];
}
