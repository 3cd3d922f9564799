import { nearest } from '../config/nearest.ts';
import type { Presentation } from '../github/comment-body.ts';
import type { OrganisationFile } from '../github/organisation-settings.ts';
import { reviewSides, type JobResult } from '../github/review-job.ts';
import { fails } from '../report/threshold.ts';
import { RULE_HEADS, ruleHeadById } from '../rules/registry.ts';
import type { GitHubClient } from '../source/github-client.ts';
import { ActionError } from './action-error.ts';
import { comment } from './comment.ts';
import type { EventChange } from './event.ts';
import type { Inputs } from './inputs.ts';
import { renderersFor } from './renderers.ts';
import { rulePageAddress, writeAnnotations, writeOutputs, writeSummary } from './reports.ts';
import type { RunnerContext } from './runner-context.ts';
import type { OpenSides } from './sides.ts';
import type { Workflow } from './workflow.ts';

/** A change with both of its sides, and everything its review depends on. */
export interface ChangeJob {
  readonly client: GitHubClient;
  readonly change: EventChange;
  readonly inputs: Inputs;
  readonly context: RunnerContext;
  readonly workflow: Workflow;
  readonly now: Date;
  readonly organisation: OrganisationFile | undefined;
  readonly sides: OpenSides;
}

/**
 * Reviews a change and writes comment, annotations, summary, reports and outputs.
 * @returns whether the job is to fail.
 * @throws ActionError, SourceError.
 */
export async function reviewChange(job: ChangeJob): Promise<boolean> {
  const { workflow, sides, context, inputs } = job;
  requireRules(inputs);
  const result = await resultOf(job);
  requireEnvironment(result);
  workflow.log(`Read from ${sides.from}.`);
  const presentation = presentationOf(job);
  const notes = await comments(job, result, presentation);
  for (const note of notes) workflow.log(note);
  writeAnnotations(result);
  writeSummary(workflow, result, { ...presentation, notes });
  await writeOutputs(workflow, result, inputs, context);
  return fails(result.review, result.settings.failOn) || result.settingsProblems.length > 0;
}

async function resultOf({
  change,
  inputs,
  context,
  now,
  organisation,
  sides,
}: ChangeJob): Promise<JobResult> {
  const { overrides, config, render } = inputs;
  const renderers = await renderersFor(render, change, context.path, context.workspace);
  return reviewSides(sides, {
    ...{ now, overrides, organisation },
    ...(renderers && { renderers }),
    ...(config !== '' && { config }),
  });
}

/** A misspelt rule would otherwise look like one without findings. */
function requireRules({ overrides: { rules = [] } }: Inputs): void {
  const unknown = rules.find((id) => ruleHeadById(id) === undefined);
  if (unknown === undefined) return;
  const near = nearest(
    unknown,
    RULE_HEADS.map(({ id }) => id),
  );
  throw new ActionError(
    `There is no rule "${unknown}"${near === undefined ? '' : ` (did you mean ${near}?)`}.`,
  );
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

function presentationOf({ context, sides }: ChangeJob): Presentation {
  const { repositoryUrl, rulePagesAddress } = context;
  const rulePage = rulePageAddress(rulePagesAddress);
  return { repositoryUrl, headSha: sides.headSha, ...(rulePage && { rulePage }) };
}

async function comments(
  job: ChangeJob,
  result: JobResult,
  presentation: Presentation,
): Promise<readonly string[]> {
  const { client, change, inputs, context, now } = job;
  const { owner, repo } = context;
  if (change.pull === undefined) return [];
  return comment(client, result, {
    ...{ ...presentation, change, now: now.getTime(), hasToken: inputs.token !== '' },
    pull: { owner, repo, number: change.pull.number },
    baseRef: change.pull.baseRef,
    configuration: configurationOf(inputs),
  });
}

/** Jobs with other settings or another environment have a comment of their own. */
function configurationOf({ config, overrides: { environment } }: Inputs): string {
  return [config, environment ?? ''].filter((part) => part !== '').join('.') || 'default';
}
