import type { OpaqueSource } from '../environments/environment.ts';
import { LabelIndex } from './label-index.ts';
import type { LabelMatches, Labelled } from './label-index.ts';
import type { SelectedPods, Selection, SelectorNearMiss } from './mesh.ts';
import { once, remembered } from '../remember.ts';
import { append } from './multimap.ts';
import type { GatewayPods, PodSource } from './pod-sources.ts';
import { isPlace } from './resource-index.ts';
import { selectorNearMiss } from './selector-near-misses.ts';
import type { NearbyPods } from './selector-near-misses.ts';
import type { Labels } from './selectors.ts';
import type { Workload } from './workloads.ts';

/** Pods compared with selectors that select nothing, in one mesh: far more than a real repository needs. */
const MOST_COMPARISONS = 100_000;

/** Everything of one side of a change that brings pods. */
export interface PodsOfSide {
  readonly workloads: readonly Workload[];
  readonly podSources: readonly PodSource[];
  /** The pods of gateway charts, whose labels are easily got wrong. */
  readonly gatewayPods: readonly GatewayPods[];
  readonly deployers: readonly OpaqueSource[];
}

/** What stands behind selectors: workloads, and in an open world whatever else may bring pods. */
export interface SelectionSources extends PodsOfSide {
  readonly world: 'open' | 'closed';
  /** Why pods may run in a namespace that nothing here tells of. */
  podsElsewhere(namespace: string | undefined): string | undefined;
  /** Is the namespace described here, so that a misspelt label can be told from one of a workload elsewhere? */
  describes(namespace: string): boolean;
  /** The other side of the change; `undefined` when nothing is compared. */
  otherSide(): PodsOfSide | undefined;
}

/** Which workloads a label map selects, for certain and perhaps. */
export class WorkloadSelection {
  readonly #sources: SelectionSources;
  readonly #side: SearchedSide;
  readonly #budget = { left: MOST_COMPARISONS };
  readonly #known = new Map<string, Selection>();
  readonly #other: () => { readonly side: SearchedSide | undefined };

  constructor(sources: SelectionSources) {
    this.#sources = sources;
    this.#side = new SearchedSide(sources, sources.world === 'open');
    this.#other = once(() => {
      const other = sources.otherSide();
      return { side: other && new SearchedSide(other, true) };
    });
  }

  /** Many selectors are alike (`version: v1` in every DestinationRule): each is worked out once. */
  select(labels: Labels, namespace: string | undefined): Selection {
    const key = selectionKey(labels, namespace);
    const known = this.#known.get(key);
    if (known) return known;
    const selection = this.#select(labels, namespace);
    this.#known.set(key, selection);
    return selection;
  }

  #select(labels: Labels, namespace: string | undefined): Selection {
    const found = this.#side.matching(labels, namespace);
    const { selected } = found;
    const charts = found.charts.yes;
    const perhaps = new Set([...found.perhaps, ...charts.map(({ what }) => what), ...found.others]);
    if (selected.length > 0) return { selected, charts, maybe: [...perhaps].sort() };
    const elsewhere = this.#sources.podsElsewhere(namespace);
    if (elsewhere !== undefined && !this.#selectedBefore(labels, namespace)) perhaps.add(elsewhere);
    const isElsewhere = charts.length > 0 || found.brought;
    const nearMiss = isElsewhere ? undefined : this.#nearMiss(labels, namespace);
    const lost = isElsewhere || found.perhaps.length > 0 ? undefined : this.#lost(labels, namespace, found);
    return {
      selected,
      charts,
      maybe: [...perhaps].sort(),
      ...(nearMiss ? { nearMiss } : {}),
      ...(lost ? { lost } : {}),
    };
  }

  /** What is selected on the other side, unless something that is only on this one may stand in for it. */
  #lost(labels: Labels, namespace: string | undefined, found: Found): SelectedPods | undefined {
    const before = this.#other().side?.matching(labels, namespace);
    const lost = before && [...before.selected.map(selectedPods), ...before.charts.yes][0];
    return lost && found.others.every((what) => before.others.includes(what)) ? lost : undefined;
  }

  #nearMiss(labels: Labels, namespace: string | undefined): SelectorNearMiss | undefined {
    const { world, workloads, gatewayPods } = this.#sources;
    if (world === 'closed') return undefined;
    const isAsked = (pods: { readonly namespace: string }) =>
      namespace === undefined || pods.namespace === namespace;
    const charts = gatewayPods.filter(isAsked).map(({ at, ...pods }) => ({ ...pods, at: () => at }));
    // Only gateways are asked for in every namespace, and Istio's carry this label.
    const nearby =
      namespace === undefined
        ? workloads.filter((workload) => Object.hasOwn(workload.labels, 'istio'))
        : this.#sources.describes(namespace)
          ? this.#side.workloadsIn(namespace)
          : [];
    return selectorNearMiss(labels, [...charts, ...nearby.map(podsOf)], this.#budget);
  }

  /** Then the repository owns what is selected, and pods elsewhere are no excuse. */
  #selectedBefore(labels: Labels, namespace: string | undefined): boolean {
    return (this.#other().side?.matching(labels, namespace).selected ?? []).length > 0;
  }
}

