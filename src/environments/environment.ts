import type { Confidence, Location, Unchecked } from '../vocabulary.ts';
import type { FileProblem } from '../render/repository.ts';
import type { Resource } from '../render/resource.ts';

/**
 * Something that deploys objects we cannot see: a Helm release of a remote chart, a remote base, a template that was not
 * rendered, an operator's custom resource. While one may reach a namespace, absence there proves nothing.
 */
export interface OpaqueSource {
  /** `HelmRelease monitoring/grafana`, `remote base https://...`, `templates in charts/shop`. */
  readonly what: string;
  /** The namespaces it deploys to; `undefined`: could be any. */
  readonly namespaces: readonly string[] | undefined;
  readonly at?: Location;
}

/** The version-bearing facts about charts and installers that are not Kubernetes objects (Chart.yaml, helmfile, scripts). */
export interface DeclaredChart {
  /** `istiod`, `base`, `cni`, `ztunnel`, `gateway`, ... as the repository writes the chart's name. */
  readonly chart: string;
  readonly repository: string;
  /** As written: a version, a range, or '' when the installer takes the newest. */
  readonly version: string;
  readonly releaseName: string;
  readonly namespace: string;
  readonly values: Readonly<Record<string, unknown>>;
  readonly installer: 'helm' | 'argocd' | 'flux';
  /** `likely` where it may be another version, or not be installed at all; certain when absent. */
  readonly confidence?: Confidence;
  /** Some values come from where we cannot see. */
  readonly valuesElsewhere?: boolean;
  readonly at: Location;
  /** The line of a value: `['revision']`, `['meshConfig', 'discoverySelectors']`. */
  valueAt(path: readonly (string | number)[]): Location;
}

/** Two objects of one identity in one build, which kustomize and Flux refuse: nothing of the build is applied. */
export interface Twins {
  readonly first: Resource;
  readonly second: Resource;
  /** `kustomize overlays/prod`. */
  readonly by: string;
}

/** One line of a script, a CI file or a Dockerfile that speaks of Istio. */
export interface ScriptLine {
  readonly text: string;
  readonly at: Location;
}

/** What a tool was asked to build: an overlay or a chart. */
export interface Build {
  /** `kustomization overlays/prod`, `chart charts/shop`. */
  readonly what: string;
  /** The tool ran and refused it: what it said, and where to look. */
  readonly refused?: { readonly why: string; readonly at: Location };
}

/** The resources deployed together into one cluster, as the repository describes it. */
export interface Environment {
  /** Stable across both sides; `default` when the repository has one. */
  readonly name: string;
  readonly roots: readonly string[];
  /** How we knew: `settings`, `Flux Kustomization clusters/prod/apps.yaml`, `the whole repository`. */
  readonly because: string;
  readonly resources: readonly Resource[];
  /** Every file whose content can change this environment: manifests, kustomizations, patches, values. */
  readonly files: ReadonlySet<string>;
  /** Faults in the text of its files, in order of path and line. */
  readonly problems?: readonly FileProblem[];
  readonly charts: readonly DeclaredChart[];
  readonly opaque: readonly OpaqueSource[];
  /** What scripts and CI files say that concerns this environment; absent when nobody has read them. */
  readonly scripts?: readonly ScriptLine[];
  readonly unchecked: readonly Unchecked[];
  /** What tools were started for; absent for none. */
  readonly builds?: readonly Build[];
  /** Objects that stand twice in one build; absent for none. */
  readonly twins?: readonly Twins[];
  /** Patches of objects that only a remote base holds: what they say of them, and no more; absent for none. */
  readonly patches?: readonly Resource[];
  /** Files whose meaning a tool has worked out: a chart's templates and values, an overlay; absent for none. */
  readonly rendered?: ReadonlySet<string>;
  /**
   * Those of them of which it is not certain that they are deployed as they were read, and what was taken for it: a chart's own
   * default values, its templates read without Helm.
   */
  readonly assumed?: ReadonlyMap<string, string>;
  /** Templates of charts that make nothing with the values in hand; absent for none. */
  readonly silent?: ReadonlySet<string>;
  /** Files of kustomizations that the tool does not build: they are read as far as we understand them. Absent for none. */
  readonly unbuilt?: ReadonlySet<string>;
  /** A live cluster: is every object of this kind (`kindName`) that the namespace holds among `resources`? */
  readonly holdsAll?: (kind: string, namespace: string) => boolean;
}

/** The environments of a repository, sorted by name, and what could not be decided about the repository as a whole. */
export interface Discovery {
  readonly environments: readonly Environment[];
  readonly unchecked: readonly Unchecked[];
}
