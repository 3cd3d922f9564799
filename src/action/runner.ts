import { createClient } from '../github/client.ts';
import { readOrganisationFile } from '../github/organisation-settings.ts';
import type { GitHubClient } from '../source/github-client.ts';
import { RepositoryCache } from '../source/repository-cache.ts';
import { changeOf } from './event.ts';
import { readInputs, type Inputs } from './inputs.ts';
import type { RunnerContext } from './runner-context.ts';
import { openSides } from './sides.ts';
import type { Workflow } from './workflow.ts';

/** Seconds for which a limit of GitHub is waited out. */
const LONGEST_WAIT = 90;

/**
 * Reviews the change that started the workflow, and says it everywhere it can be said. What reviews is most of the program: it
 * is loaded while GitHub answers, and not at all where there is nothing to review.
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
  const cache = new RepositoryCache();
  const organisation = await readOrganisationFile(client, context, cache, now.getTime());
  const opening = openSides(client, context, change, context.workspace, cache);
  const [sides, { reviewChange }] = await Promise.all([opening, import('./review-change.ts')]);
  try {
    return await reviewChange({ client, change, inputs, context, workflow, now, organisation, sides });
  } finally {
    await sides.close();
  }
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
