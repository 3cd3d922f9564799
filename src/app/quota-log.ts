import type { Octokit } from '@octokit/rest';
import type { AppLog } from './app-log.ts';

/** Clients that tell already: Probot may give one twice. */
const telling = new WeakSet<object>();

/**
 * `client`, which tells the debug log after each answer what is left of its quota (GitHub's headers `x-ratelimit-resource` and
 * `x-ratelimit-remaining`; an Enterprise Server without limits sends none).
 */
export function withQuotaLog<C extends Pick<Octokit, 'hook'>>(client: C, log: AppLog): C {
  if (telling.has(client)) return client;
  telling.add(client);
  client.hook.after('request', ({ headers }) => {
    const remaining = headers['x-ratelimit-remaining'];
    if (remaining === undefined) return;
    const resource = headers['x-ratelimit-resource'] ?? 'core';
    log.debug({ resource, remaining: Number(remaining) }, 'Quota of GitHub.');
  });
  return client;
}
