import { abandonCheckRun, unfinishedCheckRun } from '../github/check-runs.ts';
import type { GitHubClient } from '../github/client.ts';
import { answerButton, answerCommand } from './answer-command.ts';
import type { AppContext, Attempt } from './app-context.ts';
import { externalId } from './check-subject.ts';
import { reviewMergeGroup } from './review-merge-group.ts';
import { reviewPull } from './review-pull.ts';
import { placeOf, type ConcludeCheck, type ReviewCommit, type Task } from './tasks.ts';

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
    case 'conclude-check':
      return concludeCheck(task, client);
    case 'answer-command':
      return answerCommand(task, context, client, attempt);
    case 'answer-button':
      return answerButton(task, context, client, attempt);
  }
}

/** A server that was killed had no time to conclude its checks; one that runs has done so by now. */
async function concludeCheck(
  { owner, repo, number, headSha }: ConcludeCheck,
  client: GitHubClient,
): Promise<void> {
  const name = { owner, repo };
  const subject = { ...name, headSha, externalId: externalId(name, { pull: number, headSha }) };
  const run = await unfinishedCheckRun(client, subject);
  if (!run) return;
  const summary = 'The server ended before this review did, and nobody waits for it any more.';
  await abandonCheckRun(client, run, { conclusion: 'cancelled', title: 'Cancelled', summary });
}

/** A check suite of a fork names no pull request: the open ones whose head is this commit are meant. */
async function reviewCommit(task: ReviewCommit, context: AppContext, client: GitHubClient): Promise<void> {
  const { owner, repo, headSha } = task;
  const { data } = await client.rest.repos.listPullRequestsAssociatedWithCommit({
    owner,
    repo,
    commit_sha: headSha,
  });
  const isMeant = ({ state, head }: { state: string; head: { sha: string } }): boolean =>
    state === 'open' && head.sha === headSha;
  const named = data.filter(isMeant);
  const meant = named.length > 0 ? named : (await openPulls(client, task)).filter(isMeant);
  for (const { number } of meant) {
    await context.dispatch({ ...placeOf(task), kind: 'review-pull', number, again: true });
  }
}

/** Of a fork's commit GitHub may not know the pull request: it is one of the newest. */
async function openPulls(client: GitHubClient, { owner, repo }: ReviewCommit) {
  const newest = { state: 'open', sort: 'updated', direction: 'desc', per_page: 100 } as const;
  return (await client.rest.pulls.list({ owner, repo, ...newest })).data;
}
