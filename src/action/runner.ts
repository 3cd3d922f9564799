import { createClient } from '../github/client.ts';
import { readOrganisationFile } from '../github/organisation-settings.ts';
import { reviewSides, type JobResult } from '../github/review-job.ts';
import { fails } from '../report/threshold.ts';
import type { GitHubClient } from '../source/github-client.ts';
import { RepositoryCache } from '../source/repository-cache.ts';
import { ActionError } from './action-error.ts';
import { comment } from './comment.ts';
import { changeOf, type EventChange } from './event.ts';
import { readInputs, type Inputs } from './inputs.ts';
import { renderersFor } from './renderers.ts';
import { writeAnnotations, writeOutputs, writeSummary } from './reports.ts';
import type { RunnerContext } from './runner-context.ts';
import { openSides, type OpenSides } from './sides.ts';
import type { Workflow } from './workflow.ts';

/** Seconds for which a limit of GitHub is waited out. */
const LONGEST_WAIT = 90;

/**
 * Reviews the change that started the workflow, and says it everywhere it can be said.
 * @returns whether the job is to fail.
 * @throws ActionError, GitHubError, SourceError.
 */
export async function runner(context: RunnerContext, workflow: Workflow, now: Date): Promise<boolean> {
  const inputs = readInputs((name) => workflow.input(name));
  if (inputs.token !== '') workflow.mask(inputs.token);
  const change = changeOf(context.event, context.payload, inputs);
  if (!change) {
    workflow.log('Nothing to review: the branch was deleted.');
    return false;
  }
  const client = await clientFor(inputs, context, workflow);
  const { result, headSha, from } = await reviewChange(client, change, inputs, context, now);
  workflow.log(`Read from ${from}.`);
  const presentation = { repositoryUrl: context.repositoryUrl, headSha };
  const notes = await comments(client, change, result, { inputs, context, headSha, now });
  for (const note of notes) workflow.log(note);
  writeAnnotations(result);
  writeSummary(workflow, result, { ...presentation, notes });
  writeOutputs(workflow, result, inputs, context);
  return fails(result.review, result.settings.failOn) || result.settingsProblems.length > 0;
}

async function clientFor(
  { token }: Inputs,
  { apiUrl, proxied }: RunnerContext,
  workflow: Workflow,
): Promise<GitHubClient> {
  const fetch = proxied ? (await import('./proxy.ts')).proxyFetch() : undefined;
  return createClient({
    ...{ token, apiUrl, longestWait: LONGEST_WAIT, now: () => Date.now() },
    ...(fetch && { fetch }),
    sleep: (milliseconds) => new Promise((wake) => setTimeout(wake, milliseconds)),
    onWait: (sentence) => workflow.log(sentence),
  });
}

async function reviewChange(
  client: GitHubClient,
  change: EventChange,
  inputs: Inputs,
  context: RunnerContext,
  now: Date,
): Promise<{ result: JobResult } & Pick<OpenSides, 'headSha' | 'from'>> {
  const cache = new RepositoryCache();
  const organisation = await readOrganisationFile(client, context, cache, now.getTime());
  const sides = await openSides(client, context, change, context.workspace, cache);
  try {
    const renderers = await renderersFor(inputs.render, change, context.path, context.workspace);
    const { overrides, config } = inputs;
    const options = {
      now,
      overrides,
      organisation,
      ...(renderers && { renderers }),
      ...(config && { config }),
    };
    const result = await reviewSides(sides, options);
    requireEnvironment(result);
    return { result, headSha: sides.headSha, from: sides.from };
  } finally {
    await sides.close();
  }
}

/** A misspelt name would otherwise look like a review without findings. */
function requireEnvironment({ review, settings: { environment } }: JobResult): void {
  const known = [...review.environments.map(({ name }) => name), ...review.untouched];
  if (environment === undefined || known.includes(environment)) return;
  throw new ActionError(
    `This repository has no environment "${environment}".`,
    `It has ${known.join(', ')}.`,
  );
}

interface CommentContext {
  readonly inputs: Inputs;
  readonly context: RunnerContext;
  readonly headSha: string;
  readonly now: Date;
}

async function comments(
  client: GitHubClient,
  change: EventChange,
  result: JobResult,
  { inputs, context, headSha, now }: CommentContext,
): Promise<readonly string[]> {
  const { owner, repo, repositoryUrl } = context;
  if (change.pull === undefined) return [];
  return comment(client, result, {
    ...{ change, headSha, repositoryUrl, now: now.getTime(), hasToken: inputs.token !== '' },
    pull: { owner, repo, number: change.pull.number },
    baseRef: change.pull.baseRef,
    configuration: configurationOf(inputs),
  });
}

/** Jobs with other settings or another environment have a comment of their own. */
function configurationOf({ config, overrides: { environment } }: Inputs): string {
  return [config, environment ?? ''].filter((part) => part !== '').join('.') || 'default';
}
