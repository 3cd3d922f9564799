import type { GitHubClient } from './client.ts';
import type { PullState } from '../source/github-reader.ts';
import type { PullRequestName } from './sticky-comment.ts';

export type { PullState };

/** A look at a pull request. */
export interface PullSeen extends PullState {
  /** Milliseconds since 1970, not later than the look itself. */
  readonly at: number;
}

/**
 * How old a look may be before the first word is written. Whoever reviews a newer head has to be told of it, to read and to
 * review it first, which takes longer. Milliseconds.
 */
const FRESH = 2_000;

/** The pull request as it is now; not asked for when it was seen a moment ago. */
export function currentPullState(
  client: GitHubClient,
  pull: PullRequestName,
  seen: PullSeen | undefined,
  now: number,
): Promise<PullState> {
  const isFresh = seen !== undefined && now >= seen.at && now - seen.at <= FRESH;
  return isFresh
    ? Promise.resolve({ open: seen.open, headSha: seen.headSha, baseRef: seen.baseRef })
    : pullState(client, pull);
}

export async function pullState(
  client: GitHubClient,
  { owner, repo, number }: PullRequestName,
): Promise<PullState> {
  const { data } = await client.rest.pulls.get({ owner, repo, pull_number: number });
  return { open: data.state === 'open', headSha: data.head.sha, baseRef: data.base.ref };
}
