import { blobId } from './blob-id.ts';
import type { GitHubReader } from './github-reader.ts';
import type { Limits } from './limits.ts';
import { BrokenTarball, readTarball } from './tarball.ts';

/** A blob somebody wants to read. */
export interface WantedBlob {
  readonly id: string;
  /** Bytes, as the tree says. */
  readonly size: number;
}

/** Blobs in one GraphQL request, and their bytes together: an answer GitHub gives in time. */
const BATCH_BLOBS = 100;
const BATCH_BYTES = 4 * 1024 * 1024;

/** Above this GraphQL cuts texts off, so that the blob itself is asked for at once. */
const GRAPHQL_TEXT = 500_000;

/** Requests for contents that one review may make, whatever it finds. */
const MOST_REQUESTS = 60;

/**
 * The contents one review needs, of both sides. What was read before comes from the cache; what is held here stays until the
 * review is over. Every content is checked against its id, so that neither an archive that changes texts nor a text that
 * is not UTF-8 can be taken for the file.
 */
export class GitHubBlobs {
  readonly #reader: GitHubReader;
  readonly #limits: Limits;
  readonly #held = new Map<string, Uint8Array>();
  #requests = 0;
  #queue: WantedBlob[] = [];
  #flush: Promise<void> | undefined;

  constructor(reader: GitHubReader, limits: Limits) {
    this.#reader = reader;
    this.#limits = limits;
  }

  /** The content, when it is here. */
  get(id: string): Uint8Array | undefined {
    const held = this.#held.get(id);
    if (held) return held;
    const cached = this.#reader.cache.get(this.#reader.repository, 'blob', id) as Uint8Array | undefined;
    if (cached) this.#held.set(id, cached);
    return cached;
  }

  /** The content, asked for if need be; reads that are waiting at the same time go into the same request. */
  async read(wanted: WantedBlob): Promise<Uint8Array | undefined> {
    const known = this.get(wanted.id);
    if (known) return known;
    this.#queue.push(wanted);
    this.#flush ??= new Promise<void>((next) => setImmediate(next)).then(() => {
      const queue = this.#queue;
      this.#queue = [];
      this.#flush = undefined;
      return this.load(queue);
    });
    await this.#flush;
    return this.get(wanted.id);
  }

  /** Those that are not here yet. */
  missing(wanted: readonly WantedBlob[]): WantedBlob[] {
    const missing = new Map<string, WantedBlob>();
    for (const blob of wanted) if (this.get(blob.id) === undefined) missing.set(blob.id, blob);
    return [...missing.values()];
  }

  /**
   * Fetches what is missing through GraphQL, in order, until it is there or the requests of a review are used up.
   * @throws octokit's own errors, for limits and permissions.
   */
  async load(wanted: readonly WantedBlob[]): Promise<void> {
    const missing = this.missing(wanted);
    const large = missing.filter(({ size }) => size > GRAPHQL_TEXT);
    for (const batch of batches(missing.filter(({ size }) => size <= GRAPHQL_TEXT))) await this.#batch(batch);
    await this.#oneByOne(large);
  }

  /** Takes from the archive of a commit what of its `paths` is wanted. An archive that is broken gives less, no error. */
  async loadTarball(commit: string, paths: ReadonlySet<string>, treeBytes: number): Promise<void> {
    const maxBytes = 2 * treeBytes + 4 * BATCH_BYTES;
    this.#requests += 1;
    const stream = await this.#reader.tarball(commit);
    try {
      const { maxFileBytes } = this.#limits;
      for await (const { bytes } of readTarball(stream, (path) => paths.has(path), {
        maxBytes,
        maxFileBytes,
      })) {
        this.#keep(blobId(bytes), bytes);
      }
    } catch (error) {
      if (!(error instanceof BrokenTarball)) throw error;
    }
  }

  async #batch(batch: readonly WantedBlob[]): Promise<void> {
    if (batch.length === 0 || !this.#mayAsk()) return;
    let found: Awaited<ReturnType<GitHubReader['blobs']>>;
    try {
      found = await this.#reader.blobs(batch.map(({ id }) => id));
    } catch (error) {
      if (hasNoGraphql(error)) return this.#oneByOne(batch);
      if (!isFailureOfGitHub(error)) throw error;
      return this.#inHalves(batch);
    }
    for (const [i, { id }] of batch.entries()) {
      const text = found[i]?.isTruncated === false ? found[i].text : null;
      const bytes = text === null ? undefined : Buffer.from(text, 'utf8');
      if (bytes && blobId(bytes) === id) this.#keep(id, bytes);
      else await this.#raw(id);
    }
  }

  /** What was too much for GitHub at once may not be in two parts; what cannot be halved is asked for without GraphQL. */
  async #inHalves(batch: readonly WantedBlob[]): Promise<void> {
    const [only, ...others] = batch;
    if (only && others.length === 0) return this.#raw(only.id);
    const middle = batch.length >> 1;
    await this.#batch(batch.slice(0, middle));
    await this.#batch(batch.slice(middle));
  }

  async #oneByOne(batch: readonly WantedBlob[]): Promise<void> {
    for (const { id } of batch) await this.#raw(id);
  }

  async #raw(id: string): Promise<void> {
    if (!this.#mayAsk()) return;
    const bytes = await this.#reader.blob(id).catch((error: unknown) => {
      if (statusOf(error) === 404) return undefined;
      throw error;
    });
    if (bytes && blobId(bytes) === id) this.#keep(id, bytes);
  }

  #mayAsk(): boolean {
    this.#requests += 1;
    return this.#requests <= MOST_REQUESTS;
  }

  #keep(id: string, bytes: Uint8Array): void {
    // A part of a larger buffer would keep all of it in memory.
    const own = bytes.byteLength === bytes.buffer.byteLength ? bytes : Uint8Array.from(bytes);
    this.#held.set(id, own);
    this.#reader.cache.set(this.#reader.repository, 'blob', id, own, own.byteLength + id.length * 4);
  }
}

function batches(blobs: readonly WantedBlob[]): WantedBlob[][] {
  const all: WantedBlob[][] = [];
  let bytes = Infinity;
  for (const blob of blobs) {
    const last = all.at(-1);
    if (last === undefined || last.length >= BATCH_BLOBS || bytes + blob.size > BATCH_BYTES) {
      all.push([blob]);
      bytes = blob.size;
    } else {
      last.push(blob);
      bytes += blob.size;
    }
  }
  return all;
}

/** Something between us and GitHub lets REST through and no GraphQL. */
function hasNoGraphql(error: unknown): boolean {
  return error instanceof Error && error.name === 'HttpError' && [404, 405, 501].includes(statusOf(error));
}

/** A 5xx, or a query that GitHub did not finish: worth a smaller question. Limits, permissions and broken lines are not. */
function isFailureOfGitHub(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if (error.name === 'HttpError')
    return 'response' in error && error.response !== undefined && statusOf(error) >= 500;
  if (error.name !== 'GraphqlResponseError' || !('errors' in error)) return false;
  const types = ((error.errors ?? []) as { type?: string }[]).map(({ type }) => type);
  return !types.some((type) => ['RATE_LIMITED', 'FORBIDDEN', 'NOT_FOUND'].includes(type ?? ''));
}

function statusOf(error: unknown): number {
  return error instanceof Error && 'status' in error ? Number(error.status) : 0;
}
