import { perObject } from '../remember.ts';
import type { RepositoryName } from './github-client.ts';

/** Bytes a cache keeps at most: the manifests of a few dozen repositories. */
const DEFAULT_BYTES = 256 * 1024 * 1024;

interface Entry {
  readonly value: unknown;
  readonly size: number;
  /** Counts up with every use of the cache. */
  used: number;
}

/** What is left when the cache had to make room, so that it need not do so again at once. */
const KEPT = 0.9;

/**
 * What was read from repositories, by repository and object id, which never change their meaning. Shared by all reviews of a
 * process; the least recently used goes first. Nothing of one repository is ever given to another.
 */
export class RepositoryCache {
  /** By kind and repository, then by id. */
  readonly #shelves = new Map<string, Map<string, Entry>>();
  readonly #maxBytes: number;
  #bytes = 0;
  #uses = 0;

  constructor(maxBytes: number = DEFAULT_BYTES) {
    this.#maxBytes = maxBytes;
  }

  /** Bytes held now. */
  get bytes(): number {
    return this.#bytes;
  }

  /** What was stored under this id, which thereby becomes the most recently used. */
  get(repository: RepositoryName, kind: CachedKind, id: string): unknown {
    const entry = this.#shelves.get(shelfOf(repository)[kind])?.get(id);
    if (entry) entry.used = ++this.#uses;
    return entry?.value;
  }

  /** Stores a value of about `size` bytes. What is larger than a quarter of the cache is not worth keeping. */
  set(repository: RepositoryName, kind: CachedKind, id: string, value: unknown, size: number): void {
    if (size > this.#maxBytes / 4) return;
    const name = shelfOf(repository)[kind];
    const shelf = this.#shelves.get(name) ?? new Map<string, Entry>();
    this.#shelves.set(name, shelf);
    this.#bytes += size - (shelf.get(id)?.size ?? 0);
    shelf.set(id, { value, size, used: ++this.#uses });
    if (this.#bytes > this.#maxBytes) this.#makeRoom();
  }

  #makeRoom(): void {
    const all = [...this.#shelves].flatMap(([name, shelf]) =>
      [...shelf].map(([id, entry]) => ({ name, shelf, id, entry })),
    );
    all.sort((a, b) => a.entry.used - b.entry.used);
    for (const { name, shelf, id, entry } of all) {
      if (this.#bytes <= this.#maxBytes * KEPT) break;
      shelf.delete(id);
      if (shelf.size === 0) this.#shelves.delete(name);
      this.#bytes -= entry.size;
    }
  }
}

/**
 * `blob`: bytes by blob id. `tree`: a listing by tree or commit id. `merge-base`: a commit id by the two compared. `settings`: by
 * file. `review`: what the last review leaves to the next.
 */
const KINDS = ['blob', 'tree', 'merge-base', 'settings', 'review'] as const;

type CachedKind = (typeof KINDS)[number];

/** A review asks thousands of times for one repository. */
const shelfOf = perObject(({ owner, repo }: RepositoryName): Readonly<Record<CachedKind, string>> => {
  const names = KINDS.map((kind) => [kind, `${kind} ${owner}/${repo}`.toLowerCase()]);
  return Object.fromEntries(names) as Record<CachedKind, string>;
});
