import type { WrittenNetworks } from './mesh-networks.ts';
import type { Answer, Confidence, Installer, Location, Path, ResourceId } from '../vocabulary.ts';
import type { IstioVersion } from '../facts/versions.ts';
import type { Build, OpaqueSource, Twins } from '../environments/environment.ts';
import type { ScriptLine } from '../environments/environment.ts';
import type { FileProblem } from '../render/repository.ts';
import type { Resource } from '../render/resource.ts';
import type { ChartValues } from './installations/chart-values.ts';
import type { ContainerModel, Workload } from './workloads.ts';
import type { ServiceModel } from './services.ts';
import type { HostAnswer } from './hosts.ts';
import type { KindName } from './kinds.ts';
import type { RevisionMeaning } from './revisions.ts';
import type { VersionStep } from './version-steps.ts';

export type { ChartValues, ContainerModel, HostAnswer, KindName, RevisionMeaning, ServiceModel, Workload };

/** A namespace as this environment knows it: its manifest, or only the fact that objects live in it. */
export interface NamespaceModel {
  readonly name: string;
  /** The Namespace manifest, when the environment holds one. */
  readonly resource: Resource | undefined;
  /** The Argo CD Application that keeps labels on it (`managedNamespaceMetadata`). */
  readonly managedBy?: Resource;
  /** Labels of the manifest and of what keeps them, plus `kubernetes.io/metadata.name`. */
  readonly labels: Readonly<Record<string, string>>;
  /** `yes`: a manifest says what its labels are. `unknown`: it is created elsewhere, so any label may be there. */
  readonly labelsKnown: Answer;
}

/** Helm values as the repository writes them, in the layout of istioctl (`pilot.env`, `cni.ambient`), whoever installs. */
export interface WrittenValues {
  /** All layers merged; what a chart sets by default is not in it. */
  readonly values: Readonly<Record<string, unknown>>;
  /** Where a value stands: `['pilot', 'env', 'X']`. For one that nobody writes, the closest place above it. */
  readonly at: (path: Path) => Location;
  /** Some values come from where we cannot see: one that is missing here may be set there. */
  readonly elsewhere: boolean;
}

/** One istiod: a revision at a version, and where the repository says so. */
export interface ControlPlane {
  /** `default` for the empty revision. May hold a placeholder: test with `isKnown`. */
  readonly revision: string;
  readonly version: IstioVersion | undefined;
  /** As written, suffixes included; '' when the repository does not say. */
  readonly versionText: string;
  readonly installer: Installer;
  /** The system namespace, normally `istio-system`. */
  readonly namespace: string;
  /** Where the version (else the revision, else the object) is written. */
  readonly at: Location;
  readonly confidence: Confidence;
  /** The manifest it was read from; `undefined` when it was read from a chart reference. */
  readonly resource: Resource | undefined;
  readonly meshConfig: Readonly<Record<string, unknown>>;
  /** Where a field of `meshConfig` stands. */
  readonly meshConfigAt?: (path: Path) => Location;
  /** Fields under the values' `global.meshConfig`, which no chart of Istio reads, and where it stands. */
  readonly unreadMeshConfig?: { readonly fields: readonly string[]; readonly at: Location };
  /** Helm release, or the name of the object that installs it. */
  readonly release?: string;
  /** The file that names its chart, where the version stands in another one. */
  readonly chartFile?: string;
  /** Environment variables of istiod that the repository sets (`values.pilot.env`, the container's env). */
  readonly env: Readonly<Record<string, string>>;
  /** `sidecarInjectorWebhook.enableNamespacesByDefault`. */
  readonly injectsByDefault: boolean;
  /** Label selectors of `neverInjectSelector` and `alwaysInjectSelector`. */
  readonly neverInject: readonly unknown[];
  readonly alwaysInject: readonly unknown[];
  /** `global.proxy.autoInject`, the injector's policy; `enabled` when absent. */
  readonly autoInject?: string;
  /** `sidecarInjectorWebhook.useLegacySelectors` (1.9 and 1.10), when it is set. */
  readonly legacySelectors?: boolean;
  /** `sidecarInjectorWebhook.objectSelector` (legacy selectors only), where the values change it. */
  readonly objectSelector?: 'none' | 'opt-out' | 'opt-in';
  /** The release whose chart renders its webhooks, where that is written besides the image's version. */
  readonly chartVersion?: IstioVersion;
  /** Installed with `revision: default` written out: the chart then renders nothing for `istio-injection=enabled`. */
  readonly namedDefault?: boolean;
  /** Its webhooks are none of the chart's business (`global.operatorManageWebhooks`, `global.resourceScope: namespace`). */
  readonly webhooksElsewhere?: boolean;
  /** The values it is installed with; absent for manifests that do not tell them. */
  readonly values?: WrittenValues;
}

