import type { RepositoryName } from './github-client.ts';

/** Bytes a cache keeps at most: the manifests of a few dozen repositories. */
const DEFAULT_BYTES = 256 * 1024 * 1024;

/**
 * What was read from repositories, by repository and object id, which never change their meaning. Shared by all reviews of a
 * process; the least recently used goes first. Nothing of one repository is ever given to another.
 */
export class RepositoryCache {
  readonly #entries = new Map<string, { readonly value: unknown; readonly size: number }>();
  readonly #maxBytes: number;
  #bytes = 0;

  constructor(maxBytes: number = DEFAULT_BYTES) {
    this.#maxBytes = maxBytes;
  }

  /** Bytes held now. */
  get bytes(): number {
    return this.#bytes;
  }

  /** What was stored under this id, which thereby becomes the most recently used. */
  get(repository: RepositoryName, kind: CachedKind, id: string): unknown {
    const key = keyOf(repository, kind, id);
    const entry = this.#entries.get(key);
    if (!entry) return undefined;
    this.#entries.delete(key);
    this.#entries.set(key, entry);
    return entry.value;
  }

  /** Stores a value of about `size` bytes. What is larger than a quarter of the cache is not worth keeping. */
  set(repository: RepositoryName, kind: CachedKind, id: string, value: unknown, size: number): void {
    if (size > this.#maxBytes / 4) return;
    const key = keyOf(repository, kind, id);
    this.#remove(key);
    this.#entries.set(key, { value, size });
    this.#bytes += size;
    for (const oldest of this.#entries.keys()) {
      if (this.#bytes <= this.#maxBytes) break;
      this.#remove(oldest);
    }
  }

  #remove(key: string): void {
    this.#bytes -= this.#entries.get(key)?.size ?? 0;
    this.#entries.delete(key);
  }
}

/**
 * `blob`: bytes by blob id. `tree`: a listing by tree or commit id. `merge-base`: a commit id by the two compared. `settings`: by
 * file. `review`: what the last review leaves to the next.
 */
type CachedKind = 'blob' | 'tree' | 'merge-base' | 'settings' | 'review';

function keyOf({ owner, repo }: RepositoryName, kind: CachedKind, id: string): string {
  return `${kind} ${owner.toLowerCase()}/${repo.toLowerCase()} ${id}`;
}
