import { gitHubError } from '../github/errors.ts';

/** What is tried in all; also the number after which a queue outside of the process gives a message up. */
export const MOST_ATTEMPTS = 4;

/** Seconds before the second, third and fourth attempt where GitHub does not say how long to wait. */
const PAUSES = [5, 30, 120];
/** Nobody waits longer for a review than until the next hour's quota. Seconds. */
const LONGEST_WAIT = 3700;

/**
 * Milliseconds after which a failed task is tried again; undefined when that is of no use. Limits and failures of GitHub
 * pass; a missing permission or a commit that is gone does not.
 * @param now milliseconds since 1970.
 */
export function retryDelay(error: unknown, attempt: number, now: number): number | undefined {
  const trouble = gitHubError(error, now);
  if (!trouble || attempt >= MOST_ATTEMPTS) return undefined;
  if (trouble.retryAfter !== undefined) {
    return trouble.retryAfter <= LONGEST_WAIT ? trouble.retryAfter * 1000 : undefined;
  }
  const passing = trouble.trouble === 'server' || trouble.trouble === 'network';
  return passing ? (PAUSES[attempt - 1] ?? 0) * 1000 : undefined;
}
