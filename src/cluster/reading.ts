import { kindName } from '../mesh/kinds.ts';
import type { Resource } from '../render/resource.ts';
import { textAt, type Fields } from '../untyped.ts';
import type { Unchecked } from '../vocabulary.ts';
import type { ApiServer } from './api-server.ts';
import { listPath, type ListedKind } from './kinds.ts';
import { listAll } from './list.ts';
import { liveResource } from './live-object.ts';

/** What is kept of an object of the cluster: the resource, or nothing. */
export type Keep = (object: Fields, kind: ListedKind) => Resource | undefined;

/** Collects what is read of a cluster: resources, and for every kind and namespace whether that is all of them. */
export class Reading {
  readonly resources: Resource[] = [];
  readonly unchecked: Unchecked[] = [];
  readonly #api: ApiServer;
  /** The namespaces to read; `undefined`: the whole cluster. */
  readonly #namespaces: readonly string[] | undefined;
  /** `Kind` for the whole cluster, `Kind namespace` for one namespace. */
  readonly #whole = new Set<string>();
  #lists = 0;

  constructor(api: ApiServer, namespaces: readonly string[] | undefined) {
    this.#api = api;
    this.#namespaces = namespaces;
  }

  /** How many lists could be read. */
  get lists(): number {
    return this.#lists;
  }

  /** Reads all objects of a kind and keeps what `keep` makes of them. */
  async list(kind: ListedKind, keep: Keep = liveResource): Promise<void> {
    for (const namespace of this.#places(kind)) {
      let found: Resource[] = [];
      await this.each(kind, namespace, {
        take: (object) => {
          const resource = keep(object, kind);
          if (resource) found.push(resource);
        },
        clear: () => {
          found = [];
        },
      });
      for (const resource of found) this.resources.push(resource);
    }
  }

  /** Hands all objects of a kind to `take`, where they are read at all. */
  async each(
    kind: ListedKind,
    namespace: string | undefined,
    { take, clear }: { readonly take: (object: Fields) => void; readonly clear: () => void },
  ): Promise<void> {
    const { why } = await listAll(this.#api, listPath(kind, namespace), take, clear);
    const where = namespace === undefined ? '' : ` of namespace ${namespace}`;
    if (why === undefined) {
      this.#lists += 1;
      this.#whole.add(wholeKey(kindName(kind.group, kind.kind), namespace));
    } else {
      this.note(`${kind.plural}${kind.group === '' ? '' : `.${kind.group}`}${where}`, why);
    }
  }

  /** Reads one object; `undefined` where it is not there, or may not be read, which is noted. */
  async one(path: string, what: string): Promise<Fields | undefined> {
    const answer = await this.#api.get(path);
    if (answer.ok)
      return textAt(answer.body, 'metadata', 'name') === '' ? undefined : (answer.body as Fields);
    if (answer.status !== 404) this.note(what, answer.why);
    return undefined;
  }

  /** @param count how many objects it concerns. */
  note(what: string, why: string, count = 1): void {
    this.unchecked.push({ what, why, count, examples: [] });
  }

  /** Where objects of a kind are listed. */
  placesOf(kind: ListedKind): readonly (string | undefined)[] {
    return this.#places(kind);
  }

  /** Were all objects of this kind in this namespace read? */
  holdsAll(kind: string, namespace: string): boolean {
    return this.#whole.has(wholeKey(kind, undefined)) || this.#whole.has(wholeKey(kind, namespace));
  }

  #places({ namespaced }: ListedKind): readonly (string | undefined)[] {
    return namespaced ? (this.#namespaces ?? [undefined]) : [undefined];
  }
}

function wholeKey(kind: string, namespace: string | undefined): string {
  return namespace === undefined ? kind : `${kind} ${namespace}`;
}
