import { gitHubError, type GitHubError } from './errors.ts';

/** How long a surface is ready to wait for GitHub. */
export interface Patience {
  /** Longest wait for a limit, in seconds; a longer one is thrown as it is. */
  readonly longestWait: number;
  /** Milliseconds. */
  readonly sleep: (milliseconds: number) => Promise<void>;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Told before each wait, with a sentence that may be logged. */
  readonly onWait?: (sentence: string) => void;
}

interface Asked {
  readonly method: string;
  readonly url: string;
}

interface Answered {
  readonly headers: Readonly<Record<string, string | number | undefined>>;
  readonly data: unknown;
}

/** Requests for one answer, the first included. */
const MOST_ATTEMPTS = 4;

/**
 * Asks until there is an answer. A limit is waited out when it is short; a failure of GitHub or of the line is tried again
 * after 1, 2 and 4 seconds, but only where asking twice cannot do something twice.
 */
export async function keepAsking<T extends Answered>(
  ask: () => Promise<T>,
  asked: Asked,
  patience: Patience,
): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      const answer = await ask();
      const limit = limitInside(answer, asked);
      if (!limit) return answer;
      const wait = waitFor(gitHubError(limit, patience.now()), asked, attempt, patience);
      if (wait === undefined) return answer;
      await pause(wait, asked, patience);
    } catch (error) {
      const wait = waitFor(gitHubError(error, patience.now()), asked, attempt, patience);
      if (wait === undefined) throw error;
      await pause(wait, asked, patience);
    }
  }
}

/** Seconds to wait before asking again; `undefined` when that is of no use. */
function waitFor(
  error: GitHubError | undefined,
  asked: Asked,
  attempt: number,
  { longestWait }: Patience,
): number | undefined {
  if (!error || attempt >= MOST_ATTEMPTS) return undefined;
  if (error.retryAfter !== undefined) return error.retryAfter <= longestWait ? error.retryAfter : undefined;
  const passing = error.trouble === 'server' || error.trouble === 'network';
  return passing && isRepeatable(asked) ? 2 ** (attempt - 1) : undefined;
}

/** Reads, and writes that end in the same state; a POST that broke off may have been done. */
function isRepeatable({ method, url }: Asked): boolean {
  return method !== 'POST' || isGraphql(url);
}

function isGraphql(url: string): boolean {
  return /\/graphql$/.test(url);
}

async function pause(seconds: number, { method, url }: Asked, { sleep, onWait }: Patience): Promise<void> {
  onWait?.(`Waiting ${seconds} s before asking GitHub again (${method} ${url}).`);
  await sleep(seconds * 1000);
}

/** GraphQL says with status 200 that its quota is used up. */
function limitInside({ data, headers }: Answered, { url }: Asked): Error | undefined {
  if (!isGraphql(url)) return undefined;
  const { errors } = (data ?? {}) as { readonly errors?: readonly { readonly type?: string }[] };
  if (!errors?.some(({ type }) => type === 'RATE_LIMITED')) return undefined;
  return Object.assign(new Error('API rate limit exceeded'), {
    name: 'GraphqlResponseError',
    errors,
    headers,
  });
}
