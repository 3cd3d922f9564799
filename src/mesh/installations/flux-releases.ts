import type { Resource } from '../../render/resource.ts';
import { fieldAt, listAt, mappingAt, textAt } from '../../untyped.ts';
import { embeddedYaml } from './embedded-yaml.ts';
import { fluxChart } from './flux-sources.ts';
import type { ChartRelease, ValuesLayer } from './installation.ts';
import { istioChart } from './istio-charts.ts';
import { nested } from './merge-values.ts';
import { isKnown } from '../../yaml/placeholders.ts';

/** Flux HelmReleases (`helm.toolkit.fluxcd.io`) of Istio's charts. */
export function fluxReleases(resources: readonly Resource[]): ChartRelease[] {
  return resources
    .filter(({ group, kind }) => group === 'helm.toolkit.fluxcd.io' && kind === 'HelmRelease')
    .flatMap((resource) => releaseOf(resource, resources));
}

function releaseOf(resource: Resource, resources: readonly Resource[]): ChartRelease[] {
  const chart = fluxChart(resource, resources);
  const recognised = chart && istioChart(chart);
  if (!recognised) return [];
  const target = textAt(resource.body, 'spec', 'targetNamespace');
  const from = valuesFrom(resource, resources);
  return [
    {
      ...recognised,
      releaseName: releaseName(resource, target),
      namespace: target || resource.namespace,
      version: chart.version,
      versionAt: chart.versionAt,
      installer: 'flux',
      layers: [...from.layers, inlineValues(resource)],
      valuesElsewhere: from.missing,
      resource,
    },
  ];
}

/** Flux names a release `TARGET-NAME` when it has a target namespace and no `releaseName`. */
function releaseName(resource: Resource, target: string): string {
  const written = textAt(resource.body, 'spec', 'releaseName');
  if (written !== '') return written;
  return target === '' ? resource.name : `${target}-${resource.name}`;
}

function inlineValues(resource: Resource): ValuesLayer {
  return {
    values: mappingAt(resource.body, 'spec', 'values'),
    at: (path) => resource.origin.at(['spec', 'values', ...path]),
  };
}

/** `valuesFrom` in its order, as far as its ConfigMaps are in this environment. */
function valuesFrom(
  resource: Resource,
  resources: readonly Resource[],
): { readonly layers: readonly ValuesLayer[]; readonly missing: boolean } {
  const references = listAt(resource.body, 'spec', 'valuesFrom');
  const layers = references.map((reference) => referenced(reference, resource, resources));
  const missing = layers.some((layer, index) => !layer && fieldAt(references[index], 'optional') !== true);
  return { layers: layers.filter((layer) => layer !== undefined), missing };
}

function referenced(
  reference: unknown,
  release: Resource,
  resources: readonly Resource[],
): ValuesLayer | undefined {
  const name = textAt(reference, 'name');
  if (textAt(reference, 'kind') !== 'ConfigMap' || !isKnown(name)) return undefined;
  const source = resources.find(
    (candidate) =>
      candidate.kind === 'ConfigMap' &&
      candidate.group === '' &&
      candidate.name === name &&
      (candidate.namespace === release.namespace || candidate.namespace === ''),
  );
  const key = textAt(reference, 'valuesKey') || 'values.yaml';
  const text = source && textAt(source.body, 'data', key);
  if (text === undefined || text === '') return undefined;
  const block = source?.origin.at(['data', key]);
  if (!block) return undefined;
  const target = textAt(reference, 'targetPath');
  if (target === '') return embeddedYaml(text, block);
  return { values: nested(target.split('.').slice(0, 20), text), at: () => block };
}
