import { FakeRepository } from './fake-repository.ts';
import { matchOperation, requestProblems, responseProblems } from './openapi.ts';
import { APP_ROUTES } from './routes/apps.ts';
import { CHECK_ROUTES } from './routes/checks.ts';
import { GIT_ROUTES } from './routes/git.ts';
import { graphql } from './routes/graphql.ts';
import { ISSUE_ROUTES } from './routes/issues.ts';
import { PULL_ROUTES } from './routes/pulls.ts';
import { json, refused, type Answer, type FakeRequest, type Identity, type Route } from './protocol.ts';
import { permissionFor } from './permissions.ts';
import type { TarballOptions } from './tarball.ts';

const ROUTES: Readonly<Record<string, Route>> = {
  ...APP_ROUTES,
  ...CHECK_ROUTES,
  ...GIT_ROUTES,
  ...ISSUE_ROUTES,
  ...PULL_ROUTES,
};

export interface Call {
  /** `git/get-tree`, `graphql`, `codeload` for what a tarball redirects to. */
  readonly operation: string;
  readonly method: string;
  readonly path: string;
  readonly status: number;
  readonly body: unknown;
}

interface Fault {
  readonly operation: string;
  readonly answer: Answer | 'hang-up';
  times: number;
}

/** May do everything the App asks for. */
const APP_BOT: Identity = {
  login: 'istio-upgrade-guard[bot]',
  id: 4242,
  type: 'Bot',
  permissions: {
    contents: 'read',
    metadata: 'read',
    pull_requests: 'write',
    checks: 'write',
    issues: 'read',
  },
};

/**
 * GitHub in memory: repositories with real git objects behind GitHub's own REST routes and the one GraphQL query we use. Every
 * request and every answer is checked against GitHub's OpenAPI description; what breaks it is in `problems`, which every
 * test that uses the fake should find empty.
 */
export class FakeGitHub {
  readonly calls: Call[] = [];
  readonly problems: string[] = [];
  /** By token. `ghs_app` is our App; a JSON web token is the App itself. */
  readonly identities = new Map<string, Identity>([['ghs_app', APP_BOT]]);
  /** Where clients reach it; transports set it, redirects need it. */
  url = 'https://api.github.com';
  /** Entries after which a recursive tree is cut off. */
  treeLimit = 100_000;
  /** Bytes after which GraphQL cuts a text off. */
  textLimit = 512_000;
  /** Deliveries of the App's webhook, newest first, and the ids of those asked for again. */
  readonly deliveries: Record<string, unknown>[] = [];
  readonly redelivered: number[] = [];
  /** What the archive of a commit leaves out or changes. */
  tarballOptions: TarballOptions = {};
  readonly #repositories = new Map<string, FakeRepository>();
  readonly #faults: Fault[] = [];
  readonly #hooks: { operation: string; run: () => void }[] = [];

  /** Makes a repository, or gives the one that is there. */
  repository(owner: string, repo: string): FakeRepository {
    const key = `${owner}/${repo}`.toLowerCase();
    const known = this.#repositories.get(key) ?? new FakeRepository(owner, repo, this.#repositories.size + 1);
    this.#repositories.set(key, known);
    return known;
  }

  find(owner: string, repo: string): FakeRepository | undefined {
    return this.#repositories.get(`${owner}/${repo}`.toLowerCase());
  }

  /** The next `times` requests for this operation get this answer instead; `hang-up` breaks the connection. */
  fail(operation: string, answer: Answer | 'hang-up', times = 1): void {
    this.#faults.push({ operation, answer, times });
  }

  /** Runs once, when the operation is asked for the next time and before it is answered: a push in the middle. */
  before(operation: string, run: () => void): void {
    this.#hooks.push({ operation, run });
  }

  /** How often an operation was asked for; without a name, how often anything was. */
  count(operation?: string): number {
    return this.calls.filter((call) => operation === undefined || call.operation === operation).length;
  }

