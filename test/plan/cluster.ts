/** A model of a cluster: what runs, who injects whom, and what must hold whatever the plan does. */

export type Labels = Record<string, string>;

export interface Webhook {
  /** Names it answers to: revisions, tags, `default` for `istio-injection=enabled`. */
  readonly answers: readonly string[];
  /** The Service it calls: `istiod-1-10-0`. */
  readonly service: string;
  /** Its `istio.io/rev` label. */
  readonly revision: string;
  readonly tag?: string;
}

export interface Pod {
  readonly revision: string;
  readonly version: string;
}

export interface Load {
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  labels: Labels;
  proxy: Pod | undefined;
}

export class Broken extends Error {}

export class Cluster {
  /** Revisions that run (`default` for the unnamed one), and their versions. */
  planes = new Map<string, string>();
  webhooks = new Map<string, Webhook>();
  /** The unnamed injector does not answer to `istio-injection=enabled` any more. */
  disarmed = false;
  namespaces = new Map<string, Labels>();
  workloads = new Map<string, Load>();
  crds = '';
  /** The revision whose istiod validates by default; '' when nothing does. */
  validator = '';
  nodes = new Map<string, string>();
  /** Helm releases: chart and revision. */
  releases = new Map<
    string,
    { readonly chart: string; readonly revision: string; readonly version: string }
  >();
  /** GitOps and operator objects, as applied. */
  objects = new Map<string, Record<string, unknown>>();
  /** What must not lose its sidecar: filled once the mesh is as it was at first. */
  meshed: readonly string[] = [];

  /** Creates the pods of a workload again. */
  restart(key: string): void {
    const load = this.workloads.get(key);
    if (!load) throw new Broken(`there is no ${key} to restart`);
    load.proxy = this.injected(load);
  }

  /** The proxy that a new pod would get. Two injectors, or one that is not there, keep pods from starting. */
  injected(load: Load): Pod | undefined {
    const asked = this.#asked(load);
    if (asked === undefined) return undefined;
    const callers = [...this.webhooks.values()].filter(
      ({ answers, service, tag }) =>
        answers.includes(asked) &&
        !(asked === 'default' && this.disarmed && service === 'istiod' && tag === undefined),
    );
    const [caller, ...more] = callers;
    const who = `${load.kind} ${load.namespace}/${load.name}`;
    if (more.length > 0) throw new Broken(`${who} would be injected ${callers.length} times (${asked})`);
    if (!caller) return undefined;
    const revision = caller.service === 'istiod' ? 'default' : caller.service.slice('istiod-'.length);
    const version = this.planes.get(revision);
    if (version === undefined)
      throw new Broken(`pods of ${who} cannot be created: no ${caller.service} answers`);
    return { revision, version };
  }

  #asked({ namespace, labels }: Load): string | undefined {
    const around = this.namespaces.get(namespace) ?? {};
    if (labels['sidecar.istio.io/inject'] === 'false') return undefined;
    if (around['istio-injection'] !== undefined)
      return around['istio-injection'] === 'enabled' ? 'default' : undefined;
    if (around['istio.io/rev'] !== undefined) return around['istio.io/rev'];
    if (labels['istio.io/rev'] !== undefined) return labels['istio.io/rev'];
    return labels['sidecar.istio.io/inject'] === 'true' ? 'default' : undefined;
  }

  /** From here on what is in the mesh must stay in it. */
  settle(): void {
    for (const key of this.workloads.keys()) this.restart(key);
    this.meshed = [...this.workloads].flatMap(([key, { proxy }]) => (proxy ? [key] : []));
    this.check('at first');
  }

  /** Every sidecar has a control plane that runs and is not older, now and if its pod were created again this moment. */
  check(after: string): void {
    for (const key of this.meshed) {
      const load = this.workloads.get(key);
      if (!load) throw new Broken(`${key} is gone after ${after}`);
      this.#served(key, load.proxy, `after ${after}`);
      this.#served(key, this.injected(load), `if it restarted after ${after}`);
    }
    if (this.validator !== '' && !this.planes.has(this.validator)) {
      throw new Broken(`nothing validates after ${after}: ${this.validator} is gone`);
    }
    for (const [revision, version] of this.planes) {
      if (this.crds !== '' && minorOf(this.crds) < minorOf(version)) {
        throw new Broken(`${revision} is newer than its CRDs after ${after}`);
      }
    }
  }

  #served(key: string, proxy: Pod | undefined, when: string): void {
    if (!proxy) throw new Broken(`${key} has no sidecar ${when}`);
    const version = this.planes.get(proxy.revision);
    if (version === undefined)
      throw new Broken(`${key} has no control plane ${when}: ${proxy.revision} is gone`);
    if (minorOf(version) < minorOf(proxy.version))
      throw new Broken(`${key} is newer than ${proxy.revision} ${when}`);
  }

  /** Everything but CRDs, which only go upwards. */
  state(): string {
    const { planes, webhooks, disarmed, namespaces, workloads, validator, nodes, releases, objects } = this;
    const sorted = (map: ReadonlyMap<string, unknown>): unknown =>
      [...map].sort(([a], [b]) => (a < b ? -1 : 1));
    return JSON.stringify(
      [planes, webhooks, namespaces, workloads, nodes, releases, objects]
        .map(sorted)
        .concat([disarmed, validator]),
      (_, value: unknown) => (isPlain(value) ? Object.fromEntries(Object.entries(value).sort()) : value),
      1,
    );
  }

  clone(): Cluster {
    return Object.assign(new Cluster(), structuredClone(Object.fromEntries(Object.entries(this))));
  }
}

function isPlain(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function minorOf(version: string): number {
  return Number(/^v?1\.(\d+)/.exec(version)?.[1] ?? Number.NaN);
}
