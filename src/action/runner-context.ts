import { readFileSync } from 'node:fs';
import { ActionError } from './action-error.ts';
import type { EventFacts, EventPayload } from './event.ts';

/** What GitHub's runner tells an action through environment variables. */
export interface RunnerContext {
  readonly event: EventFacts;
  readonly payload: EventPayload;
  readonly owner: string;
  readonly repo: string;
  /** `https://api.github.com`; of an Enterprise Server `https://HOST/api/v3`. */
  readonly apiUrl: string;
  /** The repository's page. */
  readonly repositoryUrl: string;
  /** Where a checkout would be. */
  readonly workspace: string;
  /** A directory for files of this job, outside of the workspace. */
  readonly temp: string;
  readonly path: string;
  /** The folder with a page per rule that came with the action. */
  readonly rulePages: URL;
  /** Where everybody can read those pages; '' where nobody knows. */
  readonly rulePagesAddress: string;
  readonly proxied: boolean;
}

type Variables = Readonly<Record<string, string | undefined>>;

/** An event's payload may be 25 MB; more is no event. */
const LARGEST_PAYLOAD = 32 * 1024 * 1024;

/** @throws ActionError when this is not the environment of a runner. */
export function runnerContext(env: Variables, rulePages: URL): RunnerContext {
  const [owner = '', repo = ''] = needed(env, 'GITHUB_REPOSITORY').split('/');
  const server = env['GITHUB_SERVER_URL'] ?? 'https://github.com';
  return {
    event: {
      name: needed(env, 'GITHUB_EVENT_NAME'),
      sha: env['GITHUB_SHA'] ?? '',
      ref: env['GITHUB_REF'] ?? '',
    },
    payload: payloadOf(env['GITHUB_EVENT_PATH']),
    owner,
    repo,
    apiUrl: env['GITHUB_API_URL'] ?? 'https://api.github.com',
    repositoryUrl: `${server}/${owner}/${repo}`,
    workspace: env['GITHUB_WORKSPACE'] ?? process.cwd(),
    temp: needed(env, 'RUNNER_TEMP'),
    path: env['PATH'] ?? '',
    ...{ rulePages, rulePagesAddress: pagesAddress(env) },
    proxied: ['https_proxy', 'HTTPS_PROXY', 'http_proxy', 'HTTP_PROXY'].some(
      (name) => (env[name] ?? '') !== '',
    ),
  };
}

/**
 * The pages of rules in the repository that this action comes from, at its very version. Not on an Enterprise Server: there the
 * action may come from the server or from github.com, and the runner does not say from which.
 */
function pagesAddress(env: Variables): string {
  const [server, repository = '', ref = ''] = [
    env['GITHUB_SERVER_URL'],
    env['GITHUB_ACTION_REPOSITORY'],
    env['GITHUB_ACTION_REF'],
  ];
  const safe = /^[\w.-]+\/[\w.-]+$/.test(repository) && /^[\w./-]+$/.test(ref);
  return safe && server === 'https://github.com' ? `${server}/${repository}/blob/${ref}/docs/rules/` : '';
}

function needed(env: Variables, name: string): string {
  const value = env[name] ?? '';
  if (value !== '') return value;
  throw new ActionError(`${name} is not set.`, 'The action runs inside of a GitHub workflow.');
}

function payloadOf(file: string | undefined): EventPayload {
  if (file === undefined || file === '') return {};
  try {
    const text = readFileSync(file, 'utf8');
    return text.length > LARGEST_PAYLOAD ? {} : (JSON.parse(text) as EventPayload);
  } catch {
    throw new ActionError(
      'The payload of the event cannot be read.',
      'Is GITHUB_EVENT_PATH set to a JSON file?',
    );
  }
}
