import { readFileSync } from 'node:fs';
import http, { type IncomingMessage, type ServerResponse } from 'node:http';
import https from 'node:https';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';

/** An object as the API server holds it. */
export interface ApiObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string } & Readonly<
    Record<string, unknown>
  >;
  readonly [field: string]: unknown;
}

/** What goes wrong. */
export interface Faults {
  /** Paths (without query) that answer with this status. */
  readonly status?: Readonly<Record<string, number>>;
  /** Paths whose answer never comes. */
  readonly silent?: readonly string[];
  /** Paths whose answer is cut in the middle. */
  readonly malformed?: readonly string[];
  /** Paths whose first continuation has expired, once or always. */
  readonly expired?: Readonly<Record<string, 'once' | 'always'>>;
  /** What may be created; everything without it. */
  readonly mayCreate?: (resource: string) => boolean;
}

export interface FakeOptions extends Faults {
  readonly version?: string;
  /** Custom kinds by group: `{ 'networking.istio.io': { v1: { VirtualService: 'virtualservices' } } }`, preferred first. */
  readonly custom?: Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, string>>>>>>;
  readonly tls?: true;
  /** Requests without this token are refused. */
  readonly token?: string;
}

const PLURALS: Readonly<Record<string, string>> = {
  '/v1 Namespace': 'namespaces',
  '/v1 Service': 'services',
  '/v1 Pod': 'pods',
  '/v1 ConfigMap': 'configmaps',
  'apps/v1 Deployment': 'deployments',
  'apps/v1 StatefulSet': 'statefulsets',
  'apps/v1 DaemonSet': 'daemonsets',
  'batch/v1 Job': 'jobs',
  'batch/v1 CronJob': 'cronjobs',
  'admissionregistration.k8s.io/v1 MutatingWebhookConfiguration': 'mutatingwebhookconfigurations',
  'admissionregistration.k8s.io/v1 ValidatingWebhookConfiguration': 'validatingwebhookconfigurations',
  'apiextensions.k8s.io/v1 CustomResourceDefinition': 'customresourcedefinitions',
};

const TLS = new URL('tls/', import.meta.url);

/** The certificate that the server shows, as a kubeconfig holds it. */
export const CERTIFICATE = readFileSync(new URL('certificate.pem', TLS));

/** Where an object is, by itself and in lists. */
interface Paths {
  readonly self: string;
  readonly lists: readonly string[];
}

/** An API server on the loopback that knows discovery, paged lists, single objects and access reviews. */
export class FakeApiServer {
  readonly requests: { readonly method: string; readonly path: string; readonly query: URLSearchParams }[] =
    [];
  readonly #places: readonly (readonly [ApiObject, Paths])[];
  readonly #options: FakeOptions;
  readonly #server: http.Server;
  readonly #expired = new Set<string>();

  constructor(objects: readonly ApiObject[], options: FakeOptions = {}) {
    this.#options = options;
    this.#places = objects.map((one) => [one, this.#pathsOf(one)] as const);
    const answer = (request: IncomingMessage, response: ServerResponse) =>
      void this.#answer(request, response);
    const tls = { key: readFileSync(new URL('key.pem', TLS)), cert: CERTIFICATE };
    this.#server = options.tls ? https.createServer(tls, answer) : http.createServer(answer);
  }

