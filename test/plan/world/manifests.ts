import { loadAll } from 'js-yaml';
import type { ChartInstall, Cluster, Labels, Load } from './cluster.ts';
import { deployChart, removeRelease } from './charts.ts';
import { reconcileSail } from './sail-operator.ts';

export interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string; readonly labels?: Labels };
  readonly [field: string]: unknown;
}

/** The objects of a file, or of a directory with its kustomization. */
export function manifestsIn(files: ReadonlyMap<string, string>, path: string): Manifest[] {
  const text = files.get(path);
  if (text === undefined) throw new Error(`there is no file ${path}`);
  return loadAll(text).flatMap((one) => (isManifest(one) ? [one] : []));
}

function isManifest(value: unknown): value is Manifest {
  return typeof value === 'object' && value !== null && 'metadata' in value;
}

/** Field by field through what may be anything. */
export function at(value: unknown, ...path: readonly (string | number)[]): unknown {
  return path.reduce<unknown>(
    (inner, key) => (inner as Record<string, unknown> | undefined)?.[String(key)],
    value,
  );
}

export function text(value: unknown, ...path: readonly string[]): string {
  const found = at(value, ...path);
  return typeof found === 'string' ? found : '';
}

export function keyOf({ kind, metadata }: Manifest): string {
  return `${kind} ${metadata.namespace ?? ''}/${metadata.name}`;
}

/** What the API server and the controllers make of an object. `deploys`: releases follow at once (Flux's helm-controller). */
export function apply(cluster: Cluster, manifest: Manifest, deploys = true): void {
  const { kind, metadata } = manifest;
  switch (kind) {
    case 'Namespace':
      cluster.namespaces.set(metadata.name, { ...metadata.labels });
      return;
    case 'Deployment':
    case 'StatefulSet':
    case 'DaemonSet':
      applyWorkload(cluster, manifest);
      return;
    case 'MutatingWebhookConfiguration':
      applyWebhook(cluster, manifest);
      return;
    case 'Gateway':
      applyGateway(cluster, manifest);
      return;
    case 'HelmRelease':
      cluster.objects.set(keyOf(manifest), manifest);
      if (deploys) deployRelease(cluster, manifest);
      return;
    case 'Istio':
      cluster.objects.set(keyOf(manifest), withGrace(manifest, cluster.objects.get(keyOf(manifest))));
      reconcileSail(cluster);
      return;
    case 'IstioRevision':
    case 'IstioRevisionTag':
    case 'IstioCNI':
      cluster.objects.set(keyOf(manifest), manifest);
      reconcileSail(cluster);
      return;
    default:
      cluster.objects.set(keyOf(manifest), manifest);
  }
}

/** What was patched in and never applied stays when the manifest is applied. */
function withGrace(manifest: Manifest, live: unknown): Record<string, unknown> {
  const field = 'inactiveRevisionDeletionGracePeriodSeconds';
  const patched = at(live, 'spec', 'updateStrategy', field);
  if (patched === undefined || at(manifest, 'spec', 'updateStrategy', field) !== undefined) return manifest;
  const spec = { ...(manifest['spec'] as Record<string, unknown>) };
  spec['updateStrategy'] = { ...(spec['updateStrategy'] as Record<string, unknown>), [field]: patched };
  return { ...manifest, spec };
}

function applyGateway(cluster: Cluster, { metadata }: Manifest): void {
  const { name, namespace = '', labels = {} } = metadata;
  const key = `${namespace}/${name}`;
  const proxy = cluster.gateways.get(key)?.proxy;
  cluster.gateways.set(key, { name, namespace, labels: { ...labels }, proxy });
}

function applyWorkload(cluster: Cluster, manifest: Manifest): void {
  const { kind, metadata } = manifest;
  const image = text(at(manifest, 'spec', 'template', 'spec', 'containers', 0), 'image');
  const pilot = /pilot:(.+)$/.exec(image)?.[1];
  if (pilot !== undefined) {
    const revision = metadata.labels?.['istio.io/rev'] ?? 'default';
    cluster.planes.set(revision, pilot);
    return;
  }
  setWorkload(cluster, {
    kind,
    namespace: metadata.namespace ?? '',
    name: metadata.name,
    labels: { ...(at(manifest, 'spec', 'template', 'metadata', 'labels') as Labels) },
  });
}

/** A pod template that changes rolls out. */
export function setWorkload(cluster: Cluster, load: Omit<Load, 'proxy'>): void {
  const key = `${load.kind.toLowerCase()}/${load.name} ${load.namespace}`;
  const before = cluster.workloads.get(key);
  const changes = JSON.stringify(before?.labels) !== JSON.stringify(load.labels);
  cluster.workloads.set(key, { ...load, proxy: before?.proxy });
  if (before && changes && cluster.meshed.length > 0) cluster.restart(key);
}

function applyWebhook(cluster: Cluster, { metadata, webhooks }: Manifest): void {
  const answers = new Set<string>();
  let service = '';
  for (const webhook of webhooks as readonly unknown[]) {
    service = text(webhook, 'clientConfig', 'service', 'name');
    for (const selector of ['namespaceSelector', 'objectSelector']) {
      for (const one of (at(webhook, selector, 'matchExpressions') ?? []) as {
        key: string;
        operator: string;
        values?: string[];
      }[]) {
        if (one.operator !== 'In') continue;
        if (one.key === 'istio.io/rev') for (const value of one.values ?? []) answers.add(value);
        if (one.key === 'istio-injection') answers.add('default');
      }
    }
  }
  const tag = metadata.labels?.['istio.io/tag'];
  const revision = metadata.labels?.['istio.io/rev'] ?? '';
  cluster.webhooks.set(metadata.name, {
    answers: [...answers].sort(),
    service,
    revision,
    ...(tag === undefined ? {} : { tag }),
  });
}

/** Flux leaves CRDs alone when it upgrades a chart, unless it is told otherwise. */
function deployRelease(cluster: Cluster, manifest: Manifest): void {
  const release = text(manifest, 'spec', 'releaseName') || manifest.metadata.name;
  const install: ChartInstall = {
    chart: text(manifest, 'spec', 'chart', 'spec', 'chart'),
    version: text(manifest, 'spec', 'chart', 'spec', 'version'),
    namespace: manifest.metadata.namespace ?? '',
    values: (at(manifest, 'spec', 'values') ?? {}) as ChartInstall['values'],
  };
  const replaces = text(manifest, 'spec', 'upgrade', 'crds') === 'CreateReplace';
  deployChart(cluster, release, install, { replaces });
}

/** Deletes an object, with what its controller made of it. */
export function remove(cluster: Cluster, key: string): void {
  const manifest = cluster.objects.get(key) as Manifest | undefined;
  if (!manifest) throw new Error(`there is no ${key} to delete`);
  cluster.objects.delete(key);
  if (manifest.kind === 'HelmRelease')
    removeRelease(cluster, text(manifest, 'spec', 'releaseName') || manifest.metadata.name);
  if (manifest.kind === 'Application') {
    const release = text(manifest, 'spec', 'source', 'helm', 'releaseName') || manifest.metadata.name;
    if (cluster.releases.has(release)) removeRelease(cluster, release);
  }
  if (manifest.apiVersion.startsWith('sailoperator.io')) reconcileSail(cluster);
}