  /** Bodies sent to one operation, in order. */
  bodies(operation: string): unknown[] {
    return this.calls.filter((call) => call.operation === operation).map(({ body }) => body);
  }

  /** Answers one request; `hang-up` means that the connection is to be broken. */
  handle(request: FakeRequest): Answer | 'hang-up' {
    const path = request.url.pathname;
    const matched = path === '/graphql' ? undefined : matchOperation(request.method, path);
    const name =
      path === '/graphql' ? 'graphql' : path.startsWith('/_codeload/') ? 'codeload' : matched?.operation.id;
    if (name === undefined) {
      this.problems.push(`${request.method} ${path}: no operation we know`);
      return json(404, { message: 'Not Found' });
    }
    const hook = this.#hooks.findIndex(({ operation }) => operation === name);
    if (hook >= 0) this.#hooks.splice(hook, 1).forEach(({ run }) => run());
    const answer = this.#fault(name) ?? this.#answer(name, request, matched);
    const { method, body } = request;
    const status = answer === 'hang-up' ? 0 : answer.status;
    this.calls.push({ operation: name, method, path: `${path}${request.url.search}`, status, body });
    return answer === 'hang-up' ? answer : { ...answer, headers: { ...QUOTA, ...answer.headers } };
  }

  #fault(name: string): Answer | 'hang-up' | undefined {
    const fault = this.#faults.find(({ operation, times }) => operation === name && times > 0);
    if (fault) fault.times -= 1;
    return fault?.answer;
  }

  #answer(name: string, request: FakeRequest, matched: ReturnType<typeof matchOperation>): Answer {
    if (name === 'codeload') return GIT_ROUTES['codeload']!(this.#context(request, {}, APP_BOT));
    const identity = this.#identity(request);
    if (!identity) return json(401, { message: 'Bad credentials' });
    const { owner = '', repo = '' } = matched?.params ?? {};
    if (!allowed(identity, permissionFor(name))) return refused();
    if (owner !== '' && !this.#visible(owner, repo, identity)) return json(404, { message: 'Not Found' });
    const context = this.#context(request, matched?.params ?? {}, identity);
    if (!matched) return graphql(context);
    const { operation } = matched;
    const wrong = requestProblems(operation, request.url.searchParams, request.body);
    this.problems.push(...wrong.map((problem) => `${name}: request ${problem}`));
    if (wrong.length > 0) return json(422, { message: 'Validation Failed', errors: wrong });
    const answer = ROUTES[name]!(context);
    const broken = responseProblems(operation, answer.status, answer.body);
    this.problems.push(...broken.map((problem) => `${name}: answer ${answer.status} ${problem}`));
    return answer;
  }

  #identity({ headers }: FakeRequest): Identity | undefined {
    const token = /^(?:token|bearer) (.+)$/i.exec(headers['authorization'] ?? '')?.[1];
    if (token === undefined) return undefined;
    return token.startsWith('eyJ') ? APP_BOT : this.identities.get(token);
  }

  #visible(owner: string, repo: string, { repositories }: Identity): boolean {
    if (!this.find(owner, repo)) return false;
    return repositories === undefined || repositories.includes(`${owner}/${repo}`);
  }

  #context(request: FakeRequest, params: Readonly<Record<string, string>>, identity: Identity) {
    const { owner = '', repo = '' } = params;
    return {
      fake: this,
      params,
      query: request.url.searchParams,
      path: request.url.pathname,
      body: (request.body ?? {}) as Readonly<Record<string, unknown>>,
      identity,
      repository: this.repository(owner, repo),
    };
  }
}

const QUOTA = {
  'x-ratelimit-limit': '5000',
  'x-ratelimit-remaining': '4900',
  'x-ratelimit-reset': '4102444800',
};

function allowed(
  { permissions }: Identity,
  needed: readonly (readonly [string, 'read' | 'write'])[],
): boolean {
  if (needed.length === 0) return true;
  return needed.some(([name, level]) => permissions[name] === 'write' || permissions[name] === level);
}