  async start(): Promise<this> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    return this;
  }

  get url(): string {
    const { port } = this.#server.address() as AddressInfo;
    return `${this.#options.tls ? 'https' : 'http'}://127.0.0.1:${port}`;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname: path, searchParams: query } = new URL(request.url ?? '/', 'http://fake');
    this.requests.push({ method: request.method ?? '', path, query });
    const { token, silent = [], status = {}, malformed = [] } = this.#options;
    if (silent.includes(path)) return;
    if (token !== undefined && request.headers.authorization !== `Bearer ${token}`) {
      send(response, 401, { kind: 'Status' });
      return;
    }
    const refused = status[path];
    if (refused !== undefined) send(response, refused, { kind: 'Status', message: 'secret details' });
    else if (request.method === 'POST') send(response, 201, await this.#review(request));
    else {
      const [code, body] = this.#resource(path, query);
      send(response, code, body, malformed.includes(path), request.headers['accept-encoding'] === 'gzip');
    }
  }

  async #review(request: IncomingMessage): Promise<unknown> {
    let text = '';
    for await (const chunk of request) text += String(chunk);
    const { spec } = JSON.parse(text) as { spec: { resourceAttributes: { resource: string } } };
    const allowed = this.#options.mayCreate?.(spec.resourceAttributes.resource) ?? true;
    return { status: { allowed, ...(!allowed && { reason: 'no RBAC policy matched' }) } };
  }

  #resource(path: string, query: URLSearchParams): [status: number, body: unknown] {
    if (path === '/version') return [200, { gitVersion: this.#options.version ?? 'v1.33.1' }];
    if (path === '/apis') return [200, { groups: this.#groups() }];
    const [, group = '', version = ''] = /^\/apis\/([^/]+)\/([^/]+)$/.exec(path) ?? [];
    const kinds = this.#options.custom?.[group]?.[version];
    if (kinds) return [200, { resources: Object.entries(kinds).map(resourceEntry) }];
    return this.#objectsAt(path, query);
  }

  #groups() {
    return Object.entries(this.#options.custom ?? {}).map(([name, versions]) => ({
      name,
      versions: Object.keys(versions).map((version) => ({ version, groupVersion: `${name}/${version}` })),
      preferredVersion: { version: Object.keys(versions)[0] },
    }));
  }

  #objectsAt(path: string, query: URLSearchParams): [status: number, body: unknown] {
    const one = this.#places.find(([, { self }]) => self === path);
    if (one) return [200, one[0]];
    const listed = this.#places.filter(([, { lists }]) => lists.includes(path)).map(([object]) => object);
    if (listed.length === 0 && !this.#isList(path)) return [404, { kind: 'Status' }];
    return this.#page(path, listed, query);
  }

  #page(path: string, all: readonly ApiObject[], query: URLSearchParams): [status: number, body: unknown] {
    const start = Number(query.get('continue') ?? 0);
    const expired = this.#options.expired?.[path];
    if (start > 0 && expired && !(expired === 'once' && this.#expired.has(path))) {
      this.#expired.add(path);
      return [410, { kind: 'Status', reason: 'Expired' }];
    }
    const end = start + Number(query.get('limit') ?? all.length);
    // Items of a list come without apiVersion and kind.
    const items = all
      .slice(start, end)
      .map((object) => ({ ...object, apiVersion: undefined, kind: undefined }));
    return [200, { items, metadata: { continue: end < all.length ? String(end) : '' } }];
  }

  #isList(path: string): boolean {
    const plural = path.slice(path.lastIndexOf('/') + 1);
    const custom = Object.values(this.#options.custom ?? {}).flatMap((versions) => Object.values(versions));
    return [...Object.values(PLURALS), ...custom.flatMap((kinds) => Object.values(kinds))].includes(plural);
  }

  /** The list it is in, cluster-wide and of its namespace, in every version that is served. */
  #pathsOf({ apiVersion, kind, metadata }: ApiObject): Paths {
    const slash = apiVersion.indexOf('/');
    const group = slash < 0 ? '' : apiVersion.slice(0, slash);
    const versions = Object.entries(this.#options.custom?.[group] ?? {});
    const served = versions.flatMap(([version, kinds]) => {
      const plural = Object.hasOwn(kinds, kind) ? kinds[kind] : undefined;
      return plural === undefined ? [] : [[`/apis/${group}/${version}`, plural] as const];
    });
    const own = PLURALS[`${slash < 0 ? '/' : ''}${apiVersion} ${kind}`];
    const root = slash < 0 ? `/api/${apiVersion}` : `/apis/${apiVersion}`;
    const roots = own === undefined ? served : [[root, own] as const];
    const within = metadata.namespace === undefined ? '' : `namespaces/${metadata.namespace}/`;
    const lists = roots.flatMap(([base, plural]) => [`${base}/${plural}`, `${base}/${within}${plural}`]);
    const [first] = roots;
    return { self: first ? `${first[0]}/${within}${first[1]}/${metadata.name}` : '', lists };
  }
}

const CLUSTER_SCOPED = new Set(['GatewayClass', 'Istio', 'IstioRevision', 'IstioRevisionTag', 'IstioCNI']);

function resourceEntry([kind, name]: readonly [string, string]) {
  return { kind, name, namespaced: !CLUSTER_SCOPED.has(kind), verbs: ['get', 'list', 'watch'] };
}

function send(response: ServerResponse, status: number, body: unknown, cut = false, packed = false): void {
  const text = JSON.stringify(body);
  const bytes = Buffer.from(cut ? text.slice(0, text.length / 2) : text);
  response.writeHead(status, {
    'content-type': 'application/json',
    ...(packed && { 'content-encoding': 'gzip' }),
  });
  response.end(packed ? gzipSync(bytes) : bytes);
}
