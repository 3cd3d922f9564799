import type { GitHubClient } from '../github/client.ts';
import { publishCheckRun } from '../github/publish.ts';
import { reviewPullRequest } from '../github/review-job.ts';
import type { AppContext, Attempt } from './app-context.ts';
import { underCheckRun } from './review-subject.ts';
import type { ReviewMergeGroup } from './tasks.ts';

/**
 * Reports the check on a merge group: what the queue is about to merge, against what it merges it into. A queue whose required
 * check never reports waits until its timeout; there is no pull request to comment on.
 */
export async function reviewMergeGroup(
  task: ReviewMergeGroup,
  context: AppContext,
  client: GitHubClient,
  attempt: Attempt,
): Promise<void> {
  const { owner, repo, baseSha, headSha, url } = task;
  const { cache, renderers, rulePage } = context;
  const subject = { owner, repo, about: { baseSha, headSha }, again: () => task.again };
  await underCheckRun(subject, context, client, attempt, async (run) => {
    const { signal } = attempt;
    const job = { owner, repo, base: baseSha, headSha, exactBase: true, now: context.now(), signal };
    const result = await reviewPullRequest(client, cache, { ...job, ...(renderers && { renderers }) });
    signal.throwIfAborted();
    const presentation = { repositoryUrl: url, headSha, ...(rulePage && { rulePage }) };
    await publishCheckRun(client, run, result, { ...presentation, hasPullRequest: false });
  });
}