/** What a label map selects on one side. */
interface Found {
  readonly selected: readonly Workload[];
  readonly charts: LabelMatches<GatewayPods>;
  /** Objects that bring pods with these labels. */
  readonly brought: boolean;
  /** Workloads and gateway charts whose labels are not fully known. */
  readonly perhaps: readonly string[];
  /** Whatever else may bring such pods. */
  readonly others: readonly string[];
}

/** The pods of one side, to be asked for by label. */
class SearchedSide {
  readonly #side: PodsOfSide;
  readonly #open: boolean;
  readonly #workloads: LabelledByNamespace<Workload>;
  readonly #charts: LabelledByNamespace<GatewayPods>;
  readonly #podSources: LabelledByNamespace<PodSource>;

  constructor(side: PodsOfSide, open: boolean) {
    this.#side = side;
    this.#open = open;
    this.#workloads = new LabelledByNamespace(side.workloads, open);
    this.#charts = new LabelledByNamespace(open ? side.gatewayPods : [], open);
    this.#podSources = new LabelledByNamespace(open ? side.podSources : [], open);
  }

  workloadsIn(namespace: string): readonly Workload[] {
    return this.#workloads.inNamespace(namespace);
  }

  matching(labels: Labels, namespace: string | undefined): Found {
    const { yes, maybe } = this.#workloads.matching(labels, namespace);
    const charts = this.#charts.matching(labels, namespace);
    const sources = this.#podSources.matching(labels, namespace);
    return {
      selected: yes,
      charts,
      brought: sources.yes.length > 0,
      perhaps: [...maybe.map(workloadLabel), ...charts.maybe.map(({ what }) => what)],
      others: [
        ...[...sources.yes, ...sources.maybe].map(({ what }) => what),
        ...this.#reaching(namespace ?? ''),
      ],
    };
  }

  readonly #reaching = remembered((namespace) =>
    (this.#open ? this.#side.deployers : [])
      .filter(
        ({ namespaces }) => namespaces === undefined || !isPlace(namespace) || namespaces.includes(namespace),
      )
      .map(({ what }) => what),
  );
}

/** Labelled things that can be asked for by namespace; each namespace is indexed when it is first asked for. */
class LabelledByNamespace<T extends Labelled & { readonly namespace: string }> {
  readonly #all: readonly T[];
  readonly #openWorld: boolean;
  readonly #byNamespace = new Map<string, T[]>();
  readonly #indexes = new Map<string | undefined, LabelIndex<T>>();
  /** Namespaces that are not written, or filled in later. */
  readonly #unplaced: readonly string[];

  constructor(all: readonly T[], openWorld: boolean) {
    this.#all = all;
    this.#openWorld = openWorld;
    for (const item of all) append(this.#byNamespace, item.namespace, item);
    this.#unplaced = openWorld ? [...this.#byNamespace.keys()].filter((name) => !isPlace(name)).sort() : [];
  }

  inNamespace(namespace: string): readonly T[] {
    return this.#byNamespace.get(namespace) ?? [];
  }

  /** What matches in a namespace, or in any. What is not placed may be in the asked namespace, and the other way round. */
  matching(labels: Labels, namespace: string | undefined): LabelMatches<T> {
    const here = this.#index(namespace).matching(labels);
    if (namespace === undefined || !this.#openWorld) return here;
    const elsewhere = isPlace(namespace) ? this.#unplaced : [undefined];
    const maybe = elsewhere.flatMap((other) => {
      const { yes, maybe: perhaps } = this.#index(other).matching(labels);
      return [...yes, ...perhaps].filter((item) => item.namespace !== namespace);
    });
    return { yes: here.yes, maybe: [...here.maybe, ...maybe] };
  }

  #index(namespace: string | undefined): LabelIndex<T> {
    let index = this.#indexes.get(namespace);
    if (!index) {
      const members = namespace === undefined ? this.#all : this.inNamespace(namespace);
      index = new LabelIndex(members, this.#openWorld);
      this.#indexes.set(namespace, index);
    }
    return index;
  }
}

/** Equal for equal selections only: every text stands behind its length. */
function selectionKey(labels: Labels, namespace: string | undefined): string {
  let key = namespace === undefined ? '' : `${namespace.length} ${namespace}`;
  const names = Object.keys(labels);
  for (const name of names.length > 1 ? names.sort() : names) {
    const value = labels[name] ?? '';
    key += `,${name.length} ${name}=${value.length} ${value}`;
  }
  return key;
}

function podsOf(workload: Workload): NearbyPods {
  const { resource, labels, metadataPath } = workload;
  return {
    what: workloadLabel(workload),
    labels,
    at: (label) => resource.origin.at([...metadataPath, 'labels', label]),
  };
}

function selectedPods(workload: Workload): SelectedPods {
  const { resource, namespace, metadataPath } = workload;
  return { what: workloadLabel(workload), namespace, at: resource.origin.at([...metadataPath, 'labels']) };
}

function workloadLabel({ kind, namespace, name }: Workload): string {
  return namespace === '' ? `${kind} ${name}` : `${kind} ${namespace}/${name}`;
}
