import { Broken, minorOf, type ChartInstall, type Cluster } from './cluster.ts';
import { setWorkload } from './manifests.ts';

/** How a Helm release treats CRDs that are no templates (charts before 1.24): only a first installation brings them. */
export interface CrdPolicy {
  readonly replaces: boolean;
}

/** What Istio's charts put into a cluster. Another revision under the same release takes the old one away. */
export function deployChart(
  cluster: Cluster,
  release: string,
  install: ChartInstall,
  { replaces }: CrdPolicy = { replaces: false },
): void {
  const { chart, version, namespace, values } = install;
  const before = cluster.releases.get(release);
  const revision = revisionOf(install);
  if (before?.chart === 'istiod' && revisionOf(before) !== revision) removePlane(cluster, revisionOf(before));
  cluster.releases.set(release, { ...install, values: withoutDefaults(values) });
  switch (chart) {
    case 'base':
      if (minorOf(version) >= 24 || replaces || cluster.crds === '') raiseCrds(cluster, version);
      cluster.validator = minorOf(version) >= 12 ? (textOf(values['defaultRevision']) ?? 'default') : '';
      return;
    case 'istiod':
      installPlane(cluster, revision, version);
      ownTags(cluster, release, revision, values['revisionTags']);
      return;
    case 'gateway':
      setWorkload(cluster, { kind: 'Deployment', namespace, name: release, labels: gatewayLabels(values) });
      return;
    case 'cni':
      cluster.nodes.set(chart, { version });
      return;
    case 'ztunnel':
      cluster.nodes.set(chart, { version, revision });
      return;
    default:
      throw new Error(`no chart ${chart}`);
  }
}

/** Values that say what the charts say by themselves. */
function withoutDefaults(values: ChartInstall['values']): ChartInstall['values'] {
  return Object.fromEntries(
    Object.entries(values).filter(
      ([key, value]) => value !== '' && !(key === 'defaultRevision' && value === 'default'),
    ),
  );
}

/** CRDs only go upwards. */
export function raiseCrds(cluster: Cluster, version: string): void {
  if (cluster.crds === '' || minorOf(version) > minorOf(cluster.crds)) cluster.crds = version;
}

function revisionOf({ values }: ChartInstall): string {
  return textOf(values['revision']) || 'default';
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function gatewayLabels(values: ChartInstall['values']): Record<string, string> {
  const revision = textOf(values['revision']) || 'default';
  return {
    'sidecar.istio.io/inject': 'true',
    ...(revision === 'default' ? {} : { 'istio.io/rev': revision }),
  };
}

/** Tags that a release renders are its own: Helm takes over no object of another one, and deletes what it renders no more. */
function ownTags(cluster: Cluster, release: string, revision: string, written: unknown): void {
  const names = Array.isArray(written) ? written.map(String) : [];
  for (const [object, { owner, tag = '' }] of [...cluster.webhooks])
    if (owner === release && tag !== '' && !names.includes(tag)) cluster.webhooks.delete(object);
  for (const name of names) {
    const there = cluster.webhooks.get(`istio-revision-tag-${name}`);
    if (there && there.owner !== release) throw new Broken(`${release} does not own the tag ${name}`);
    setTag(cluster, name, revision, release);
  }
}

export function setTag(cluster: Cluster, name: string, revision: string, owner?: string): void {
  const service = revision === 'default' ? 'istiod' : `istiod-${revision}`;
  const webhook = { answers: [name], service, revision, tag: name };
  cluster.webhooks.set(`istio-revision-tag-${name}`, owner === undefined ? webhook : { ...webhook, owner });
}

export function installPlane(cluster: Cluster, revision: string, version: string): void {
  const before = cluster.planes.get(revision);
  if (before !== undefined && minorOf(version) - minorOf(before) > 1)
    throw new Broken(`${revision} skips minors in place, from ${before} to ${version}`);
  cluster.planes.set(revision, version);
  const [name, service] =
    revision === 'default'
      ? ['istio-sidecar-injector', 'istiod']
      : [`istio-sidecar-injector-${revision}`, `istiod-${revision}`];
  cluster.webhooks.set(name, { answers: [revision], service, revision });
  // Whoever writes the chart's own text again arms the injector again.
  if (revision === 'default') cluster.disarmed = false;
}

export function removePlane(cluster: Cluster, revision: string): void {
  if (!cluster.planes.delete(revision)) throw new Error(`there is no revision ${revision} to remove`);
  cluster.webhooks.delete(
    revision === 'default' ? 'istio-sidecar-injector' : `istio-sidecar-injector-${revision}`,
  );
  if (revision === 'default') cluster.disarmed = false;
}

export function removeRelease(cluster: Cluster, release: string): void {
  const gone = cluster.releases.get(release);
  if (!gone) throw new Error(`there is no release ${release}`);
  cluster.releases.delete(release);
  if (gone.chart !== 'istiod') return;
  removePlane(cluster, revisionOf(gone));
  for (const [object, { owner }] of [...cluster.webhooks])
    if (owner === release) cluster.webhooks.delete(object);
}
