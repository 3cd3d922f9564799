/** A model of a cluster: what runs, who injects whom, and what must hold whatever the plan does. */
import { inject, gatewayOwner } from './admission.ts';

export type Labels = Record<string, string>;

export interface Webhook {
  /** Names it answers to: revisions, tags, `default` for `istio-injection=enabled`. */
  readonly answers: readonly string[];
  /** The Service it calls: `istiod-1-10-0`. */
  readonly service: string;
  /** Its `istio.io/rev` label. */
  readonly revision: string;
  readonly tag?: string;
  /** The Helm release that owns it. */
  readonly owner?: string;
}

export interface Proxy {
  readonly revision: string;
  readonly version: string;
}

export interface Load {
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  labels: Labels;
  proxy: Proxy | undefined;
}

/** A Gateway of the Gateway API; the istiod that owns it writes its Deployment. */
export interface ApiGateway {
  readonly namespace: string;
  readonly name: string;
  labels: Labels;
  proxy: Proxy | undefined;
}

export interface ChartInstall {
  readonly chart: string;
  readonly version: string;
  readonly namespace: string;
  readonly values: Readonly<Record<string, unknown>>;
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
  gateways = new Map<string, ApiGateway>();
  crds = '';
  /** The revision whose istiod validates by default; '' when nothing does. */
  validator = '';
  /** What runs on nodes: its version, and the revision that ztunnel talks to. */
  nodes = new Map<string, { readonly version: string; readonly revision?: string }>();
  /** Helm releases; parts of a chart of charts as `release/part`. */
  releases = new Map<string, ChartInstall>();
  /** Releases that are gone and whose history was kept. */
  uninstalled = new Map<string, ChartInstall>();
  /** GitOps and operator objects, as applied. */
  objects = new Map<string, Record<string, unknown>>();
  /** What must not lose its sidecar: filled once the mesh is as it was at first. */
  meshed: readonly string[] = [];

  /** Creates the pods of a workload again. */
  restart(key: string): void {
    const load = this.workloads.get(key);
    if (!load) throw new Broken(`there is no ${key} to restart`);
    load.proxy = inject(this, load);
  }

  /** From here on what is in the mesh must stay in it. */
  settle(): void {
    for (const key of this.workloads.keys()) this.restart(key);
    this.meshed = [...this.workloads].flatMap(([key, { proxy }]) => (proxy ? [key] : []));
    this.check('at first');
  }

  /**
   * Every sidecar has a control plane that runs and is not older, now and if its pod were created again this moment; what was
   * out of the mesh stays out. `backwards`: an upgrade in place is undone, where proxies are newer for a while.
   */
  check(after: string, backwards = false): void {
    this.#rollGateways();
    for (const [key, load] of this.workloads) {
      if (!this.meshed.includes(key)) {
        if (inject(this, load)) throw new Broken(`${key} would get a sidecar after ${after}`);
        continue;
      }
      this.#served(key, load.proxy, `after ${after}`, backwards);
      this.#served(key, inject(this, load), `if it restarted after ${after}`, backwards);
    }
    for (const key of this.meshed)
      if (!this.workloads.has(key)) throw new Broken(`${key} is gone after ${after}`);
    for (const [key, { proxy }] of this.gateways)
      this.#served(`Gateway ${key}`, proxy, `after ${after}`, backwards);
    this.#checkVersions(after, backwards);
  }

  #checkVersions(after: string, backwards: boolean): void {
    if (this.validator !== '' && !this.planes.has(this.validator)) {
      throw new Broken(`nothing validates after ${after}: ${this.validator} is gone`);
    }
    for (const { tag, revision } of this.webhooks.values()) {
      if (tag !== undefined && !this.planes.has(revision))
        throw new Broken(`tag ${tag} leads to ${revision}, which is gone after ${after}`);
    }
    const minors = [...this.planes.values()].map(minorOf);
    if (this.crds !== '' && minors.some((minor) => minor > minorOf(this.crds))) {
      throw new Broken(`a control plane is newer than its CRDs after ${after}`);
    }
    for (const [name, { version, revision }] of this.nodes) {
      if (minorOf(version) > Math.max(...minors) && !backwards)
        throw new Broken(`${name} ${version} is newer than istiod after ${after}`);
      if (revision !== undefined && !this.planes.has(revision))
        throw new Broken(`${name} asks ${revision} for certificates, which is gone after ${after}`);
    }
  }

  /** Whoever owns a Gateway writes its Deployment, at once; one whom nobody owns keeps the proxy it has. */
  #rollGateways(): void {
    for (const gateway of this.gateways.values()) {
      const revision = gatewayOwner(this, gateway);
      const version = revision === undefined ? undefined : this.planes.get(revision);
      if (revision !== undefined && version !== undefined) gateway.proxy = { revision, version };
    }
  }

  #served(key: string, proxy: Proxy | undefined, when: string, backwards: boolean): void {
    if (!proxy) throw new Broken(`${key} has no proxy ${when}`);
    const version = this.planes.get(proxy.revision);
    if (version === undefined)
      throw new Broken(`${key} has no control plane ${when}: ${proxy.revision} is gone`);
    if (minorOf(version) < minorOf(proxy.version) && !backwards)
      throw new Broken(`${key} is newer than ${proxy.revision} ${when}`);
  }

  /** Everything but CRDs, which only go upwards, and whether istioctl rendered a tag or set it. */
  state(): string {
    const {
      planes,
      webhooks,
      disarmed,
      namespaces,
      workloads,
      gateways,
      validator,
      nodes,
      releases,
      objects,
    } = this;
    const sorted = (map: ReadonlyMap<string, unknown>): unknown =>
      [...map].sort(([a], [b]) => (a < b ? -1 : 1));
    return JSON.stringify(
      [planes, webhooks, namespaces, workloads, gateways, nodes, releases, objects]
        .map(sorted)
        .concat([disarmed, validator]),
      (_, value: unknown) =>
        isPlain(value) ? Object.fromEntries(Object.entries(value).filter(isTold).sort()) : value,
      1,
    );
  }

  clone(): Cluster {
    return Object.assign(new Cluster(), structuredClone(Object.fromEntries(Object.entries(this))));
  }
}

function isTold([key, value]: readonly [string, unknown]): boolean {
  return !(key === 'owner' && value === 'istioctl');
}

function isPlain(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function minorOf(version: string): number {
  return Number(/^v?1\.(\d+)/.exec(version)?.[1] ?? Number.NaN);
}
