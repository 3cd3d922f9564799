import { perObject } from '../remember.ts';
import { kindOfMode } from './git-tree.ts';
import type { GitHubReader, GitHubTreeEntry } from './github-reader.ts';
import { isForeignDirectory } from './limits.ts';
import type { Omission, SnapshotEntry } from './snapshot.ts';

/** Every entry of a tree, and the directories that could not be listed. */
export interface ListedTree {
  readonly entries: readonly SnapshotEntry[];
  readonly omitted: readonly Omission[];
}

/** Requests for the listing of one side at most; GitHub cuts one off at 100,000 entries or 7 MB. */
const MOST_REQUESTS = 60;

/** Bytes an entry of a listing takes in memory, about. */
const ENTRY_BYTES = 250;

const NOT_LISTED = `a directory that was not listed: the repository is too large for ${MOST_REQUESTS} requests`;

/**
 * Lists a commit's tree: in one request where GitHub gives it whole, directory by directory where it does not. Directories
 * that both sides of a review share are listed once.
 * @throws octokit's own errors.
 */
export async function listGitHubTree(reader: GitHubReader, commit: string): Promise<ListedTree> {
  const whole = await listing(reader, commit, true);
  return whole.truncated ? walk(reader, commit) : listedWhole(whole);
}

/** The same for all reviews that find the listing in the cache. */
const listedWhole = perObject(({ entries }: Listed): ListedTree => {
  return { entries: entries.flatMap((entry) => fileEntry(entry, '')), omitted: [] };
});

async function walk(reader: GitHubReader, commit: string): Promise<ListedTree> {
  const entries: SnapshotEntry[] = [];
  const omitted: Omission[] = [];
  const before = reader.requests;
  const waiting: { id: string; prefix: string; cut: boolean }[] = [{ id: commit, prefix: '', cut: true }];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { id, prefix, cut } = next;
    if (reader.requests - before >= MOST_REQUESTS) {
      omitted.push({ path: prefix.replace(/\/$/, ''), why: NOT_LISTED });
      continue;
    }
    const { truncated, entries: found } = await listing(reader, id, !cut);
    if (truncated) {
      waiting.push({ id, prefix, cut: true });
      continue;
    }
    for (const entry of found) {
      if (entry.mode !== TREE) entries.push(...fileEntry(entry, prefix));
      else if (cut && !isForeignDirectory(entry.path))
        waiting.push({ id: entry.sha, prefix: `${prefix}${entry.path}/`, cut: false });
    }
  }
  return { entries, omitted };
}

const TREE = '040000';

interface Listed {
  readonly truncated: boolean;
  readonly entries: readonly GitHubTreeEntry[];
}

async function listing(reader: GitHubReader, id: string, recursive: boolean): Promise<Listed> {
  const { cache, repository } = reader;
  const key = `${id}${recursive ? ' all' : ''}`;
  const known = cache.get(repository, 'tree', key) as Listed | undefined;
  if (known) return known;
  const { truncated, entries } = await reader.tree(id, recursive);
  // What was cut off is listed again piece by piece: only that it is cut off is worth keeping.
  const kept = truncated ? { truncated, entries: [] } : { truncated, entries };
  cache.set(repository, 'tree', key, kept, kept.entries.length * ENTRY_BYTES);
  return kept;
}

function fileEntry({ path, mode, sha, size }: GitHubTreeEntry, prefix: string): SnapshotEntry[] {
  if (mode === TREE) return [];
  return [
    { path: `${prefix}${path}`, blob: sha, kind: kindOfMode(mode), ...(size !== undefined && { size }) },
  ];
}
