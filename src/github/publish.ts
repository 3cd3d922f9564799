import { toCheckRun } from '../report/check-run.ts';
import type { SuggestionComment } from '../report/review-comments.ts';
import type { WhoWeAre } from './author.ts';
import { finishCheckRun, type CheckRun } from './check-runs.ts';
import type { GitHubClient } from './client.ts';
import type { CommentMemory } from './comment-memory.ts';
import { commentBody, pageOptions, type Presentation } from './comment-body.ts';
import { gitHubError } from './errors.ts';
import { currentPullState, type PullState } from './pull-state.ts';
import type { JobResult } from './review-job.ts';
import {
  findStickyComments,
  writeStickyComment,
  type PullRequestName,
  type StickyComments,
} from './sticky-comment.ts';
import { pendingSuggestions, postSuggestions } from './suggestions.ts';

/** Where the result of a review belongs, and who writes it. */
export interface Publication extends Presentation {
  readonly pull: PullRequestName;
  /** The branch that the review compared with; the result is void when the pull request has another one by now. */
  readonly baseRef: string;
  readonly author: WhoWeAre;
  /** One comment for each name. */
  readonly configuration: string;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** Of a process that reviews more than once. */
  readonly memory?: CommentMemory;
}

/** What became of the comment. */
export type CommentOutcome = 'created' | 'updated' | 'unchanged' | 'not-wanted' | 'not-permitted';

/** `superseded`: the pull request moved on or was closed, and nothing was written. */
export type Published =
  | { readonly comment: CommentOutcome; readonly notes: readonly string[] }
  | { readonly superseded: PullState };

/**
 * Comment and suggestions of one review. The pull request is looked at between the review and the first word, so that
 * the result of an old head is never written over that of a newer one.
 * @returns sentences for the check about what GitHub did not take.
 * @throws octokit's errors for limits, broken connections and failures of GitHub. All of it can be done again.
 */
export async function publishOnPullRequest(
  client: GitHubClient,
  result: JobResult,
  publication: Publication,
): Promise<Published> {
  const { pull, author, headSha, baseRef } = publication;
  const silent = result.settings.comment === 'never';
  const remembered = silent ? undefined : rememberedComment(publication);
  const found = silent
    ? NOTHING_FOUND
    : (remembered ?? (await findStickyComments(client, pull, author, publication.configuration)));
  const suggestions = silent ? [] : await pendingSuggestions(client, pull, author, result.review);

  // Whoever had to look for the comment looks at the pull request once more.
  const seen = remembered && result.pullSeen;
  const state = await currentPullState(client, pull, seen, publication.now);
  if (!state.open || state.headSha !== headSha || state.baseRef !== baseRef) return { superseded: state };
  return silent
    ? { comment: 'not-wanted', notes: [] }
    : write(client, result, publication, { found, suggestions });
}

const NOTHING_FOUND: StickyComments = { current: undefined, surplus: [] };

/** What is remembered of another head is going to be rewritten whatever it says; else it is looked at. */
function rememberedComment({
  pull,
  configuration,
  headSha,
  memory,
}: Publication): StickyComments | undefined {
  const known = memory?.get(pull, configuration);
  return known && known.headSha !== headSha ? { current: known, surplus: [] } : undefined;
}

interface ToWrite {
  readonly found: StickyComments;
  readonly suggestions: readonly SuggestionComment[];
}

async function write(
  client: GitHubClient,
  result: JobResult,
  publication: Publication,
  { found, suggestions }: ToWrite,
): Promise<Published> {
  const { pull, configuration, headSha, now } = publication;
  const notes: string[] = [];
  try {
    if (suggestions.length > 0) {
      const { refused } = await postSuggestions(client, pull, headSha, suggestions);
      if (refused !== undefined) notes.push(`GitHub did not take the suggested fixes: ${refused}`);
    }
    if (!wanted(result, found.current !== undefined)) return { comment: 'not-wanted', notes };
    const body = commentBody(result, configuration, {
      ...publication,
      notes: [...(publication.notes ?? []), ...notes],
    });
    const { id, outcome } = await writeStickyComment(client, pull, found, body);
    publication.memory?.set(pull, configuration, { id, headSha });
    return { comment: outcome, notes };
  } catch (error) {
    if (gitHubError(error, now)?.trouble !== 'missing-permission') throw error;
    const said = 'The comment could not be written: the permission "Pull requests: write" is missing.';
    return { comment: 'not-permitted', notes: [...notes, said] };
  }
}

/** A comment that is there is kept true: it must not warn of what has been mended. */
function wanted({ review, settings, settingsProblems }: JobResult, exists: boolean): boolean {
  return settings.comment === 'always' || exists || review.verdict !== 'safe' || settingsProblems.length > 0;
}

/** Completes the check run of a review: conclusion, text, annotations, buttons. */
export async function publishCheckRun(
  client: GitHubClient,
  run: CheckRun,
  result: JobResult,
  presentation: Presentation & { readonly hasPullRequest: boolean },
): Promise<void> {
  const options = {
    ...pageOptions(result, presentation),
    failOn: result.settings.failOn,
    hasPullRequest: presentation.hasPullRequest,
    settingsProblems: result.settingsProblems,
    elsewhere: 'the command line shows everything',
  };
  await finishCheckRun(client, run, toCheckRun(result.review, options));
}
