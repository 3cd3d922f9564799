import type { Author } from '../github/author.ts';
import type { CheckRun } from '../github/check-runs.ts';
import type { GitHubClient } from '../github/client.ts';
import { publishCheckRun, publishOnPullRequest } from '../github/publish.ts';
import { pullState, type PullState } from '../github/pull-state.ts';
import { reviewPullRequest, type JobResult } from '../github/review-job.ts';
import { findStickyComments, type PullRequestName } from '../github/sticky-comment.ts';
import type { AppContext, Attempt } from './app-context.ts';
import { underCheckRun } from './review-subject.ts';
import { Stopped } from './task-queue.ts';
import type { ReviewPull } from './tasks.ts';

/** Heads that are followed within one task; who pushes faster gets an event for each anyway. */
const MOST_ROUNDS = 3;

type Seen = NonNullable<ReviewPull['seen']>;

/**
 * Reviews a pull request and publishes the result on it. When it turns out to have moved on meanwhile, nothing is said about
 * the old head, and the new one is reviewed: events come in any order, and nobody else may be on it.
 */
export async function reviewPull(
  task: ReviewPull,
  context: AppContext,
  client: GitHubClient,
  attempt: Attempt,
): Promise<void> {
  let seen = task.seen ?? openState(await pullState(client, task));
  for (let round = 1; seen && round <= MOST_ROUNDS; round += 1) {
    seen = await reviewHead(seen, { ...task, again: task.again || round > 1 }, context, client, attempt);
    attempt.signal.throwIfAborted();
  }
}

function openState({ open, headSha, baseRef }: PullState): Seen | undefined {
  return open ? { headSha, baseRef } : undefined;
}

/** @returns where the pull request has moved to, if it has. */
async function reviewHead(
  seen: Seen,
  task: ReviewPull,
  context: AppContext,
  client: GitHubClient,
  attempt: Attempt,
): Promise<Seen | undefined> {
  let moved: PullState | undefined;
  const { owner, repo, again } = task;
  const about = { pull: task.number, headSha: seen.headSha };
  const subject = {
    ...{ owner, repo, about, isNew: !again && isYoung(seen, context.now()) },
    again: (author: Author) => again || saysOtherHead(author, seen, task, context, client),
  };
  try {
    await underCheckRun(subject, context, client, attempt, async (run) => {
      const result = await readReview(seen, task, context, client, attempt);
      attempt.signal.throwIfAborted();
      moved = await publish(result, run, seen, task, context, client);
      if (moved) throw new Stopped(movedSentence(moved));
    });
  } catch (error) {
    if (!(moved && error instanceof Stopped)) throw error;
  }
  return moved && openState(moved);
}

/** What is delivered again comes later than this. Milliseconds. */
const YOUNG = 60_000;

function isYoung({ since }: Seen, now: Date): boolean {
  return since !== undefined && Math.abs(now.getTime() - Date.parse(since)) < YOUNG;
}

/** A head that a force-push brings back has its check, and our comment is about the one between. An event that is late is none. */
async function saysOtherHead(
  author: Author,
  { headSha }: Seen,
  task: ReviewPull,
  { comments, configuration }: AppContext,
  client: GitHubClient,
): Promise<boolean> {
  const known = comments.get(task, configuration);
  const current =
    known ?? (await findStickyComments(client, task, () => Promise.resolve(author), configuration)).current;
  if (current === undefined || current.headSha === headSha) return false;
  return (await pullState(client, task)).headSha === headSha;
}

function movedSentence({ open, headSha }: PullState): string {
  return open
    ? `The pull request has moved on; \`${headSha.slice(0, 12)}\` is reviewed instead.`
    : 'It was closed.';
}

/** The review of one head, as App and Action share it. */
export function readReview(
  { headSha, baseRef }: Seen,
  { owner, repo, number }: PullRequestName,
  context: AppContext,
  client: GitHubClient,
  { signal }: Attempt,
): Promise<JobResult> {
  const { cache, renderers } = context;
  const job = { owner, repo, pull: number, base: baseRef, headSha, now: context.now(), signal };
  return reviewPullRequest(client, cache, { ...job, ...(renderers && { renderers }) });
}

/** @returns the state of the pull request when it is not the one that was reviewed. */
async function publish(
  result: JobResult,
  run: CheckRun,
  { headSha, baseRef }: Seen,
  task: ReviewPull,
  context: AppContext,
  client: GitHubClient,
): Promise<PullState | undefined> {
  const { rulePage, configuration, comments } = context;
  const presentation = { repositoryUrl: task.url, headSha, ...(rulePage && { rulePage }) };
  const published = await publishOnPullRequest(client, result, {
    ...presentation,
    ...{
      pull: task,
      author: () => Promise.resolve(run.author),
      configuration,
      baseRef,
      now: context.now().getTime(),
    },
    memory: comments,
  });
  if ('superseded' in published) return published.superseded;
  await publishCheckRun(client, run, result, {
    ...presentation,
    notes: published.notes,
    hasPullRequest: true,
  });
  return undefined;
}
