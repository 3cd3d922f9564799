import type { RepositoryName } from '../github/client.ts';
import type { CheckActionId } from '../report/check-run.ts';
import type { SlashCommand } from './slash-command.ts';

/** Where a task happens. Plain data all through: a task may travel through a queue. */
export interface Place extends RepositoryName {
  /** Of the App in this repository's account; its token is asked for with it. */
  readonly installation: number;
  /** The repository's page. */
  readonly url: string;
}

/** Review a pull request as it is when the task runs. */
export interface ReviewPull extends Place {
  readonly kind: 'review-pull';
  readonly number: number;
  /** What the event said of the pull request, which spares a request; it is read again before anything is written. */
  readonly seen?: {
    readonly headSha: string;
    readonly baseRef: string;
    /** When the pull request got this head, as GitHub writes times; left out where the head may be an old one. */
    readonly since?: string;
  };
  /** Also when this head has its result already: somebody asked, or the base is another one. */
  readonly again: boolean;
}

/** Report the check that a merge queue waits for. */
export interface ReviewMergeGroup extends Place {
  readonly kind: 'review-merge-group';
  readonly headSha: string;
  readonly baseSha: string;
  readonly again: boolean;
}

/** Nobody waits for a result any more: a pull request was closed, a merge group dissolved. */
export interface Stop extends Place {
  readonly kind: 'stop';
  readonly of: { readonly number: number } | { readonly headSha: string };
}

/** Conclude the check of a head that nobody reviews any more, should a server that ended have left it open. */
export interface ConcludeCheck extends Place {
  readonly kind: 'conclude-check';
  readonly number: number;
  readonly headSha: string;
}

/** Find the open pull requests whose head is a commit, and review them again. */
export interface ReviewCommit extends Place {
  readonly kind: 'review-commit';
  readonly headSha: string;
}

/** Answer the commands that a person wrote in a comment. */
export interface AnswerCommand extends Place {
  readonly kind: 'answer-command';
  readonly number: number;
  readonly comment: number;
  readonly login: string;
  readonly commands: readonly SlashCommand[];
}

/** Answer a button of the check that is answered by a comment. */
export interface AnswerButton extends Place {
  readonly kind: 'answer-button';
  readonly number: number;
  /** The button's check run: one answer for each. */
  readonly checkRun: number;
  /** The App's own login. */
  readonly author: string;
  readonly button: Exclude<CheckActionId, 'review-again'>;
}

export type Task =
  ReviewPull | ReviewMergeGroup | ReviewCommit | ConcludeCheck | AnswerCommand | AnswerButton | Stop;

/** Only the place of a task, for one that follows from it. */
export function placeOf({ installation, owner, repo, url }: Task): Place {
  return { installation, owner, repo, url };
}

/** Tasks of one subject run one after the other; of two reviews of it, the newer replaces the older. */
export function subjectOf(task: Task): string {
  const repository = `${task.owner}/${task.repo}`.toLowerCase();
  if (task.kind === 'stop')
    return `${repository}${'number' in task.of ? `#${task.of.number}` : `@${task.of.headSha}`}`;
  return 'number' in task ? `${repository}#${task.number}` : `${repository}@${task.headSha}`;
}

/** Whether only the newest such task of a subject counts. */
export function newestCounts({ kind }: Task): boolean {
  return kind === 'review-pull' || kind === 'review-merge-group' || kind === 'stop';
}
