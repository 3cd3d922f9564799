import { Octokit } from '@octokit/rest';
import { TOOL } from '../report/tool.ts';
import type { GitHubClient } from '../source/github-client.ts';
import { keepAsking, type Patience } from './patience.ts';

export type { GitHubClient, RepositoryName } from '../source/github-client.ts';

/** How to reach GitHub, for whoever is not Probot (which brings clients of its own). */
export interface ClientOptions extends Patience {
  /** '' asks as nobody: public repositories, 60 requests an hour. */
  readonly token: string;
  /** `https://api.github.com`, or `https://HOST/api/v3` of an Enterprise Server; GraphQL's address follows from it. */
  readonly apiUrl: string;
  /** Takes the place of the global `fetch`, where a proxy is to be used. */
  readonly fetch?: typeof globalThis.fetch;
}

/** A client that waits out short limits, asks again after a failure of GitHub, and prints nothing. */
export function createClient({ token, apiUrl, fetch, ...patience }: ClientOptions): GitHubClient {
  const octokit = new Octokit({
    ...(token !== '' && { auth: token }),
    baseUrl: apiUrl.replace(/\/+$/, ''),
    userAgent: `${TOOL.name}/${TOOL.version}`,
    log: SILENT,
    ...(fetch && { request: { fetch } }),
  });
  octokit.hook.wrap('request', (request, options) =>
    keepAsking(async () => request(options), options, patience),
  );
  return octokit;
}

const ignore = (): void => undefined;
const SILENT = { debug: ignore, info: ignore, warn: ignore, error: ignore };
