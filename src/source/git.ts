import { join } from 'node:path';
import type { ObjectFormat } from './blob-id.ts';
import { readDiskFile } from './disk-file.ts';
import { findRepository, type RepositoryFacts } from './git-discovery.ts';
import { printable } from './git-command.ts';
import { GitHistory } from './git-history.ts';
import { GitObjects } from './git-objects.ts';
import { isPartialClone, listTree, missingObjects } from './git-tree.ts';
import { LIMITS, tooLarge, type Limits } from './limits.ts';
import { Listing, unreadable } from './listing.ts';
import { SourceError, type Omission, type Snapshot, type SnapshotEntry } from './snapshot.ts';
import { withoutCarriageReturns, worktreeFiles } from './worktree.ts';

const NOT_FETCHED = 'its content is not in this partial clone';

/**
 * One repository on disk, read through git without running anything its configuration names and without any network.
 * All its snapshots share one reading process, which ends with `close()`, or when the last open snapshot is closed.
 */
export class GitRepository extends GitHistory {
  readonly #format: ObjectFormat;
  readonly #limits: Limits;
  readonly #objects: GitObjects;
  #open = 0;

  private constructor(facts: RepositoryFacts, limits: Limits) {
    super(facts.root, facts.bare);
    this.#format = facts.format;
    this.#limits = limits;
    this.#objects = new GitObjects(facts.root, limits.maxFileBytes);
  }

  /**
   * The repository that holds `directory`: a clone or any directory in it, a linked worktree, a bare repository.
   * @throws SourceError `not-a-repository`; `missing-path` when there is no such directory; `git-failed`.
   */
  static async open(directory: string, limits: Limits = LIMITS): Promise<GitRepository> {
    return new GitRepository(await findRepository(directory), limits);
  }

  /**
   * The files of the commit that `ref` means now; later movements of the ref do not matter. A file whose content a
   * partial clone lacks is omitted; reading it, or a corrupt one, rejects with SourceError `unreadable`.
   * @throws SourceError `unknown-ref`, `git-failed`.
   */
  async snapshot(ref: string): Promise<Snapshot> {
    const commit = await this.resolve(ref);
    const partial = await isPartialClone(this.root);
    const entries = await listTree(this.root, commit, !partial);
    const missing = partial ? await missingObjects(this.root, commit) : new Set<string>();
    const links = await this.#linkTargets(entries.filter(({ blob }) => !missing.has(blob)));
    const listing = new Listing(entries, this.#limits, {
      absent: entries.filter(({ blob }) => missing.has(blob)).map(notFetched),
      linkTarget: (path) => links.get(path),
    });
    const name = /^[0-9a-f]{40,64}$/.test(ref) ? ref.slice(0, 10) : printable(ref);
    return this.#shared(name, listing, (path) => this.#read(path, listing.file(path).blob));
  }

  /**
   * The files as they are on disk: tracked ones, and new ones that are not ignored.
   * @throws SourceError `not-a-repository` for a bare repository, which has none.
   */
  async worktree(): Promise<Snapshot> {
    if (this.bare) {
      const message = `${this.root} is a bare repository: it has no working tree.`;
      throw new SourceError('not-a-repository', message, 'Name a commit with --head.');
    }
    const files = await worktreeFiles(this.root, this.#format, this.#limits);
    const listing = new Listing(files.entries, this.#limits, {
      omitted: files.omitted,
      linkTarget: (path) => files.links.get(path),
    });
    return this.#shared('the working tree', listing, async (path) => {
      const { blob } = listing.file(path);
      if (files.indexed.has(path)) return this.#read(path, blob);
      const bytes = readDiskFile(join(this.root, path), path, this.#limits);
      return files.withCrlf.has(path) ? withoutCarriageReturns(bytes) : bytes;
    });
  }

  /** Ends the reading process. Idempotent. */
  close(): Promise<void> {
    return this.#objects.stop();
  }

  #shared(ref: string, listing: Listing, read: (path: string) => Promise<Uint8Array>): Snapshot {
    let closed = false;
    this.#open += 1;
    const close = async (): Promise<void> => {
      if (closed) return;
      closed = true;
      this.#open -= 1;
      if (this.#open === 0) await this.close();
    };
    return {
      ref,
      list: () => listing.entries,
      read: async (path) => read(path),
      omitted: listing.omitted,
      close,
    };
  }

  async #read(path: string, blob: string): Promise<Uint8Array> {
    const { found, content } = await this.#objects.read(blob);
    if (!found) throw unreadable(path, 'git does not have its content');
    if (content === undefined) throw unreadable(path, tooLarge(this.#limits));
    return content;
  }

  async #linkTargets(entries: readonly SnapshotEntry[]): Promise<Map<string, string>> {
    const links = entries.filter(({ kind, size = 0 }) => kind === 'symlink' && size <= MAX_LINK);
    const targets = links.map(async ({ path, blob }): Promise<[string, string]> => {
      const { content } = await this.#objects.read(blob).catch(() => NO_CONTENT);
      return [path, Buffer.from(content ?? []).toString('utf8')];
    });
    return new Map(await Promise.all(targets));
  }
}

/** A link that cannot be read is judged by its own name. */
const NO_CONTENT = { content: undefined };

/** The longest path a system follows; anything longer is no link. */
const MAX_LINK = 4096;

/**
 * One commit of the repository that holds `directory`.
 * @throws SourceError as GitRepository.open and GitRepository.snapshot.
 */
export async function openGitSnapshot(
  directory: string,
  ref: string,
  limits: Limits = LIMITS,
): Promise<Snapshot> {
  return (await GitRepository.open(directory, limits)).snapshot(ref);
}

function notFetched({ path }: SnapshotEntry): Omission {
  return { path, why: NOT_FETCHED };
}
