import { isKnown } from '../yaml/placeholders.ts';
import type { Resource } from '../render/resource.ts';
import type { OpaqueSource } from './environment.ts';
import { asList, asText, fieldAt, valueAt } from '../untyped.ts';
import { isOfficialIstioChart } from './istio-charts.ts';

/** Objects that deploy other objects we cannot see, as opaque sources. Official Istio charts are known, so not opaque. */
export function opaqueResources(resources: readonly Resource[]): OpaqueSource[] {
  return resources.flatMap((resource) => {
    if (resource.group === 'helm.toolkit.fluxcd.io' && resource.kind === 'HelmRelease') {
      return helmRelease(resource, resources);
    }
    if (resource.group === 'helm.cattle.io' && resource.kind === 'HelmChart') return cattleChart(resource);
    if (resource.group === 'argoproj.io' && resource.kind === 'Application') return application(resource);
    return [];
  });
}

function helmRelease(release: Resource, resources: readonly Resource[]): OpaqueSource[] {
  if (isOfficialIstioChart(fluxChart(release, resources))) return [];
  const target = asText(valueAt(release.body, ['spec', 'targetNamespace'])) || release.namespace;
  return [source(release, target)];
}

/** Name and address of the chart a HelmRelease installs, as far as the manifests say. */
function fluxChart(release: Resource, resources: readonly Resource[]): { name: string; repository: string } {
  const reference = valueAt(release.body, ['spec', 'chartRef']);
  const spec = valueAt(release.body, ['spec', 'chart', 'spec']);
  const from = reference ?? fieldAt(spec, 'sourceRef');
  const name = asText(fieldAt(from, 'name'));
  const origin = resources.find(
    (candidate) =>
      candidate.group === 'source.toolkit.fluxcd.io' &&
      candidate.kind === asText(fieldAt(from, 'kind')) &&
      candidate.name === name,
  );
  const url = asText(valueAt(origin?.body, ['spec', 'url']));
  if (reference === undefined) return { name: asText(fieldAt(spec, 'chart')), repository: url || name };
  return { name: url.slice(url.lastIndexOf('/') + 1), repository: url };
}

function cattleChart(chart: Resource): OpaqueSource[] {
  const name = asText(valueAt(chart.body, ['spec', 'chart']));
  const repository = asText(valueAt(chart.body, ['spec', 'repo']));
  if (isOfficialIstioChart({ name, repository })) return [];
  return [source(chart, asText(valueAt(chart.body, ['spec', 'targetNamespace'])) || chart.namespace)];
}

/** Chart sources only: a path of this repository is followed where environments are found. */
function application(app: Resource): OpaqueSource[] {
  const spec = app.body['spec'];
  const several = asList(fieldAt(spec, 'sources'));
  const sources = several.length > 0 ? several : [fieldAt(spec, 'source')];
  const charts = sources
    .filter((candidate) => asText(fieldAt(candidate, 'chart')) !== '')
    .map((candidate) => ({
      name: asText(fieldAt(candidate, 'chart')),
      repository: asText(fieldAt(candidate, 'repoURL')),
    }));
  if (charts.every(isOfficialIstioChart)) return [];
  return [source(app, asText(valueAt(spec, ['destination', 'namespace'])))];
}

function source(resource: Resource, namespace: string): OpaqueSource {
  const label = resource.namespace === '' ? resource.name : `${resource.namespace}/${resource.name}`;
  return {
    what: `${resource.kind} ${label}`,
    namespaces: namespace === '' || !isKnown(namespace) ? undefined : [namespace],
    at: resource.origin.at(['metadata', 'name']),
  };
}
