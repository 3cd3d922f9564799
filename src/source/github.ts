import { perObject } from '../remember.ts';
import type { GitHubClient, RepositoryName } from './github-client.ts';
import { GitHubBlobs, type WantedBlob } from './github-blobs.ts';
import { GitHubReader, type PullState } from './github-reader.ts';
import { listGitHubTree, type ListedTree } from './github-tree.ts';
import { isManifestPath, LIMITS, type Limits } from './limits.ts';
import { Listing, unreadable } from './listing.ts';
import type { RepositoryCache } from './repository-cache.ts';
import { SourceError, type Omission, type Snapshot, type SnapshotEntry } from './snapshot.ts';

/**
 * Two commits of one repository to compare. The head of a fork is found here as well: GitHub keeps every pull request's
 * head in the repository it is made to, also when fork or branch are gone.
 */
export interface ComparedCommits extends RepositoryName {
  /** A commit id, or a branch name; `undefined` for a first commit. */
  readonly base: string | undefined;
  /** A full commit id. */
  readonly headSha: string;
  /** Compare with `base` itself instead of with the commit where head left it (merge groups, pushes). */
  readonly exactBase?: boolean;
  /** The number of the pull request, to learn on the way how it stands now. */
  readonly pull?: number;
  /** Stops the reading; it then rejects with the signal's reason. */
  readonly signal?: AbortSignal;
}

/** Both sides of a change, read through GitHub's API. */
export interface ComparedSnapshots {
  /** Undefined for a first commit. */
  readonly base: Snapshot | undefined;
  readonly head: Snapshot;
  /** The commit that `base` shows; `undefined` when there is none. */
  readonly baseSha: string | undefined;
  /** What the reader should know about the comparison; whole sentences, usually none. */
  readonly notes: readonly string[];
  /** The pull request while its contents were read, when they were asked for in a way that tells. */
  readonly pull?: PullState | undefined;
}

/** From so many missing contents on, the archive of a side costs less than asking for them. */
const TARBALL_FROM = 200;
/** Bytes of all files of a tree; the archive of a larger one takes longer than asking for what matters. */
const LARGEST_TARBALL = 400 * 1024 * 1024;
/** The longest path a system follows; anything longer is no link. */
const MAX_LINK = 4096;

const NOT_FETCHED = 'not fetched: the change needs more of the repository than a review may ask GitHub for';

/**
 * Opens both sides of a pull request, a merge group or a push. The manifests of both are in memory when it returns, as far as
 * `limits` allow; what they kept out is `omitted`. Other files are fetched when they are read.
 * @param cache shared by all reviews of a process; holds content by repository and id.
 * @throws SourceError `unknown-ref` when a commit is gone; octokit's own errors for limits and broken connections.
 */
export async function openPullRequest(
  client: GitHubClient,
  commits: ComparedCommits,
  cache: RepositoryCache,
  limits: Limits = LIMITS,
): Promise<ComparedSnapshots> {
  const reader = new GitHubReader(client, commits, cache, commits.signal);
  const { sha: baseSha, notes } = await baseOf(reader, commits);
  const headTree = await treeOf(reader, commits.headSha);
  const baseTree = baseSha === undefined ? undefined : await treeOf(reader, baseSha);
  const blobs = new GitHubBlobs(reader, limits);
  const head = sideOf(commits.headSha, headTree, limits);
  const base = baseTree && baseSha !== undefined ? sideOf(baseSha, baseTree, limits) : undefined;
  await fetchManifests(blobs, base ? [head, base] : [head]);
  return {
    base: base && snapshotOf(base, blobs, limits),
    head: snapshotOf(head, blobs, limits),
    baseSha,
    notes,
    pull: reader.pull,
  };
}

async function baseOf(
  reader: GitHubReader,
  { base, headSha, exactBase }: ComparedCommits,
): Promise<{ sha: string | undefined; notes: string[] }> {
  if (base === undefined || exactBase) return { sha: base, notes: [] };
  const { cache, repository } = reader;
  const known = cache.get(repository, 'merge-base', `${base}...${headSha}`) as string | undefined;
  if (known !== undefined) return { sha: known, notes: [] };
  try {
    const sha = await reader.mergeBase(base, headSha);
    if (isCommitId(base)) cache.set(repository, 'merge-base', `${base}...${headSha}`, sha, 200);
    return { sha, notes: [] };
  } catch (error) {
    if (!isMissing(error)) throw error;
    if (!/no common ancestor/i.test(error.message)) throw unknownCommit(reader, `${base} or ${headSha}`);
    return {
      sha: base,
      notes: [`${short(headSha)} and ${short(base)} share no commit; both are compared as they are.`],
    };
  }
}

