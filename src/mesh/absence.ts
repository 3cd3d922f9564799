import type { Settings } from '../config/settings.ts';
import type { Environment, OpaqueSource } from '../environments/environment.ts';
import type { Resource } from '../render/resource.ts';
import type { Location, ResourceId } from '../vocabulary.ts';
import { isKnown } from '../yaml/placeholders.ts';
import { Creators, labelOf } from './creators.ts';
import type { Creator, IndexedEnvironment } from './creators.ts';
import { Externals } from './externals.ts';
import { isClusterScoped } from './kinds.ts';
import type { Absence } from './mesh.ts';
import { remembered } from '../remember.ts';
import { SimilarNames } from './near-misses.ts';
import { isPlace } from './resource-index.ts';
import type { ResourceIndex } from './resource-index.ts';
import { makesPods } from './workloads.ts';

/** Kinds that a repository seldom holds whole: made by controllers, by hand, or kept out of Git on purpose. */
const SELDOM_WHOLE = new Set(['Secret', 'ConfigMap', 'Pod', 'Node']);

/** Namespaces that installers, add-ons and everybody else write into. */
const SHARED_NAMESPACES = new Set([
  'default',
  'istio-system',
  'kube-system',
  'kube-public',
  'kube-node-lease',
]);

/** Objects that every cluster has. */
const IN_EVERY_CLUSTER = new Set([
  'Service default/kubernetes',
  'Service kube-system/kube-dns',
  'Namespace default',
  'Namespace kube-system',
  'Namespace kube-public',
  'Namespace kube-node-lease',
]);

/** Names compared letter by letter in one mesh: less than a second, far more than a real repository needs. */
const MOST_COMPARISONS = 100_000;

/** Decides whether what was looked up and not found is really absent. */
export class AbsenceJudge {
  readonly #index: ResourceIndex;
  readonly #creators: Creators;
  readonly #baseIndex: ResourceIndex | undefined;
  readonly #baseCreators: Creators | undefined;
  readonly #world: 'open' | 'closed';
  readonly #externals: Externals;
  readonly #holdsAll: Environment['holdsAll'];
  readonly #budget = { left: MOST_COMPARISONS };

  constructor(head: IndexedEnvironment, base: IndexedEnvironment | undefined, settings: Settings) {
    this.#index = head.index;
    this.#creators = new Creators(head);
    this.#baseIndex = base?.index;
    this.#baseCreators = base && new Creators(base);
    this.#world = settings.world;
    this.#externals = new Externals(settings.externals);
    this.#holdsAll = head.environment.holdsAll;
  }

  /** To be asked about something that was looked up and not found; otherwise the answer means nothing. */
  absenceOf(target: ResourceId): Absence {
    const label = labelOf(target);
    const declared = this.#externals.covering(label);
    if (declared !== undefined) {
      return { ...unknown(`declared as existing elsewhere (${declared})`), declared: true };
    }
    if (this.#world === 'closed') {
      return { absent: 'yes', confidence: 'certain', because: 'these files are the whole mesh' };
    }
    if (!isKnown(target.name) || !isKnown(target.namespace)) return unknown('its name is filled in later');
    if (this.#holdsAll?.(target.kind, target.namespace)) {
      return this.#elsewhere(target) ?? this.#notInCluster(target);
    }
    if (IN_EVERY_CLUSTER.has(label)) return unknown('every cluster has it');
    return this.#elsewhere(target) ?? this.#removed(target) ?? this.#notWhole(target) ?? whole(target);
  }

  /** The object of the same kind and namespace whose name differs from the target's by a slip of the finger. */
  nearMissOf({ kind, namespace, name }: ResourceId): string | undefined {
    return isPlace(namespace) ? this.#similar(`${kind}\0${namespace}`).nearest(name) : undefined;
  }

  /** Does the environment plainly describe this namespace, apart from sources that could reach any namespace? */
  describes(namespace: string): boolean {
    return this.#isHome(namespace) && !this.#creators.fills(namespace);
  }

