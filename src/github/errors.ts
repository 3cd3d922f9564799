import { redacted } from './redact.ts';

/**
 * What can go wrong between us and GitHub. `rate-limit` is the hourly quota, `secondary-limit` the one against bursts;
 * `server` is a 5xx, `network` means no answer came at all; `rejected` is any other answer of 4xx.
 */
export type GitHubTrouble =
  | 'missing-permission'
  | 'not-found'
  | 'bad-credentials'
  | 'rate-limit'
  | 'secondary-limit'
  | 'server'
  | 'network'
  | 'rejected';

/** GitHub did not do what was asked. `message` and `advice` hold no credential and may be shown. */
export class GitHubError extends Error {
  override readonly name = 'GitHubError';
  readonly trouble: GitHubTrouble;
  /** HTTP status; 0 when no answer came. */
  readonly status: number;
  /** Seconds to wait before it makes sense to ask again; only for limits. */
  readonly retryAfter: number | undefined;
  /** What the user can do about it; one sentence, or ''. */
  readonly advice: string;

  constructor(trouble: GitHubTrouble, message: string, facts: GitHubErrorFacts) {
    super(redacted(message), { cause: facts.cause });
    this.trouble = trouble;
    this.status = facts.status;
    this.retryAfter = facts.retryAfter;
    this.advice = ADVICE[trouble];
  }
}

interface GitHubErrorFacts {
  readonly status: number;
  readonly retryAfter?: number | undefined;
  readonly cause?: unknown;
}

const ADVICE: Readonly<Record<GitHubTrouble, string>> = {
  'missing-permission': 'Give the token or the App the permission that the message names.',
  'not-found': 'Does the token see this repository, and does the commit still exist?',
  'bad-credentials': 'The token is wrong or has expired.',
  'rate-limit': 'The quota of this token is used up; it is filled again every hour.',
  'secondary-limit': 'GitHub asks for a pause; run it again in a few minutes.',
  server: 'GitHub has trouble of its own; run it again later.',
  network: 'Is GitHub reachable from here, and does a proxy need to be set?',
  rejected: '',
};

/** The shape octokit's errors share; told by shape because several copies of the class may be loaded. */
interface ErrorAnswer {
  readonly status?: unknown;
  readonly message: string;
  readonly request?: { readonly method?: string; readonly url?: string };
  readonly response?: {
    readonly headers?: Readonly<Record<string, string | number | undefined>>;
    readonly data?: unknown;
  };
  /** GraphQL answers 200 and puts its errors here. */
  readonly errors?: readonly { readonly type?: string; readonly message?: string }[];
  readonly headers?: Readonly<Record<string, string | number | undefined>>;
}

/**
 * What octokit threw, as a GitHubError; `undefined` for what did not come from GitHub (a defect, an abort), which the
 * caller throws on.
 * @param now milliseconds since 1970, for limits that say when they end.
 */
export function gitHubError(error: unknown, now: number): GitHubError | undefined {
  if (error instanceof GitHubError) return error;
  if (!isErrorAnswer(error)) return undefined;
  const headers = error.response?.headers ?? error.headers ?? {};
  const status = answeredStatus(error);
  const retryAfter = secondsToWait(headers, now);
  const trouble = troubleOf(error, status, headers);
  const facts = {
    status,
    retryAfter: isLimit(trouble) ? (retryAfter ?? DEFAULT_WAIT) : undefined,
    cause: error,
  };
  return new GitHubError(trouble, `${WORDS[trouble]} (${asked(error)}: ${said(error)}).`, facts);
}

const WORDS: Readonly<Record<GitHubTrouble, string>> = {
  'missing-permission': 'The token may not do this',
  'not-found': 'GitHub does not find this',
  'bad-credentials': 'GitHub does not accept the token',
  'rate-limit': 'The rate limit of GitHub is reached',
  'secondary-limit': 'The secondary rate limit of GitHub is reached',
  server: 'GitHub failed',
  network: 'GitHub was not reached',
  rejected: 'GitHub refused',
};

/** Seconds; GitHub asks for at least a minute where it says nothing. */
const DEFAULT_WAIT = 60;

function isErrorAnswer(error: unknown): error is ErrorAnswer {
  if (!(error instanceof Error) || error.name === 'AbortError') return false;
  return error.name === 'HttpError' || error.name === 'GraphqlResponseError';
}

/** Octokit gives a request that was never answered the status 500. */
function answeredStatus({ name, status, response }: ErrorAnswer & { name?: string }): number {
  if (name === 'GraphqlResponseError') return 200;
  return response === undefined ? 0 : Number(status);
}

function troubleOf(
  error: ErrorAnswer,
  status: number,
  headers: NonNullable<ErrorAnswer['headers']>,
): GitHubTrouble {
  const types = (error.errors ?? []).map(({ type }) => type);
  if (types.includes('RATE_LIMITED') || types.includes('RATE_LIMIT')) return 'rate-limit';
  if (types.includes('FORBIDDEN')) return 'missing-permission';
  if (types.includes('NOT_FOUND')) return 'not-found';
  if (status === 0) return 'network';
  if (status >= 500) return 'server';
  if (status === 401) return 'bad-credentials';
  if (status === 404 || status === 410) return 'not-found';
  if (status !== 403 && status !== 429) return 'rejected';
  if (/secondary rate limit|abuse detection/i.test(error.message)) return 'secondary-limit';
  if (String(headers['x-ratelimit-remaining']) === '0') return 'rate-limit';
  if (headers['retry-after'] !== undefined || status === 429) return 'secondary-limit';
  return 'missing-permission';
}

function isLimit(trouble: GitHubTrouble): boolean {
  return trouble === 'rate-limit' || trouble === 'secondary-limit';
}

/** `retry-after` first, as GitHub asks; else until the quota is filled again. */
function secondsToWait(headers: NonNullable<ErrorAnswer['headers']>, now: number): number | undefined {
  const after = Number(headers['retry-after'] ?? NaN);
  if (Number.isFinite(after)) return Math.max(0, after);
  const reset = Number(headers['x-ratelimit-reset'] ?? NaN);
  if (String(headers['x-ratelimit-remaining']) !== '0' || !Number.isFinite(reset)) return undefined;
  return Math.max(1, Math.ceil(reset - now / 1000));
}

/** `GET /repos/acme/mesh/git/trees/...`, without host and query. */
function asked({ request }: ErrorAnswer): string {
  if (!request?.url) return 'GraphQL';
  const path = request.url.replace(/^[a-z]+:\/\/[^/]+/, '').replace(/\?.*$/s, '');
  return `${request.method ?? 'GET'} ${path}`;
}

const LONGEST_ANSWER = 300;

function said({ message, errors }: ErrorAnswer): string {
  const first = errors?.[0]?.message ?? message;
  const line = first
    .replace(/ - https:\/\/docs\.github\.com\S*$/, '')
    .replace(/\s+/g, ' ')
    .trim();
  return line.length > LONGEST_ANSWER ? `${line.slice(0, LONGEST_ANSWER)}…` : line;
}
