import type { Settings } from '../config/settings.ts';
import type { Resource } from '../render/resource.ts';
import { isKnown } from '../yaml/placeholders.ts';
import type { KindName } from './kinds.ts';
import { isClusterScoped, kindName } from './kinds.ts';
import { append } from './multimap.ts';

/** Istio's own file reader leaves these out, so a closed world does the same. */
const SYSTEM_NAMESPACES = new Set(['kube-system', 'kube-public', 'kube-node-lease', 'local-path-storage']);

/** Resources of one kind by namespace and by name, and those whose place or name is not written plainly. */
interface KindIndex {
  readonly byNamespace: ReadonlyMap<string, readonly Resource[]>;
  readonly byName: ReadonlyMap<string, readonly Resource[]>;
  readonly vague: readonly Resource[];
}

/** The resources of one environment by kind, identity, namespace and name. */
export class ResourceIndex {
  /** Named resources in document order, with the namespace the settings give to those that name none. */
  readonly all: readonly Resource[];
  readonly #byKind = new Map<KindName, Resource[]>();
  readonly #byIdentity = new Map<string, Resource>();
  readonly #byNamespace = new Map<string, Resource[]>();
  readonly #kindIndexes = new Map<KindName, KindIndex>();

  constructor(resources: readonly Resource[], settings: Pick<Settings, 'world' | 'namespace'>) {
    const placed = resources
      .filter((resource) => resource.name !== '')
      .map((resource) => placeInNamespace(resource, settings.namespace));
    this.all = settings.world === 'closed' ? asIstioStores(placed) : placed;
    for (const resource of this.all) {
      const kind = kindName(resource.group, resource.kind);
      append(this.#byKind, kind, resource);
      append(this.#byNamespace, resource.namespace, resource);
      this.#byIdentity.set(identity(kind, resource.namespace, resource.name), resource);
    }
  }

  /** In document order. */
  ofKind(kind: KindName): readonly Resource[] {
    return this.#byKind.get(kind) ?? [];
  }

  inNamespace(namespace: string): readonly Resource[] {
    return this.#byNamespace.get(namespace) ?? [];
  }

  /** The resource of that identity; of several the last, which is what applying them in order leaves behind. */
  find(kind: KindName, namespace: string, name: string): Resource | undefined {
    return this.#byIdentity.get(identity(kind, isClusterScoped(kind) ? '' : namespace, name));
  }

  ofKindIn(kind: KindName, namespace: string): readonly Resource[] {
    return this.#kindIndex(kind).byNamespace.get(namespace) ?? [];
  }

  /** Resources of a kind with that name, in whichever namespace. */
  ofKindNamed(kind: KindName, name: string): readonly Resource[] {
    return this.#kindIndex(kind).byName.get(name) ?? [];
  }

  /** Resources of a kind whose namespace is not written, or whose namespace or name is filled in later. */
  vagueOfKind(kind: KindName): readonly Resource[] {
    return this.#kindIndex(kind).vague;
  }

  /** The namespaces that objects live in, sorted; only those whose name is written plainly. */
  namespaceNames(): string[] {
    return [...this.#byNamespace.keys()].filter(isPlace).sort();
  }

  #kindIndex(kind: KindName): KindIndex {
    const known = this.#kindIndexes.get(kind);
    if (known) return known;
    const byNamespace = new Map<string, Resource[]>();
    const byName = new Map<string, Resource[]>();
    const vague: Resource[] = [];
    for (const resource of this.ofKind(kind)) {
      append(byNamespace, resource.namespace, resource);
      append(byName, resource.name, resource);
      if (!isPlace(resource.namespace) || !isKnown(resource.name)) vague.push(resource);
    }
    const index = { byNamespace, byName, vague };
    this.#kindIndexes.set(kind, index);
    return index;
  }
}

/** Is it a namespace written plainly: neither absent nor filled in later? */
export function isPlace(namespace: string): boolean {
  return namespace !== '' && isKnown(namespace);
}

function placeInNamespace(resource: Resource, fallback: string): Resource {
  if (isClusterScoped(kindName(resource.group, resource.kind))) {
    return resource.namespace === '' ? resource : { ...resource, namespace: '' };
  }
  return resource.namespace === '' && fallback !== '' ? { ...resource, namespace: fallback } : resource;
}

/** A later object replaces an earlier one of the same identity, and the system namespaces are not looked at. */
function asIstioStores(resources: readonly Resource[]): Resource[] {
  const stored = new Map<string, Resource>();
  for (const resource of resources) {
    const kind = kindName(resource.group, resource.kind);
    const home = kind === 'Namespace' ? resource.name : resource.namespace;
    if (!SYSTEM_NAMESPACES.has(home)) {
      stored.set(identity(kind, resource.namespace, resource.name), resource);
    }
  }
  return [...stored.values()];
}

function identity(kind: KindName, namespace: string, name: string): string {
  return `${kind}\0${namespace}\0${name}`;
}