  /** Why pods may run in a namespace (`undefined`: in any) that this repository knows nothing of, if they may. */
  podsElsewhere(namespace: string | undefined): string | undefined {
    if (this.#world === 'closed' || this.#holdsAll?.('Pod', namespace ?? '')) return undefined;
    if (namespace === undefined || !isPlace(namespace)) return 'pods of namespaces outside this repository';
    const byHand = this.#hasWorkloads('');
    const isWhole = !byHand && !SHARED_NAMESPACES.has(namespace) && this.#hasWorkloads(namespace);
    return isWhole ? undefined : `pods of namespace ${namespace} outside this repository`;
  }

  /** Sources that deploy objects we cannot see. */
  get deployers(): readonly OpaqueSource[] {
    return this.#creators.deployers;
  }

  /** Every object of this kind was listed, and what is applied to the cluster is known. */
  #notInCluster(target: ResourceId): Absence {
    const newcomer = this.#baseIndex && this.#newcomer(target);
    if (newcomer) return unknown(`${newcomer.what} may create it`, newcomer.at);
    return { absent: 'yes', confidence: 'certain', because: 'the cluster has none of that name' };
  }

  /** Something of this kind that may be the target, though it is not written under its namespace and name. */
  #elsewhere({ kind, namespace, name }: ResourceId): Absence | undefined {
    if (isClusterScoped(kind)) return undefined;
    if (namespace === '') {
      const [namesake] = this.#index.ofKindNamed(kind, name);
      if (namesake) return unknown(`${labelOf(namesake)} may be it`, at(namesake));
    }
    const vague = this.#index
      .vagueOfKind(kind)
      .find(
        (resource) =>
          (resource.namespace === namespace || namespace === '' || !isPlace(resource.namespace)) &&
          (resource.name === name || !isKnown(resource.name)),
      );
    return vague && unknown(`${labelOf(vague)} may be it, once all of its name is filled in`, at(vague));
  }

  /** The base held it: this change takes it away, unless it also brings something that may put it back. */
  #removed(target: ResourceId): Absence | undefined {
    const before = this.#baseIndex?.find(target.kind, target.namespace, target.name);
    if (!before) return undefined;
    const newcomer = this.#newcomer(target);
    if (newcomer) return unknown(`this change removes it, but ${newcomer.what} may create it`, newcomer.at);
    return {
      absent: 'yes',
      confidence: 'certain',
      because: 'this change removes or renames it',
      at: at(before),
    };
  }

  /** What this change adds that may create the target. */
  #newcomer(target: ResourceId): Creator | undefined {
    const all = (creators: Creators) => [...creators.of(target), ...creators.istioChartsIn(target.namespace)];
    const before = new Set((this.#baseCreators ? all(this.#baseCreators) : []).map(({ key }) => key));
    return all(this.#creators).find(({ key }) => !before.has(key));
  }

  /** The reason why the environment cannot be said to hold everything of this kind in the target's namespace. */
  #notWhole(target: ResourceId): Absence | undefined {
    const { kind, namespace } = target;
    if (isClusterScoped(kind)) return unknown('it may be created outside this repository');
    if (SELDOM_WHOLE.has(kind)) return unknown(`a ${kind} is often created outside the repository`);
    if (namespace === '') return unknown('its namespace is not written in this repository');
    if (SHARED_NAMESPACES.has(namespace)) return unknown(`others write into namespace ${namespace} too`);
    if (this.#index.ofKindIn(kind, '').length > 0) {
      return unknown(`other ${kind} objects here name no namespace: whoever applies them chooses it`);
    }
    const peers = this.#index.ofKindIn(kind, namespace);
    if (peers.length === 0) return unknown(`this repository holds no ${kind} in namespace ${namespace}`);
    if (!this.#isHome(namespace)) return unknown(`namespace ${namespace} is only partly in this repository`);
    const [creator] = this.#creators.of(target);
    return creator && unknown(`${creator.what} may create it`, creator.at);
  }

  /** The namespace's manifest or workloads of it are here. */
  #isHome(namespace: string): boolean {
    return this.#index.find('Namespace', '', namespace) !== undefined || this.#hasWorkloads(namespace);
  }

  readonly #hasWorkloads = remembered((namespace) => this.#index.inNamespace(namespace).some(makesPods));

  readonly #similar = remembered((kindAndNamespace) => {
    const [kind = '', namespace = ''] = kindAndNamespace.split('\0');
    const names = this.#index.ofKindIn(kind, namespace).map((resource) => resource.name);
    return new SimilarNames(names.filter(isKnown), this.#budget);
  });
}

function whole({ namespace }: ResourceId): Absence {
  return {
    absent: 'yes',
    confidence: 'likely',
    because: `namespace ${namespace} is written plainly in this repository, and it is not there`,
  };
}

function unknown(because: string, place?: Location): Absence {
  return { absent: 'unknown', confidence: 'certain', because, ...(place === undefined ? {} : { at: place }) };
}

function at(resource: Resource): Location {
  return resource.origin.at(['metadata', 'name']);
}
