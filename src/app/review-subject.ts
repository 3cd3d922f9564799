import {
  abandonCheckRun,
  COULD_NOT_REVIEW,
  openCheckRun,
  startCheckRun,
  unfinishedCheckRun,
  type Again,
  type CheckRun,
} from '../github/check-runs.ts';
import type { GitHubClient, RepositoryName } from '../github/client.ts';
import { gitHubError } from '../github/errors.ts';
import { markdownText } from '../report/escape.ts';
import { SourceError } from '../source/snapshot.ts';
import type { AppContext, Attempt } from './app-context.ts';
import { externalId, type CheckAbout } from './check-subject.ts';
import { retryDelay } from './retry.ts';
import { Stopped } from './task-queue.ts';

/** A commit of a repository whose review a check shows. */
export interface ReviewSubject extends RepositoryName {
  readonly about: CheckAbout;
  readonly again: Again;
  /** Nobody can have begun before: the event says so, and it is young. */
  readonly isNew?: boolean;
}

/**
 * Does `work` under a check run for one commit and sees to it that the run ends: with the result, which `work` writes, as
 * cancelled when it was stopped, or with what went wrong. Only work that is going to be tried again leaves it open; when it
 * was stopped before that, only the run of the attempt before is concluded.
 * @returns whether there was anything to do: not where the result is there.
 */
export async function underCheckRun(
  { owner, repo, about, again, isNew }: ReviewSubject,
  context: AppContext,
  client: GitHubClient,
  attempt: Attempt,
  work: (run: CheckRun) => Promise<void>,
): Promise<boolean> {
  const name = { owner, repo };
  const subject = { ...name, headSha: about.headSha, externalId: externalId(name, about) };
  const run = await (attempt.signal.aborted
    ? unfinishedCheckRun(client, subject)
    : isNew && attempt.number === 1
      ? startCheckRun(client, subject)
      : openCheckRun(client, subject, again));
  if (!run) return false;
  try {
    attempt.signal.throwIfAborted();
    await work(run);
    return true;
  } catch (error) {
    const stop = stopOf(error, attempt);
    const now = context.now().getTime();
    if (stop) {
      await abandonCheckRun(client, run, {
        conclusion: 'cancelled',
        title: 'Cancelled',
        summary: stop.message,
      });
    } else if (retryDelay(error, attempt.number, now) === undefined) {
      await abandonCheckRun(client, run, {
        conclusion: 'failure',
        title: COULD_NOT_REVIEW,
        summary: whyNot(error, now),
      });
    }
    throw error;
  }
}

/** Why the work was stopped, when it was; whatever an abort makes a library throw. */
function stopOf(error: unknown, { signal }: Attempt): Stopped | undefined {
  if (error instanceof Stopped) return error;
  return signal.aborted && signal.reason instanceof Stopped ? signal.reason : undefined;
}

/** What a person is told, as Markdown. A defect is told without its words, which may quote what it choked on. */
export function whyNot(error: unknown, now: number): string {
  const known = gitHubError(error, now) ?? (error instanceof SourceError ? error : undefined);
  if (!known) {
    return 'This is a defect of Istio Upgrade Guard; nothing was reviewed. Its log says where it happened.';
  }
  return [known.message, known.advice]
    .filter((text) => text !== '')
    .map(markdownText)
    .join(' ');
}
