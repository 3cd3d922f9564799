import type { CheckAnnotation, CheckRunReport } from '../report/check-run.ts';
import type { Author } from './author.ts';
import type { GitHubClient, RepositoryName } from './client.ts';

export const CHECK_NAME = 'Istio Upgrade Guard';

/** GitHub takes no more in one request; further ones are appended. */
const ANNOTATIONS_PER_REQUEST = 50;

/** A check run of ours at one commit. */
export interface CheckRun extends RepositoryName {
  readonly id: number;
  readonly url: string | undefined;
  /** The App that owns it: ourselves. */
  readonly author: Author;
}

/** What a check run is about, so that its events find the way back: a fork's carry no pull request. */
export interface CheckSubject extends RepositoryName {
  readonly headSha: string;
  readonly externalId: string;
}

/** What the check says when no review came about; such a run is no result. */
export const COULD_NOT_REVIEW = 'Could not review';

/** Whether a subject is to be reviewed again that has its result; asked with our own name. */
export type Again = (author: Author) => boolean | Promise<boolean>;

/**
 * Shows that a review has begun. A run that an attempt before left is taken up, so that a lost answer or a second delivery
 * doubles nothing; one that shows annotations already is replaced, since they can only be added to.
 * @returns undefined when the result is there.
 */
export async function openCheckRun(
  client: GitHubClient,
  subject: CheckSubject,
  again: Again,
): Promise<CheckRun | undefined> {
  const latest = await latestRun(client, subject);
  if (!latest) return startCheckRun(client, subject);
  const run = checkRunOf(subject, latest);
  if (latest.status === 'completed') {
    const done = hasResult(latest) && !(await again(run.author));
    return done ? undefined : startCheckRun(client, subject);
  }
  if (latest.output.annotations_count === 0) return run;
  await abandonCheckRun(client, run, {
    conclusion: 'cancelled',
    title: 'Begun anew',
    summary: 'GitHub could not be reached half way. A new run of this check has the result.',
  });
  return startCheckRun(client, subject);
}

async function latestRun(client: GitHubClient, { owner, repo, headSha, externalId }: CheckSubject) {
  const parameters = { owner, repo, ref: headSha, check_name: CHECK_NAME, filter: 'latest' as const };
  const { data } = await client.rest.checks.listForRef({ ...parameters, per_page: 100 });
  return data.check_runs.find(({ external_id }) => external_id === externalId);
}

/** The run of a subject that is not complete, if there is one. */
export async function unfinishedCheckRun(
  client: GitHubClient,
  subject: CheckSubject,
): Promise<CheckRun | undefined> {
  const latest = await latestRun(client, subject);
  return latest && latest.status !== 'completed' ? checkRunOf(subject, latest) : undefined;
}

interface RunState {
  readonly conclusion: string | null;
  readonly output: { readonly title: string | null };
}

function hasResult({ conclusion, output }: RunState): boolean {
  const concluded = ['success', 'neutral', 'failure'].includes(conclusion ?? '');
  return concluded && output.title !== COULD_NOT_REVIEW;
}

/** Shows that a review has begun of what nobody can have begun before. */
export async function startCheckRun(client: GitHubClient, subject: CheckSubject): Promise<CheckRun> {
  const { owner, repo, headSha, externalId } = subject;
  const { data } = await client.rest.checks.create({
    owner,
    repo,
    name: CHECK_NAME,
    head_sha: headSha,
    external_id: externalId,
    status: 'in_progress',
    request: { retries: 0 },
  });
  return checkRunOf(subject, data);
}

interface CheckRunAnswer {
  readonly id: number;
  readonly html_url: string | null;
  readonly app?: { readonly slug?: string } | null;
}

function checkRunOf({ owner, repo }: RepositoryName, { id, html_url, app }: CheckRunAnswer): CheckRun {
  const login = app?.slug === undefined ? undefined : `${app.slug}[bot]`;
  return { owner, repo, id, url: html_url ?? undefined, author: { login } };
}

/**
 * Writes the result: annotations in batches, and the conclusion with the last one, so that a check is never complete before
 * it says everything.
 */
export async function finishCheckRun(
  client: GitHubClient,
  run: CheckRun,
  report: CheckRunReport,
): Promise<void> {
  const { title, summary, text, conclusion } = report;
  const batches = inBatches(report.annotations);
  const output = (annotations: readonly CheckAnnotation[]) => ({
    title: title.slice(0, LONGEST_TITLE),
    summary,
    text,
    annotations: [...annotations],
  });
  const at = { owner: run.owner, repo: run.repo, check_run_id: run.id };
  for (const batch of batches.slice(0, -1)) {
    // A repeated request would append its annotations once more.
    await client.rest.checks.update({ ...at, output: output(batch), request: { retries: 0 } });
  }
  await client.rest.checks.update({
    ...at,
    status: 'completed',
    conclusion,
    output: output(batches.at(-1) ?? []),
    actions: report.actions.map((action) => ({ ...action })),
    request: { retries: 0 },
  });
}

/** GitHub shows one line. */
const LONGEST_TITLE = 250;

function inBatches(annotations: readonly CheckAnnotation[]): CheckAnnotation[][] {
  const batches: CheckAnnotation[][] = [];
  for (let from = 0; from < annotations.length; from += ANNOTATIONS_PER_REQUEST) {
    batches.push(annotations.slice(from, from + ANNOTATIONS_PER_REQUEST));
  }
  return batches;
}

/** A review that gave no result: replaced by a newer one (`cancelled`), or gone wrong (`failure`). */
export interface Unfinished {
  readonly conclusion: 'cancelled' | 'failure';
  readonly title: string;
  /** Markdown. */
  readonly summary: string;
}

/** Concludes a run that has no review to show, so that no check spins for ever. */
export async function abandonCheckRun(
  client: GitHubClient,
  { owner, repo, id }: CheckRun,
  { conclusion, title, summary }: Unfinished,
): Promise<void> {
  await client.rest.checks.update({
    owner,
    repo,
    check_run_id: id,
    status: 'completed',
    conclusion,
    output: { title: title.slice(0, LONGEST_TITLE), summary },
  });
}
