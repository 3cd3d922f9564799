import type { Location } from '../../vocabulary.ts';
import type { Environment } from '../../environments/environment.ts';
import { fieldAt, textAt, textMapAt, type Fields } from '../../untyped.ts';
import { isKnown } from '../../yaml/placeholders.ts';
import { chartReleases } from './chart-releases.ts';
import { mergeLayers } from './merge-values.ts';

export { chartReleases };

/** Pods that a chart makes without a manifest in the repository. */
export interface ChartWorkload {
  readonly name: string;
  readonly namespace: string;
  /** Labels of the pods; `undefined` when values we cannot see, or charts before 1.12, choose them. */
  readonly labels: Readonly<Record<string, string>> | undefined;
  /** What makes them: `HelmRelease istio-ingress/gateway`, `chart gateway`. */
  readonly what: string;
  readonly at: Location;
}

/**
 * Labels of the pods that Istio's `gateway` chart makes (1.12 and later): `app` is the release name or value `name`,
 * `istio` the same without a leading `istio-`; values `labels` go on top, `revision` adds `istio.io/rev`.
 */
export function gatewayChartLabels(releaseName: string, values: Fields): Readonly<Record<string, string>> {
  const name = textAt(values, 'name') || releaseName;
  const own = textMapAt(values, 'labels');
  const revision = fieldAt(values, 'revision');
  const network = textAt(values, 'networkGateway');
  const labels: Record<string, string> = {
    ...own,
    'sidecar.istio.io/inject': 'true',
    app: own['app'] ?? name,
    istio: own['istio'] ?? name.replace(/^istio-/, ''),
    'app.kubernetes.io/name': name,
    'app.kubernetes.io/instance': releaseName,
  };
  if (typeof revision === 'string' && revision !== '') labels['istio.io/rev'] = revision;
  if (network !== '') labels['topology.istio.io/network'] = network;
  return labels;
}

/** The gateway pods that gateway charts of the environment make. */
export function chartWorkloads(environment: Pick<Environment, 'resources' | 'charts'>): ChartWorkload[] {
  return chartReleases(environment)
    .filter(({ chart }) => chart === 'gateway' || chart === 'legacy-gateway')
    .map((release) => {
      const { values } = mergeLayers(release.layers, release.versionAt);
      const known = release.chart === 'gateway' && isKnown(release.releaseName) && !release.valuesElsewhere;
      const { resource } = release;
      return {
        name: textAt(values, 'name') || release.releaseName,
        namespace: release.namespace,
        labels: known ? gatewayChartLabels(release.releaseName, values) : undefined,
        what: resource
          ? `${resource.kind} ${resource.namespace === '' ? '' : `${resource.namespace}/`}${resource.name}`
          : `chart gateway as ${release.releaseName}`,
        at: release.versionAt,
      };
    });
}
