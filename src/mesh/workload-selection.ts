import type { OpaqueSource } from '../environments/environment.ts';
import { LabelIndex } from './label-index.ts';
import type { LabelMatches, Labelled } from './label-index.ts';
import type { Selection, SelectorNearMiss } from './mesh.ts';
import { remembered } from '../remember.ts';
import { append } from './multimap.ts';
import type { GatewayPods, PodSource } from './pod-sources.ts';
import { isPlace } from './resource-index.ts';
import { selectorNearMiss } from './selector-near-misses.ts';
import type { NearbyPods } from './selector-near-misses.ts';
import type { Labels } from './selectors.ts';
import type { Workload } from './workloads.ts';

/** Pods compared with selectors that select nothing, in one mesh: far more than a real repository needs. */
const MOST_COMPARISONS = 100_000;

/** What stands behind selectors: workloads, and in an open world whatever else may bring pods. */
export interface SelectionSources {
  readonly world: 'open' | 'closed';
  readonly workloads: readonly Workload[];
  readonly podSources: readonly PodSource[];
  /** The pods of gateway charts, whose labels are easily got wrong. */
  readonly gatewayPods: readonly GatewayPods[];
  readonly deployers: readonly OpaqueSource[];
  /** Why pods may run in a namespace that nothing here tells of. */
  podsElsewhere(namespace: string | undefined): string | undefined;
  /** Is the namespace described here, so that a misspelt label can be told from one of a workload elsewhere? */
  describes(namespace: string): boolean;
  /** The workloads before the change. */
  baseWorkloads(): readonly Workload[];
}

/** Which workloads a label map selects, for certain and perhaps. */
export class WorkloadSelection {
  readonly #sources: SelectionSources;
  readonly #workloads: LabelledByNamespace<Workload>;
  readonly #podSources: LabelledByNamespace<PodSource>;
  readonly #budget = { left: MOST_COMPARISONS };
  readonly #known = new Map<string, Selection>();
  #before: LabelledByNamespace<Workload> | undefined;

  constructor(sources: SelectionSources) {
    const open = sources.world === 'open';
    this.#sources = sources;
    this.#workloads = new LabelledByNamespace(sources.workloads, open);
    const others = open ? [...sources.podSources, ...sources.gatewayPods] : [];
    this.#podSources = new LabelledByNamespace(others, open);
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
    const { yes, maybe } = this.#workloads.matching(labels, namespace);
    const others = this.#podSources.matching(labels, namespace);
    const perhaps = new Set([
      ...maybe.map(workloadLabel),
      ...[...others.yes, ...others.maybe].map(({ what }) => what),
      ...this.#reaching(namespace ?? ''),
    ]);
    if (yes.length > 0) return { selected: yes, maybe: [...perhaps].sort() };
    const elsewhere = this.#sources.podsElsewhere(namespace);
    if (elsewhere !== undefined && !this.#selectedBefore(labels, namespace)) perhaps.add(elsewhere);
    const nearMiss = others.yes.length === 0 ? this.#nearMiss(labels, namespace) : undefined;
    return { selected: yes, maybe: [...perhaps].sort(), ...(nearMiss ? { nearMiss } : {}) };
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
          ? this.#workloads.inNamespace(namespace)
          : [];
    return selectorNearMiss(labels, [...charts, ...nearby.map(podsOf)], this.#budget);
  }

  /** Then the repository owns what is selected, and pods elsewhere are no excuse. */
  #selectedBefore(labels: Labels, namespace: string | undefined): boolean {
    this.#before ??= new LabelledByNamespace(this.#sources.baseWorkloads(), true);
    return this.#before.matching(labels, namespace).yes.length > 0;
  }

  readonly #reaching = remembered((namespace) =>
    (this.#sources.world === 'open' ? this.#sources.deployers : [])
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

function workloadLabel({ kind, namespace, name }: Workload): string {
  return namespace === '' ? `${kind} ${name}` : `${kind} ${namespace}/${name}`;
}
