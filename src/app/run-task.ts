import type { GitHubClient } from '../github/client.ts';
import { answerButton, answerCommand } from './answer-command.ts';
import type { AppContext, Attempt } from './app-context.ts';
import { reviewMergeGroup } from './review-merge-group.ts';
import { reviewPull } from './review-pull.ts';
import { placeOf, type ReviewCommit, type Task } from './tasks.ts';

/**
 * Does one task. It can be done again at any time: what it has written is found and not written twice.
 * @throws what GitHub or the work threw, for whoever decides whether to try again; Stopped when it was told to stop.
 */
export async function runTask(task: Task, context: AppContext, attempt: Attempt): Promise<void> {
  if (task.kind === 'stop') return;
  const client = await context.clientFor(task.installation);
  switch (task.kind) {
    case 'review-pull':
      return reviewPull(task, context, client, attempt);
    case 'review-merge-group':
      return reviewMergeGroup(task, context, client, attempt);
    case 'review-commit':
      return reviewCommit(task, context, client);
    case 'answer-command':
      return answerCommand(task, context, client, attempt);
    case 'answer-button':
      return answerButton(task, context, client, attempt);
  }
}

/** A check suite of a fork names no pull request: the open ones whose head is this commit are meant. */
async function reviewCommit(task: ReviewCommit, context: AppContext, client: GitHubClient): Promise<void> {
  const { owner, repo, headSha } = task;
  const { data } = await client.rest.repos.listPullRequestsAssociatedWithCommit({
    owner,
    repo,
    commit_sha: headSha,
  });
  const meant = data.filter(({ state, head }) => state === 'open' && head.sha === headSha);
  for (const { number } of meant) {
    await context.dispatch({ ...placeOf(task), kind: 'review-pull', number, again: true });
  }
}
