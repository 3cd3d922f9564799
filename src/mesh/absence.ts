import type { Settings } from '../config/settings.ts';
import type { Environment, OpaqueSource } from '../environments/environment.ts';
import type { Resource } from '../render/resource.ts';
import type { Location, ResourceId } from '../vocabulary.ts';
import { isKnown } from '../yaml/placeholders.ts';
import { deployersOf, mayCreateObjects, sourceKey } from './deployers.ts';
import { Externals } from './externals.ts';
import { isClusterScoped, kindName } from './kinds.ts';
import type { Absence } from './mesh.ts';
import { remembered } from './multimap.ts';
import { SimilarNames } from './near-misses.ts';
import { isPlace } from './resource-index.ts';
import type { ResourceIndex } from './resource-index.ts';
import { makesPods } from './workloads.ts';

/** An environment with its resources indexed. */
export interface IndexedEnvironment {
  readonly environment: Environment;
  readonly index: ResourceIndex;
}

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
  readonly #head: IndexedEnvironment;
  readonly #base: IndexedEnvironment | undefined;
  readonly #world: 'open' | 'closed';
  readonly #externals: Externals;
  readonly #budget = { left: MOST_COMPARISONS };
  #headDeployers: readonly OpaqueSource[] | undefined;
  #baseDeployers: ReadonlySet<string> | undefined;

  constructor(head: IndexedEnvironment, base: IndexedEnvironment | undefined, settings: Settings) {
    this.#head = head;
    this.#base = base;
    this.#world = settings.world;
    this.#externals = new Externals(settings.externals);
  }

  /** To be asked about something that was looked up and not found; otherwise the answer means nothing. */
  absenceOf(target: ResourceId): Absence {
    const label = labelOf(target);
    const declared = this.#externals.covering(label);
    if (declared !== undefined) return unknown(`declared as existing elsewhere (${declared})`);
    if (this.#world === 'closed') {
      return { absent: 'yes', confidence: 'certain', because: 'these files are the whole mesh' };
    }
    if (!isKnown(target.name) || !isKnown(target.namespace)) {
      return unknown('its name is filled in later');
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
    const filled = this.deployers().some((source) => source.namespaces?.includes(namespace));
    return !filled && this.#isHome(namespace) && this.#creators(namespace).length === 0;
  }

  /** Why pods may run in a namespace (`undefined`: in any) that this repository knows nothing of, if they may. */
  podsElsewhere(namespace: string | undefined): string | undefined {
    if (this.#world === 'closed') return undefined;
    if (namespace === undefined || !isPlace(namespace)) return 'pods of namespaces outside this repository';
    const byHand = this.#hasWorkloads('');
    const isWhole = !byHand && !SHARED_NAMESPACES.has(namespace) && this.#hasWorkloads(namespace);
    return isWhole ? undefined : `pods of namespace ${namespace} outside this repository`;
  }

  /** Sources that deploy objects we cannot see. */
  deployers(): readonly OpaqueSource[] {
    this.#headDeployers ??= deployersOf(this.#head.environment, this.#head.index);
    return this.#headDeployers;
  }

  /** Something of this kind that may be the target, though it is not written under its namespace and name. */
  #elsewhere({ kind, namespace, name }: ResourceId): Absence | undefined {
    if (isClusterScoped(kind)) return undefined;
    const { index } = this.#head;
    if (namespace === '') {
      const [namesake] = index.ofKindNamed(kind, name);
      if (namesake) return unknown(`${labelOf(namesake)} may be it`, at(namesake));
    }
    const vague = index
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
    const before = this.#base?.index.find(target.kind, target.namespace, target.name);
    if (!before) return undefined;
    const newcomer = this.#newcomer(target);
    if (newcomer !== undefined) return unknown(`this change removes it, but ${newcomer} may create it`);
    return {
      absent: 'yes',
      confidence: 'certain',
      because: 'this change removes or renames it',
      at: at(before),
    };
  }

  /** What this change adds that may create the target. */
  #newcomer(target: ResourceId): string | undefined {
    const before = this.#deployersBefore();
    const deployer = this.deployers().find(
      (source) => reaches(source, target.namespace) && !before.has(sourceKey(source)),
    );
    if (deployer) return deployer.what;
    const creator = this.#creatorsOf(target).find(
      (resource) => !this.#base?.index.find(kindOf(resource), resource.namespace, resource.name),
    );
    return creator && labelOf(creator);
  }

  /** The reason why the environment cannot be said to hold everything of this kind in the target's namespace. */
  #notWhole(target: ResourceId): Absence | undefined {
    const { kind, namespace } = target;
    if (isClusterScoped(kind)) return unknown('it may be created outside this repository');
    if (SELDOM_WHOLE.has(kind)) return unknown(`a ${kind} is often created outside the repository`);
    if (namespace === '') return unknown('its namespace is not written in this repository');
    if (SHARED_NAMESPACES.has(namespace)) return unknown(`others write into namespace ${namespace} too`);
    const { index } = this.#head;
    if (index.ofKindIn(kind, '').length > 0) {
      return unknown(`other ${kind} objects here name no namespace: whoever applies them chooses it`);
    }
    const peers = index.ofKindIn(kind, namespace);
    if (peers.length === 0) return unknown(`this repository holds no ${kind} in namespace ${namespace}`);
    if (!this.#isHome(namespace)) return unknown(`namespace ${namespace} is only partly in this repository`);
    const deployer = this.deployers().find((source) => reaches(source, namespace));
    if (deployer) return unknown(`${deployer.what} may create it`, deployer.at);
    const [creator] = this.#creatorsOf(target);
    return creator && unknown(`${labelOf(creator)} may create it`, at(creator));
  }

  /** Objects in the target's namespace that may create it: those of operators, and a Gateway for its own Service. */
  #creatorsOf({ namespace, name }: ResourceId): readonly Resource[] {
    const gateways = this.#head.index.ofKindIn('KubernetesGateway', namespace);
    return [...this.#creators(namespace), ...gateways.filter((gateway) => name.startsWith(gateway.name))];
  }

  readonly #creators = remembered((namespace) =>
    this.#head.index.inNamespace(namespace).filter(mayCreateObjects),
  );

  /** The namespace's manifest or workloads of it are here. */
  readonly #isHome = remembered(
    (namespace) =>
      this.#head.index.find('Namespace', '', namespace) !== undefined || this.#hasWorkloads(namespace),
  );

  readonly #hasWorkloads = remembered((namespace) => this.#head.index.inNamespace(namespace).some(makesPods));

  readonly #similar = remembered((kindAndNamespace) => {
    const [kind = '', namespace = ''] = kindAndNamespace.split('\0');
    const names = this.#head.index.ofKindIn(kind, namespace).map((resource) => resource.name);
    return new SimilarNames(names.filter(isKnown), this.#budget);
  });

  #deployersBefore(): ReadonlySet<string> {
    this.#baseDeployers ??= new Set(
      this.#base && deployersOf(this.#base.environment, this.#base.index).map(sourceKey),
    );
    return this.#baseDeployers;
  }
}

function whole({ namespace }: ResourceId): Absence {
  return {
    absent: 'yes',
    confidence: 'likely',
    because: `namespace ${namespace} is written plainly in this repository, and it is not there`,
  };
}

function reaches(source: OpaqueSource, namespace: string): boolean {
  return source.namespaces === undefined || namespace === '' || source.namespaces.includes(namespace);
}

function unknown(because: string, place?: Location): Absence {
  return { absent: 'unknown', confidence: 'certain', because, ...(place === undefined ? {} : { at: place }) };
}

function kindOf(resource: Resource): string {
  return kindName(resource.group, resource.kind);
}

function at(resource: Resource): Location {
  return resource.origin.at(['metadata', 'name']);
}

/** `Kind namespace/name`, or `Kind name`. */
export function labelOf({ kind, namespace, name }: ResourceId): string {
  return namespace === '' ? `${kind} ${name}` : `${kind} ${namespace}/${name}`;
}
