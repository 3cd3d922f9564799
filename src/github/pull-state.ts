import type { GitHubClient } from './client.ts';
import type { PullRequestName } from './sticky-comment.ts';

/** A pull request as it is now; what an event said of it may be old. */
export interface PullState {
  readonly open: boolean;
  readonly headSha: string;
  readonly baseRef: string;
}

export async function pullState(
  client: GitHubClient,
  { owner, repo, number }: PullRequestName,
): Promise<PullState> {
  const { data } = await client.rest.pulls.get({ owner, repo, pull_number: number });
  return { open: data.state === 'open', headSha: data.head.sha, baseRef: data.base.ref };
}