/** A versioned part of an Istio installation that is not an istiod. */
export interface MeshComponent {
  readonly component: 'base' | 'istiod' | 'cni' | 'ztunnel' | 'gateway' | 'operator';
  /** Release, DaemonSet or Application name. */
  readonly name: string;
  readonly namespace: string;
  /** The revision it belongs to, for istiod and revisioned gateways. */
  readonly revision: string | undefined;
  /** Where the value `revision` of a gateway chart stands, when it is set. */
  readonly revisionAt?: Location;
  /** The base chart's `defaultRevision`, which validates for all others, and where it stands; absent when not set. */
  readonly defaultRevision?: { readonly name: string; readonly at: Location };
  readonly version: IstioVersion | undefined;
  readonly versionText: string;
  /** Of the chart that installs it, where one does and its number names a release; `version` is that of the image. */
  readonly chartVersion?: IstioVersion;
  readonly installer: Installer;
  readonly at: Location;
  /** The file that names its chart, where the version stands in another one. */
  readonly chartFile?: string;
  readonly confidence: Confidence;
  /** The values it is installed with; absent for manifests. Those of an IstioOperator are its whole `values`. */
  readonly values?: WrittenValues;
}

/** A revision tag: a name that namespaces follow, and the revision it points to. */
export interface RevisionTag {
  readonly name: string;
  readonly revision: string;
  readonly at: Location;
  readonly resource: Resource | undefined;
}

/** Whether a pod of a workload (or an unmarked pod of a namespace) gets a sidecar, from whom, and by which rule. */
export interface Injection {
  readonly injected: Answer;
  /** `default`, a revision, or '' when not injected or not known. */
  readonly revision: string;
  /** The tag the label named, when it named one. */
  readonly tag: string | undefined;
  /** The rule that applied, in words: `namespace label istio.io/rev=prod, a tag of 1-10-0`. */
  readonly because: string;
  readonly at: Location | undefined;
  /** The label value that names neither a revision nor a tag of this environment. */
  readonly dangling: string | undefined;
}

/** Whether something that was looked up and not found is really absent. */
export interface Absence {
  /** `yes`: it is not there. `unknown`: it may live where we cannot see. Never `no`. */
  readonly absent: 'yes' | 'unknown';
  readonly confidence: Confidence;
  /** Why: `this change removes it`, `namespace shop is written whole in this repository`, `the chart X may create it`. */
  readonly because: string;
  readonly at?: Location;
  /** The settings declare that it exists elsewhere. */
  readonly declared?: boolean;
}

/**
 * The model of one environment: the only thing rules may query.
 * Open world: what is not in the repository may exist elsewhere. Closed world: the files are the whole mesh.
 */
