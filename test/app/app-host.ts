import { createHmac, generateKeyPairSync } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createRequire } from 'node:module';
import { createNodeMiddleware, Probot, ProbotOctokit, type Logger } from 'probot';
import { createApp, type App, type AppOptions } from '../../src/app/app.ts';
import { createLog } from '../../src/app/app-log.ts';
import { CommentMemory } from '../../src/github/comment-memory.ts';
import { RepositoryCache } from '../../src/source/repository-cache.ts';
import { FakeGitHub } from '../github/fake-github.ts';
import { interceptGitHub, releaseGitHub } from '../github/transports.ts';

const SECRET = 'the secret of the webhook';
/** Made for the tests; Probot signs with it and nobody checks. */
export const PRIVATE_KEY = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  publicKeyEncoding: { type: 'spki', format: 'pem' },
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
}).privateKey;

type Payload = Readonly<Record<string, unknown>>;
interface Examples {
  readonly name: string;
  readonly examples: readonly Payload[];
}

const EXAMPLES = createRequire(import.meta.url)('@octokit/webhooks-examples') as readonly Examples[];

/** One of GitHub's own example payloads. */
export function example(name: string, action: string): Payload {
  const found = EXAMPLES.find((each) => each.name === name)?.examples.find(
    (payload) => payload['action'] === action,
  );
  if (!found) throw new Error(`GitHub has no example of ${name}.${action}`);
  return found;
}

/** The App behind Probot's own middleware, on a port of loopback, against the fake GitHub. */
export class AppHost {
  readonly fake = new FakeGitHub();
  readonly logLines: string[] = [];
  /** Milliseconds the App wanted to wait before it tried again; the tests do not wait. */
  readonly waits: number[] = [];
  /** Milliseconds by which the App's clock is fast. */
  fastBy = 0;
  #close: () => Promise<void> = () => Promise.resolve();
  #url = '';
  #pending: () => number = () => 0;
  #app: App | undefined;
  #deliveries = 0;

  async start(options: Partial<AppOptions> = {}): Promise<void> {
    interceptGitHub(this.fake);
    const log = createLog('trace', (line) => void this.logLines.push(line), Date.now);
    const app = createApp({
      ...{
        cache: new RepositoryCache(),
        comments: new CommentMemory(),
        now: () => new Date(Date.now() + this.fastBy),
      },
      ...{ configuration: 'default', concurrency: 2 },
      ...{ readRulePage: () => Promise.resolve(undefined), log },
      later: (run, milliseconds) => {
        this.waits.push(milliseconds);
        return setTimeout(run, 1);
      },
      ...options,
    });
    const probot = new Probot({
      ...{ appId: 1, privateKey: PRIVATE_KEY, secret: SECRET, log: log as unknown as Logger },
      Octokit: ProbotOctokit.defaults((instance: object) => ({
        ...{ ...instance, retry: { enabled: false }, throttle: { enabled: false } },
      })),
    });
    const middleware = await createNodeMiddleware(app.load, { probot });
    const server = createServer((request, response) => void middleware(request, response));
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    this.#url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/github/webhooks`;
    this.#pending = app.pending;
    this.#app = app;
    this.#close = async () => {
      await app.close(100);
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    };
  }

  async stop(): Promise<void> {
    await this.#close();
    releaseGitHub();
  }

  /** Delivers a webhook as GitHub does, and waits for the answer only. */
  async deliver(
    name: string,
    payload: Payload,
    options: { id?: string; secret?: string } = {},
  ): Promise<number> {
    this.#deliveries += 1;
    const { id = `delivery-${this.#deliveries}`, secret = SECRET } = options;
    const body = JSON.stringify(payload);
    const signature = createHmac('sha256', secret).update(body).digest('hex');
    const response = await fetch(this.#url, {
      method: 'POST',
      headers: {
        ...{ 'content-type': 'application/json', 'x-github-event': name, 'x-github-delivery': id },
        'x-hub-signature-256': `sha256=${signature}`,
      },
      body,
    });
    await response.text();
    return response.status;
  }

  /** Until all work is done. */
  async settled(): Promise<void> {
    const end = Date.now() + 20_000;
    do {
      await new Promise((later) => setTimeout(later, 5));
      if (Date.now() > end) throw new Error('the work does not end');
    } while (this.#pending() > 0);
    await new Promise((later) => setTimeout(later, 5));
  }

  /** GitHub's example of a pull request event, for one of the fake's pull requests. */
  pullEvent(action: string, number = 7, more: Payload = {}): Payload {
    const pull = this.fake.repository('acme', 'mesh').pulls.get(number);
    const payload = example('pull_request', action);
    const known = payload['pull_request'] as Readonly<Record<string, Payload>>;
    return {
      ...payload,
      ...PLACE,
      number,
      pull_request: {
        ...known,
        ...{
          number,
          head: { ...known['head'], sha: pull?.headSha },
          base: { ...known['base'], ref: pull?.base },
        },
      },
      ...more,
    };
  }

  /** The same of something that has just happened. */
  freshPullEvent(action: string, number = 7): Payload {
    const event = this.pullEvent(action, number);
    const known = event['pull_request'] as Payload;
    return { ...event, pull_request: { ...known, updated_at: new Date().toISOString() } };
  }

  /** Ends the App as SIGTERM does, with so many milliseconds to end in peace. */
  async close(graceMs: number): Promise<void> {
    await this.#app?.close(graceMs);
  }

  /** GitHub's example of another event, in the fake's repository. */
  event(name: string, action: string, more: Payload): Payload {
    return { ...example(name, action), ...PLACE, ...more };
  }
}

const PLACE: Payload = {
  installation: { id: 2 },
  repository: {
    ...{
      id: 1,
      name: 'mesh',
      full_name: 'acme/mesh',
      html_url: 'https://github.com/acme/mesh',
      private: false,
    },
    ...{ owner: { login: 'acme', id: 3, type: 'Organization' }, default_branch: 'main' },
  },
};

/** A namespace and a route of it; `host` names the service the route sends to. */
export function manifests(host: string): Record<string, string> {
  return {
    'apps/shop/namespace.yaml':
      'apiVersion: v1\nkind: Namespace\nmetadata:\n  name: shop\n  labels:\n    istio-injection: enabled\n',
    'apps/shop/cart.yaml': [
      'apiVersion: v1\nkind: Service\nmetadata:\n  name: cart\n  namespace: shop\nspec:\n  ports:\n    - name: http\n      port: 80',
      '---',
      'apiVersion: networking.istio.io/v1beta1\nkind: VirtualService\nmetadata:\n  name: cart\n  namespace: shop',
      `spec:\n  hosts: [cart]\n  http:\n    - route:\n        - destination:\n            host: ${host}\n`,
    ].join('\n'),
  };
}
