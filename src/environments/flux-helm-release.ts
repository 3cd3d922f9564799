import type { Repository } from '../render/repository.ts';
import type { Resource } from '../render/resource.ts';
import type { DeployedChart } from './deployed-chart.ts';
import { fluxValues } from './flux-values.ts';
import type { FluxSources } from './flux-sources.ts';
import { joinPath } from './repository-path.ts';
import { asList, asText, fieldAt, valueAt } from '../untyped.ts';
import { given } from './values-layers.ts';

/** What a HelmRelease may refer to. */
export interface FluxSurroundings {
  readonly sources: FluxSources;
  /** The objects of its environment: chart sources, ConfigMaps. */
  readonly objects: readonly Resource[];
  readonly repository: Repository;
}

/** The release a Flux HelmRelease makes of a chart of this repository; `undefined` for a chart from elsewhere. */
export function fluxRelease(resource: Resource, around: FluxSurroundings): DeployedChart | undefined {
  if (resource.group !== 'helm.toolkit.fluxcd.io' || resource.kind !== 'HelmRelease') return undefined;
  const { sources, objects } = around;
  const chart = chartOf(resource, objects);
  const kind = asText(valueAt(chart, ['sourceRef', 'kind']));
  if (kind === '' || kind === 'HelmRepository') return undefined;
  const source = `${kind} ${asText(valueAt(chart, ['sourceRef', 'name']))}`;
  const path = sources.resolve(source, asText(fieldAt(chart, 'chart')));
  if (path === undefined) return undefined;
  const target = asText(valueAt(resource.body, ['spec', 'targetNamespace']));
  const releaseName = asText(valueAt(resource.body, ['spec', 'releaseName']));
  const valuesFiles = valuesFilesOf(chart, source, around);
  const values = fluxValues(resource, objects);
  const doubt = values.doubt ?? afterwards(resource);
  return {
    release: {
      path,
      releaseName: releaseName || [target, resource.name].filter(Boolean).join('-'),
      namespace: target || resource.namespace,
      valuesFiles,
      ...given(values.layers, () => resource.origin.at(['spec', 'values'])),
      includeCrds: true,
      // Flux packs the chart with these files in the place of its own values.
      withoutOwnValues: valuesFiles.length > 0 && !valuesFiles.includes(joinPath(path, 'values.yaml')),
    },
    by: [resource.origin.file, ...values.files],
    ...(doubt === undefined ? {} : { doubt }),
  };
}

/** `spec.chart.spec`, or that of the HelmChart that `spec.chartRef` names. */
function chartOf(release: Resource, objects: readonly Resource[]): unknown {
  const reference = valueAt(release.body, ['spec', 'chartRef']);
  if (reference === undefined) return valueAt(release.body, ['spec', 'chart', 'spec']);
  const namespace = asText(fieldAt(reference, 'namespace')) || release.namespace;
  return objects.find(
    (candidate) =>
      candidate.group === 'source.toolkit.fluxcd.io' &&
      candidate.kind === 'HelmChart' &&
      fieldAt(reference, 'kind') === 'HelmChart' &&
      candidate.name === fieldAt(reference, 'name') &&
      candidate.namespace === namespace,
  )?.body['spec'];
}

function valuesFilesOf(chart: unknown, source: string, { sources, repository }: FluxSurroundings): string[] {
  const named = [...asList(fieldAt(chart, 'valuesFiles')), fieldAt(chart, 'valuesFile')].map(asText);
  const paths = named.filter((text) => text !== '').flatMap((text) => sources.resolve(source, text) ?? []);
  return fieldAt(chart, 'ignoreMissingValuesFiles') === true
    ? paths.filter((path) => repository.has(path))
    : paths;
}

function afterwards(resource: Resource): string | undefined {
  const renderers = asList(valueAt(resource.body, ['spec', 'postRenderers']));
  return renderers.length > 0 ? 'what its post-renderers change is not seen' : undefined;
}
