import type { OpaqueSource } from '../environments/environment.ts';
import { LabelIndex } from './label-index.ts';
import type { LabelMatches, Labelled } from './label-index.ts';
import type { Selection } from './mesh.ts';
import { append, remembered } from './multimap.ts';
import type { PodSource } from './pod-sources.ts';
import { isPlace } from './resource-index.ts';
import type { Labels } from './selectors.ts';
import type { Workload } from './workloads.ts';

/** What stands behind selectors: workloads, and in an open world whatever else may bring pods. */
export interface SelectionSources {
  readonly world: 'open' | 'closed';
  readonly workloads: readonly Workload[];
  readonly podSources: readonly PodSource[];
  readonly deployers: readonly OpaqueSource[];
  /** Why pods may run in a namespace that nothing here tells of. */
  podsElsewhere(namespace: string | undefined): string | undefined;
  /** The workloads before the change. */
  baseWorkloads(): readonly Workload[];
}

/** Which workloads a label map selects, for certain and perhaps. */
export class WorkloadSelection {
  readonly #sources: SelectionSources;
  readonly #workloads: LabelledByNamespace<Workload>;
  readonly #podSources: LabelledByNamespace<PodSource>;
  #before: LabelledByNamespace<Workload> | undefined;

  constructor(sources: SelectionSources) {
    const open = sources.world === 'open';
    this.#sources = sources;
    this.#workloads = new LabelledByNamespace(sources.workloads, open);
    this.#podSources = new LabelledByNamespace(open ? sources.podSources : [], open);
  }

  select(labels: Labels, namespace: string | undefined): Selection {
    const { yes, maybe } = this.#workloads.matching(labels, namespace);
    const others = this.#podSources.matching(labels, namespace);
    const perhaps = new Set([
      ...[...maybe, ...others.yes, ...others.maybe].map(labelOfObject),
      ...this.#reaching(namespace ?? ''),
    ]);
    const elsewhere = yes.length === 0 ? this.#sources.podsElsewhere(namespace) : undefined;
    if (elsewhere !== undefined && !this.#selectedBefore(labels, namespace)) perhaps.add(elsewhere);
    return { selected: yes, maybe: [...perhaps].sort() };
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
      const members = namespace === undefined ? this.#all : (this.#byNamespace.get(namespace) ?? []);
      index = new LabelIndex(members, this.#openWorld);
      this.#indexes.set(namespace, index);
    }
    return index;
  }
}

function labelOfObject({ kind, namespace, name }: Workload | PodSource): string {
  return namespace === '' ? `${kind} ${name}` : `${kind} ${namespace}/${name}`;
}