export interface Mesh {
  readonly environment: string;
  readonly world: 'open' | 'closed';
  /** Faults in the text of the environment's files. */
  readonly problems: readonly FileProblem[];
  /** Every Helm chart this environment deploys, anybody's, with the values it writes for it. */
  readonly charts: readonly ChartValues[];
  /** What tools were asked to build of this environment. */
  readonly builds: readonly Build[];
  /** Objects that stand twice in one build. */
  readonly twins: readonly Twins[];
  /** What is deployed from where we cannot see: remote bases, charts that were not rendered. */
  readonly remotes: readonly OpaqueSource[];
  /** What patches say of objects that only a remote base holds. */
  readonly patches: readonly Resource[];
  /** Resources of a kind in document order; [] when there are none. Resources without a written name are left out. */
  resources(kind: KindName): readonly Resource[];
  find(kind: KindName, namespace: string, name: string): Resource | undefined;
  readonly namespaces: ReadonlyMap<string, NamespaceModel>;
  /** Every object that makes pods, and bare pods. */
  readonly workloads: readonly Workload[];
  readonly services: readonly ServiceModel[];
  readonly controlPlanes: readonly ControlPlane[];
  readonly components: readonly MeshComponent[];
  readonly tags: readonly RevisionTag[];
  /** Lines of scripts, CI files and Dockerfiles that speak of Istio. */
  readonly scripts: readonly ScriptLine[];
  /** What a name stands for that a label or tag gives: a revision, a tag, something elsewhere, or nothing. */
  meaningOfRevision(name: string): RevisionMeaning;
  /** What this change upgrades or downgrades in place; empty on the base's side. */
  readonly upgrades: readonly VersionStep[];
  injectionOf(workload: Workload): Injection;
  /** The control plane whose sidecar it had before this change; `undefined` when it is new, had none, or that is not known. */
  controlPlaneBefore(workload: Workload): ControlPlane | undefined;
  /** Its injection before this change; `undefined` when it is new, or nothing is compared. */
  injectionBefore(workload: Workload): Injection | undefined;
  /** Injection of a pod without labels of its own in this namespace. */
  namespaceInjection(namespace: string): Injection;
  /** Does the service registry know the host as written in a resource of `fromNamespace` with this `exportTo`? */
  lookupHost(host: string, fromNamespace: string, exportTo: readonly string[]): HostAnswer;
  /** Effective MeshConfig of a revision over Istio's defaults; of the only or default control plane without one. */
  meshConfig(revision?: string): Readonly<Record<string, unknown>>;
  /** The networks of the mesh, as far as they are written: by the command line, else in the ConfigMap that istiod reads. */
  readonly meshNetworks: readonly WrittenNetworks[];
  /** The root namespace: `meshConfig.rootNamespace`, else `istio-system`. */
  readonly rootNamespace: string;
  /** To be asked before any finding of the sort "X does not exist". */
  absenceOf(target: ResourceId): Absence;
  /** Workloads a label map selects in a namespace (undefined: in any), with `unknown` ones kept apart. */
  select(labels: Readonly<Record<string, string>>, namespace: string | undefined): Selection;
}

export interface Selection {
  readonly selected: readonly Workload[];
  /** Workloads whose labels are not fully known, or sources that may add matching pods: an empty `selected` proves nothing. */
  readonly maybe: readonly string[];
  /** Pods of Istio's gateway charts that it selects for certain, though no manifest of them is here. */
  readonly charts: readonly SelectedPods[];
  /** When nothing is selected: what was on the other side of the change, and nothing new may stand in for it. */
  readonly lost?: SelectedPods;
  /** When nothing is selected: pods that one misspelt value keeps from being selected. Then that is likely, whatever `maybe` says. */
  readonly nearMiss?: SelectorNearMiss;
}

/** Pods that a selector reaches. */
export interface SelectedPods {
  /** `Kind namespace/name` of the workload, or of what makes the pods. */
  readonly what: string;
  /** '' when the repository does not say. */
  readonly namespace: string;
  readonly at: Location;
}

/** Pods that a selector misses by one value. */
export interface SelectorNearMiss {
  /** The workload, or the chart release that makes the pods: `Kind namespace/name`. */
  readonly what: string;
  /** The label that differs, and the value the pods carry. */
  readonly label: string;
  readonly value: string;
  readonly at: Location;
}

export type { Path };
