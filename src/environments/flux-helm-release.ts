import type { Resource } from '../render/resource.ts';
import type { DeployedChart } from './deployed-chart.ts';
import type { FluxSources } from './flux-sources.ts';
import { asList, asMap, asText, field, valueAt } from './untyped.ts';

/** The release a Flux HelmRelease makes of a chart of this repository; `undefined` for a chart from elsewhere. */
export function fluxRelease(resource: Resource, sources: FluxSources): DeployedChart | undefined {
  if (resource.group !== 'helm.toolkit.fluxcd.io' || resource.kind !== 'HelmRelease') return undefined;
  const spec = resource.body['spec'];
  const chart = valueAt(spec, ['chart', 'spec']);
  const kind = asText(valueAt(chart, ['sourceRef', 'kind']));
  if (kind === '' || kind === 'HelmRepository') return undefined;
  const source = `${kind} ${asText(valueAt(chart, ['sourceRef', 'name']))}`;
  const path = sources.resolve(source, asText(field(chart, 'chart')));
  if (path === undefined) return undefined;
  const named = [...asList(field(chart, 'valuesFiles')), field(chart, 'valuesFile')].map(asText);
  const files = named.filter((text) => text !== '');
  const target = asText(field(spec, 'targetNamespace'));
  const values = asMap(field(spec, 'values'));
  const doubt = doubtOf(spec);
  return {
    release: {
      path,
      releaseName: asText(field(spec, 'releaseName')) || [target, resource.name].filter(Boolean).join('-'),
      namespace: target || resource.namespace,
      valuesFiles: files.flatMap((text) => sources.resolve(source, text) ?? []),
      ...(values ? { values, valuesAt: (at) => resource.origin.at(['spec', 'values', ...at]) } : {}),
      includeCrds: true,
    },
    by: resource.origin.file,
    ...(doubt === undefined ? {} : { doubt }),
  };
}

function doubtOf(spec: unknown): string | undefined {
  if (asList(field(spec, 'valuesFrom')).length > 0) return 'some of its values stand in other objects';
  if (asList(field(spec, 'postRenderers')).length > 0) return 'what its post-renderers change is not seen';
  const values = JSON.stringify(field(spec, 'values') ?? {});
  return values.includes('${') ? 'its values hold placeholders' : undefined;
}
