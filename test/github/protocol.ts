import type { FakeGitHub } from './fake-github.ts';
import type { FakeRepository } from './fake-repository.ts';

export interface FakeRequest {
  readonly method: string;
  readonly url: URL;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  /** Parsed JSON; undefined when there was none. */
  readonly body: unknown;
}

export interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** A value to be sent as JSON, or bytes as they are. */
  readonly body?: unknown;
}

/** Who a token belongs to, and what it may do. */
export interface Identity {
  readonly login: string;
  readonly id: number;
  readonly type: 'Bot' | 'User';
  readonly permissions: Readonly<Record<string, 'read' | 'write'>>;
  /** `owner/repo`; left out: all repositories. */
  readonly repositories?: readonly string[];
}

export interface RouteContext {
  readonly fake: FakeGitHub;
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly path: string;
  readonly body: Readonly<Record<string, unknown>>;
  readonly identity: Identity;
  readonly repository: FakeRepository;
}

export type Route = (context: RouteContext) => Answer;

export function json(status: number, body: unknown, headers: Readonly<Record<string, string>> = {}): Answer {
  return { status, headers: { 'content-type': 'application/json; charset=utf-8', ...headers }, body };
}

export function notFound(): Answer {
  return json(404, {
    message: 'Not Found',
    documentation_url: 'https://docs.github.com/rest',
    status: '404',
  });
}

/** What a token without the permission gets. */
export function refused(): Answer {
  return json(403, { message: 'Resource not accessible by integration' });
}

export function invalid(message: string): Answer {
  return json(422, { message, documentation_url: 'https://docs.github.com/rest', errors: [] });
}

/** The hourly quota is used up. */
export function rateLimited(secondsLeft: number, now: number = Date.now()): Answer {
  const reset = String(Math.ceil(now / 1000) + secondsLeft);
  const headers = { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': reset };
  return json(403, { message: 'API rate limit exceeded for installation ID 1.' }, headers);
}

/** The limit against bursts. */
export function secondaryLimit(retryAfter: number): Answer {
  const message = 'You have exceeded a secondary rate limit. Please wait a few minutes before you try again.';
  return json(403, { message }, { 'retry-after': String(retryAfter) });
}

export function serverError(status = 502): Answer {
  return json(status, { message: 'Server Error' });
}

/** One page of a list, with the link to the next. */
export function page(
  context: RouteContext,
  items: readonly unknown[],
  wrap = (part: readonly unknown[]): unknown => part,
): Answer {
  const size = Math.min(Number(context.query.get('per_page') ?? 30), 100);
  const number = Number(context.query.get('page') ?? 1);
  const part = items.slice((number - 1) * size, number * size);
  const query = new URLSearchParams(context.query);
  query.set('page', String(number + 1));
  const next = `<${context.fake.url}${context.path}?${query.toString()}>; rel="next"`;
  return json(200, wrap(part), number * size < items.length ? { link: next } : {});
}
