import { isManifestPath, omissionsByLimit, tooLarge, type Limits } from './limits.ts';
import { SourceError, type Omission, type SnapshotEntry } from './snapshot.ts';

const NOT_FOLLOWED = 'a symbolic link, which is not followed';
const ANOTHER_REPOSITORY = 'another repository (a submodule), which is not read';
const NO_PATH = 'its name is not one a repository may hold';

/** What a source knows beyond its entries. */
export interface ListingNotes {
  /** Where the symlink at a path points to, when the source knows. */
  readonly linkTarget?: (path: string) => string | undefined;
  /** Omissions the source itself found: directories that may not be read. */
  readonly omitted?: readonly Omission[];
  /** Files whose content the source does not have; only manifests among them are worth a word. */
  readonly absent?: readonly Omission[];
}

/**
 * The entries of a snapshot in order, and what of them is not read. Every source builds its snapshot on one, so limits
 * and links mean the same everywhere. Omitted files stay listed (a change of theirs is a change); reading one fails.
 */
export class Listing {
  readonly entries: readonly SnapshotEntry[];
  readonly omitted: readonly Omission[];
  readonly #byPath: ReadonlyMap<string, SnapshotEntry>;
  readonly #why: ReadonlyMap<string, string>;
  readonly #limits: Limits;

  constructor(entries: readonly SnapshotEntry[], limits: Limits, notes: ListingNotes = {}) {
    const { safe, omitted } = withoutUnsafePaths(entries);
    this.entries = safe.sort(byPath).slice(0, limits.maxEntries);
    const absent = notes.absent ?? [];
    const missing = [...(notes.omitted ?? []), ...absent.filter(({ path }) => isManifestPath(path))];
    const elsewhere = this.entries.flatMap((entry) => notFollowed(entry, notes));
    const unread = omissionsByLimit(this.entries, limits);
    const beyond = overflow(safe, limits);
    const all = new Map([...unread, ...elsewhere, ...missing, ...omitted, ...beyond].map((o) => [o.path, o]));
    this.omitted = [...all.values()].sort(byPath);
    this.#byPath = new Map(this.entries.map((entry) => [entry.path, entry]));
    this.#why = new Map([...absent, ...this.omitted].map(({ path, why }) => [path, why]));
    this.#limits = limits;
  }

  /**
   * The entry to read for `path`.
   * @throws SourceError `unreadable` when it is not listed, not a file, or omitted.
   */
  file(path: string): SnapshotEntry {
    const entry = this.#byPath.get(path);
    if (entry?.kind !== 'file') throw unreadable(path, 'no such file in this tree');
    const why = this.#why.get(path);
    if (why !== undefined) throw unreadable(path, why);
    if ((entry.size ?? 0) > this.#limits.maxFileBytes) throw unreadable(path, tooLarge(this.#limits));
    return entry;
  }
}

/** One file cannot be read: the caller reports it as unchecked and goes on. */
export function unreadable(path: string, why: string): SourceError {
  return new SourceError('unreadable', `${path} cannot be read: ${why}.`);
}

/** Code-unit order of the paths: the one order of every listing. */
export function byPath(a: { readonly path: string }, b: { readonly path: string }): number {
  return a.path < b.path ? -1 : Number(a.path > b.path);
}

const UNSAFE = /(?:^|\/)(?:\.{0,2}|\.git)(?:\/|$)/i;

/** Git itself refuses to check these out; a tree built by hand can hold them nevertheless. */
function withoutUnsafePaths(entries: readonly SnapshotEntry[]): {
  safe: SnapshotEntry[];
  omitted: Omission[];
} {
  const safe: SnapshotEntry[] = [];
  const omitted: Omission[] = [];
  for (const entry of entries) {
    if (UNSAFE.test(entry.path)) omitted.push({ path: entry.path, why: NO_PATH });
    else safe.push(entry);
  }
  return { safe, omitted };
}

function notFollowed({ path, kind }: SnapshotEntry, { linkTarget }: ListingNotes): Omission[] {
  if (kind === 'submodule') return [{ path, why: ANOTHER_REPOSITORY }];
  if (kind === 'file') return [];
  const matters = isManifestPath(path) || isManifestPath(linkTarget?.(path) ?? '');
  return matters ? [{ path, why: NOT_FOLLOWED }] : [];
}

function overflow(entries: readonly SnapshotEntry[], { maxEntries }: Limits): Omission[] {
  const next = entries[maxEntries];
  return next ? [{ path: next.path, why: `this and all later files: more than ${maxEntries} of them` }] : [];
}
