import http, { type IncomingMessage, type OutgoingHttpHeaders } from 'node:http';
import https, { type RequestOptions } from 'node:https';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { TOOL } from '../report/tool.ts';
import { ClusterError } from './cluster-error.ts';
import { codeOf, unreachable } from './connection-trouble.ts';
import type { ClusterAccess } from './kubeconfig.ts';

/** What the API server answers. `why` is our own sentence part: `the account may not list it`. */
export type Answer =
  | { readonly ok: true; readonly body: unknown }
  | { readonly ok: false; readonly status: number; readonly why: string };

/** Bounds of one request. */
export interface RequestLimits {
  /** Milliseconds until an answer must be complete. */
  readonly timeout: number;
  /** Bytes of an answer, unpacked. */
  readonly maxBytes: number;
}

export const REQUEST_LIMITS: RequestLimits = { timeout: 30_000, maxBytes: 64 * 1024 * 1024 };

/** How often a server that is busy is asked again, and how long it may have us wait. Seconds. */
const MOST_RETRIES = 2;
const LONGEST_WAIT = 5;

const unpack = promisify(gunzip);

/** One API server, asked with JSON. It reads, and asks what the account may do; it changes nothing. */
export class ApiServer {
  readonly #access: ClusterAccess;
  readonly #limits: RequestLimits;
  #options: Promise<RequestOptions> | undefined;

  constructor(access: ClusterAccess, limits: RequestLimits = REQUEST_LIMITS) {
    this.#access = access;
    this.#limits = limits;
  }

  /** Host and port, for messages. */
  get host(): string {
    return this.#access.server.host;
  }

  /**
   * @param path of the API, with its query.
   * @throws ClusterError when there is no connection, or the credentials are refused.
   */
  get(path: string): Promise<Answer> {
    return this.#ask('GET', path);
  }

  /** For reviews of access, which are asked by creating them and store nothing. */
  post(path: string, body: unknown): Promise<Answer> {
    return this.#ask('POST', path, JSON.stringify(body));
  }

  async #ask(method: 'GET' | 'POST', path: string, body?: string): Promise<Answer> {
    for (let attempt = 0; ; attempt++) {
      const { status, wait, text } = await this.#send(method, path, body);
      const busy = status === 429 || status === 503;
      if (!busy || attempt >= MOST_RETRIES) return this.#answer(status, text);
      await pause(Math.min(wait, LONGEST_WAIT) * 1000);
    }
  }

  #answer(status: number, text: string | undefined): Answer {
    if (status === 401) {
      throw new ClusterError(
        'unreachable',
        `The API server ${this.host} does not accept these credentials.`,
        'Log in again, or choose another context with --context.',
      );
    }
    if (status < 200 || status > 299) return { ok: false, status, why: refusal(status) };
    if (text === undefined)
      return { ok: false, status, why: `the answer is larger than ${this.#megabytes()}` };
    try {
      return { ok: true, body: JSON.parse(text) as unknown };
    } catch {
      return { ok: false, status, why: 'the answer is not JSON' };
    }
  }

  #megabytes(): string {
    return `${Math.round(this.#limits.maxBytes / (1024 * 1024))} MB`;
  }

  async #send(method: string, path: string, body: string | undefined): Promise<Reply> {
    const options = await this.#authorized();
    const { server } = this.#access;
    const url = new URL(server.pathname.replace(/\/$/, '') + path, server);
    const headers = {
      ...(options.headers as OutgoingHttpHeaders | undefined),
      accept: 'application/json',
      'accept-encoding': 'gzip',
      'user-agent': `${TOOL.name}/${TOOL.version}`,
      ...(body !== undefined && { 'content-type': 'application/json' }),
    };
    const { timeout, maxBytes } = this.#limits;
    const signal = AbortSignal.timeout(timeout);
    try {
      return await exchange(url, { ...options, method, headers, signal }, body, maxBytes);
    } catch (error) {
      if (signal.aborted) return { status: 408, wait: 0, text: undefined };
      throw unreachable(this.host, error);
    }
  }

  /** Once for all requests: a credential plugin takes its time, and a run is shorter than a token lives. */
  #authorized(): Promise<RequestOptions> {
    this.#options ??= this.#access.options().catch(() => {
      throw new ClusterError(
        'unreachable',
        `The credentials of context "${this.#access.context}" cannot be had.`,
        'Does kubectl work with this context? It starts the same credential plugin.',
      );
    });
    return this.#options;
  }
}

interface Reply {
  readonly status: number;
  /** Seconds that a busy server asks for. */
  readonly wait: number;
  /** `undefined` for one that is too large, or that did not come. */
  readonly text: string | undefined;
}

function exchange(
  url: URL,
  options: RequestOptions,
  body: string | undefined,
  maxBytes: number,
): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const client = url.protocol === 'http:' ? http : https;
    const request = client.request(url, options, (response) => {
      received(response, maxBytes).then(resolve, reject);
    });
    request.on('error', reject);
    request.end(body);
  });
}

async function received(response: IncomingMessage, maxBytes: number): Promise<Reply> {
  const status = response.statusCode ?? 0;
  const wait = Number(response.headers['retry-after'] ?? 1) || 1;
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > maxBytes) {
      response.destroy();
      return { status, wait, text: undefined };
    }
    chunks.push(chunk);
  }
  const bytes = Buffer.concat(chunks);
  if (response.headers['content-encoding'] !== 'gzip') return { status, wait, text: bytes.toString('utf8') };
  try {
    const unpacked = await unpack(bytes, { maxOutputLength: maxBytes });
    return { status, wait, text: unpacked.toString('utf8') };
  } catch (error) {
    const tooLarge = codeOf(error) === 'ERR_BUFFER_TOO_LARGE';
    return { status, wait, text: tooLarge ? undefined : '' };
  }
}

function refusal(status: number): string {
  switch (status) {
    case 403:
      return 'the account may not read it';
    case 404:
      return 'the API server does not have it';
    case 408:
      return 'the API server took too long';
    case 429:
      return 'the API server is too busy';
    default:
      return `the API server answers with ${status}`;
  }
}
