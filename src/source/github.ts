import type { GitHubClient, RepositoryName } from './github-client.ts';
import type { RepositoryCache } from './repository-cache.ts';
import { LIMITS, type Limits } from './limits.ts';
import type { Snapshot } from './snapshot.ts';

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
}

/**
 * Opens both sides of a pull request, a merge group or a push. The manifests of both are in memory when it returns, as far as
 * `limits` allow; what they kept out is `omitted`.
 * @param cache shared by all reviews of a process; holds content by repository and id.
 * @throws SourceError `unknown-ref` when a commit is gone; octokit's own errors for limits and broken connections.
 */
export function openPullRequest(
  client: GitHubClient,
  commits: ComparedCommits,
  cache: RepositoryCache,
  limits: Limits = LIMITS,
): Promise<ComparedSnapshots> {
  return Promise.reject(new Error(`not written: ${[client, commits, cache, limits].length}`));
}
