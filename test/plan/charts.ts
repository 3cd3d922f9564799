import { minorOf, type Cluster } from './cluster.ts';
import { setWorkload } from './manifests.ts';

export interface ChartInstall {
  readonly chart: string;
  readonly version: string;
  readonly namespace: string;
  readonly values: Readonly<Record<string, unknown>>;
}

/** What Istio's charts put into a cluster. Another revision under the same release takes the old one away. */
export function deployChart(
  cluster: Cluster,
  release: string,
  { chart, version, namespace, values }: ChartInstall,
): void {
  const revision = textOf(values['revision']) || 'default';
  const before = cluster.releases.get(release);
  if (before && before.chart === 'istiod' && before.revision !== revision)
    removePlane(cluster, before.revision);
  cluster.releases.set(release, { chart, revision, version });
  switch (chart) {
    case 'base':
      cluster.crds = !cluster.crds || minorOf(version) > minorOf(cluster.crds) ? version : cluster.crds;
      cluster.validator = minorOf(version) >= 12 ? textOf(values['defaultRevision']) || 'default' : '';
      return;
    case 'istiod':
      installPlane(cluster, revision, version);
      return;
    case 'gateway':
      setWorkload(cluster, { kind: 'Deployment', namespace, name: release, labels: gatewayLabels(revision) });
      return;
    case 'cni':
      cluster.nodes.set('cni', version);
      return;
    default:
      throw new Error(`no chart ${chart}`);
  }
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function gatewayLabels(revision: string): Record<string, string> {
  return {
    'sidecar.istio.io/inject': 'true',
    ...(revision === 'default' ? {} : { 'istio.io/rev': revision }),
  };
}

export function installPlane(cluster: Cluster, revision: string, version: string): void {
  cluster.planes.set(revision, version);
  const [name, service, answers] =
    revision === 'default'
      ? ['istio-sidecar-injector', 'istiod', minorOf(version) >= 10 ? ['default'] : ['default']]
      : [`istio-sidecar-injector-${revision}`, `istiod-${revision}`, [revision]];
  cluster.webhooks.set(name, { answers, service, revision });
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
  if (gone.chart === 'istiod') removePlane(cluster, gone.revision);
}