async function treeOf(reader: GitHubReader, commit: string): Promise<ListedTree> {
  try {
    return await listGitHubTree(reader, commit);
  } catch (error) {
    // GitHub answers 409 for a repository without any commit.
    if (isMissing(error) || (error instanceof Error && 'status' in error && error.status === 409)) {
      throw unknownCommit(reader, commit);
    }
    throw error;
  }
}

function unknownCommit({ repository: { owner, repo } }: GitHubReader, commit: string): SourceError {
  return new SourceError(
    'unknown-ref',
    `GitHub has no commit ${commit} in ${owner}/${repo}.`,
    'Was it replaced by a newer push, and does the token see the repository?',
  );
}

function isMissing(error: unknown): error is Error {
  return error instanceof Error && 'status' in error && error.status === 404;
}

interface Side {
  readonly commit: string;
  readonly tree: ListedTree;
  /** As far as the tree itself tells. */
  readonly listing: Listing;
  /** The manifests that limits let in, and links: where they point to decides whether they are worth a word. */
  readonly wanted: readonly SnapshotEntry[];
}

function sideOf(commit: string, tree: ListedTree, limits: Limits): Side {
  return { commit, ...listedWithin(limits)(tree) };
}

const listedWithin = perObject((limits: Limits) =>
  perObject((tree: ListedTree): Omit<Side, 'commit'> => {
    const listing = new Listing(tree.entries, limits, { omitted: tree.omitted });
    const out = new Set(listing.omitted.map(({ path }) => path));
    const wanted = listing.entries.filter(({ path, kind, size = 0 }) => {
      if (kind === 'symlink') return size <= MAX_LINK;
      return kind === 'file' && isManifestPath(path) && !out.has(path);
    });
    return { tree, listing, wanted };
  }),
);

/** What changed comes first: should the requests be used up, it is what the review is about. */
async function fetchManifests(blobs: GitHubBlobs, sides: readonly Side[]): Promise<void> {
  const wanted = sides.map((side) => side.wanted);
  const missing = wanted.map((entries) => blobs.missing(entries.map(blobOf)));
  const most = missing.reduce(
    (best, { length }, i) => (length >= (missing[best]?.length ?? 0) ? i : best),
    0,
  );
  const { commit, tree } = sides[most] ?? {};
  if (commit !== undefined && tree && (missing[most]?.length ?? 0) >= TARBALL_FROM) {
    const bytes = tree.entries.reduce((sum, { size = 0 }) => sum + size + 1024, 0);
    const paths = new Set(wanted[most]?.map(({ path }) => path));
    if (bytes <= LARGEST_TARBALL) await blobs.loadTarball(commit, paths, bytes);
  }
  const all = wanted.flat();
  const onSides = new Map<string, number>();
  for (const id of wanted.flatMap((entries) => [...new Set(entries.map(({ blob }) => blob))])) {
    onSides.set(id, (onSides.get(id) ?? 0) + 1);
  }
  const changed = all.filter(({ blob }) => onSides.get(blob) === 1);
  await blobs.load([...changed, ...all].map(blobOf));
}

function blobOf({ blob, size = 0 }: SnapshotEntry): WantedBlob {
  return { id: blob, size };
}

function snapshotOf(side: Side, blobs: GitHubBlobs, limits: Limits): Snapshot {
  const { commit } = side;
  const listing = listingOf(side, blobs, limits);
  return {
    ref: short(commit),
    list: () => listing.entries,
    read: async (path) => {
      const bytes = await blobs.read(blobOf(listing.file(path)));
      if (!bytes) throw unreadable(path, NOT_FETCHED);
      return bytes;
    },
    omitted: listing.omitted,
    close: () => Promise.resolve(),
  };
}

/** With what was not fetched, and where links point to: of most repositories nothing. */
function listingOf({ tree, listing, wanted }: Side, blobs: GitHubBlobs, limits: Limits): Listing {
  const links = new Map<string, Uint8Array>();
  const absent: Omission[] = [];
  for (const { path, blob, kind } of wanted) {
    const bytes = blobs.get(blob);
    if (!bytes) absent.push({ path, why: NOT_FETCHED });
    else if (kind === 'symlink') links.set(path, bytes);
  }
  if (absent.length === 0 && links.size === 0) return listing;
  return new Listing(tree.entries, limits, {
    omitted: tree.omitted,
    absent,
    linkTarget: (path) => new TextDecoder().decode(links.get(path)),
  });
}

function isCommitId(ref: string): boolean {
  return /^[0-9a-f]{40,64}$/.test(ref);
}

function short(ref: string): string {
  return isCommitId(ref) ? ref.slice(0, 10) : ref;
}
