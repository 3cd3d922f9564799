import { atLeast } from '../../facts/versions.ts';
import { fieldAt, mappingAt, textAt } from '../../untyped.ts';
import type { ControlPlane, MeshComponent, RevisionTag } from '../mesh.ts';
import { UNKNOWN_REVISION } from './installation.ts';
import type { ChartRelease, Found, IstioChart, ValuesLayer } from './installation.ts';
import { istiodSettings, revisionOf, tagNames } from './istiod-values.ts';
import { mergeLayers } from './merge-values.ts';
import { imageVersion } from './version-fact.ts';
import type { VersionFact } from './version-fact.ts';
import { writtenValues } from './written-values.ts';

/** Where values choose an image's tag, first wins (charts 1.6 to 1.31; flat since 1.21). */
const TAG_PATHS: Readonly<Record<'istiod' | 'cni' | 'ztunnel', readonly (readonly string[])[]>> = {
  istiod: [['pilot', 'image'], ['pilot', 'tag'], ['tag'], ['global', 'tag']],
  cni: [['cni', 'tag'], ['tag'], ['global', 'tag']],
  ztunnel: [['tag'], ['global', 'tag']],
};

/** What one release of an Istio chart brings: control planes and tags, or a component. */
export function chartInstallation(release: ChartRelease): Found {
  const values = mergeLayers(release.layers, release.versionAt);
  switch (release.chart) {
    case 'istiod':
      return istiod(release, values);
    case 'tags':
      return { tags: tagsOf(release, values, revisionIn(release, values)) };
    case 'ambient':
      return ambient(release, values);
    case 'legacy-gateway':
      return { components: [component(release, values, 'gateway')] };
    default:
      return { components: [component(release, values, release.chart)] };
  }
}

function istiod(release: ChartRelease, values: ValuesLayer): Found {
  const fact = versionOf(release, values, 'istiod');
  const revision = revisionIn(release, values);
  const controlPlane: ControlPlane = {
    revision,
    ...fact,
    installer: release.installer,
    release: release.releaseName,
    namespace: textAt(values.values, 'global', 'istioNamespace') || release.namespace || 'istio-system',
    resource: release.resource,
    ...(release.chartRelease ? { chartVersion: release.chartRelease } : {}),
    ...chartFileOf(release, fact),
    ...istiodSettings(values),
    values: writtenValues('istiod', values, release.valuesElsewhere),
  };
  return { controlPlanes: [controlPlane], tags: tagsOf(release, values, revision) };
}

/** The `ambient` chart bundles the others as subcharts, their values under their names. */
function ambient(release: ChartRelease, values: ValuesLayer): Found {
  const parts: readonly IstioChart[] = ['base', 'istiod', 'cni', 'ztunnel'];
  const found = parts.map((chart) => {
    const own: ValuesLayer = {
      values: mappingAt(values.values, chart),
      at: (path) => values.at([chart, ...path]),
    };
    const global: ValuesLayer = { values: { global: mappingAt(values.values, 'global') }, at: values.at };
    return chartInstallation({ ...release, chart, layers: [own, global] });
  });
  return {
    controlPlanes: found.flatMap(({ controlPlanes = [] }) => controlPlanes),
    components: found.flatMap(({ components = [] }) => components),
    tags: found.flatMap(({ tags = [] }) => tags),
  };
}

function component(
  release: ChartRelease,
  values: ValuesLayer,
  kind: 'base' | 'cni' | 'ztunnel' | 'gateway',
): MeshComponent {
  const revision = kind === 'gateway' ? textAt(values.values, 'revision') : '';
  const validator = kind === 'base' ? textAt(values.values, 'defaultRevision') : '';
  const fact = versionOf(release, values, kind);
  return {
    component: kind,
    name: release.releaseName,
    namespace: release.namespace,
    revision: revision === '' ? undefined : revision,
    ...(revision === '' ? {} : { revisionAt: values.at(['revision']) }),
    ...(validator === '' ? {} : { defaultRevision: { name: validator, at: values.at(['defaultRevision']) } }),
    ...fact,
    ...(release.chartRelease ? { chartVersion: release.chartRelease } : {}),
    ...chartFileOf(release, fact),
    installer: release.installer,
    values: writtenValues(kind, values, release.valuesElsewhere),
  };
}

/** An image's tag may stand in a values file, far from what installs the chart. */
function chartFileOf({ versionAt }: ChartRelease, { at }: VersionFact): { readonly chartFile?: string } {
  return versionAt.file === at.file ? {} : { chartFile: versionAt.file };
}

function versionOf(
  release: ChartRelease,
  values: ValuesLayer,
  kind: MeshComponent['component'],
): VersionFact {
  const chart = chartVersion(release);
  if (kind === 'istiod' || kind === 'cni' || kind === 'ztunnel') {
    return imageVersion(values, TAG_PATHS[kind], chart);
  }
  return chart;
}

function chartVersion({ version, chartRelease, versionAt, confidence }: ChartRelease): VersionFact {
  return { version: chartRelease, versionText: version, at: versionAt, confidence };
}

function revisionIn(release: ChartRelease, values: ValuesLayer): string {
  const written = fieldAt(values.values, 'revision') !== undefined;
  return release.valuesElsewhere && !written ? UNKNOWN_REVISION : revisionOf(values.values);
}

/** Until 1.16 the documents of several tags ran together, so that only the last one came into being. */
function tagsOf(release: ChartRelease, values: ValuesLayer, revision: string): RevisionTag[] {
  const tags = tagNames(values.values).map(({ name, path }) => ({
    name,
    revision,
    at: values.at(path),
    resource: release.resource,
  }));
  const runTogether = atLeast(release.chartRelease, 17) === false;
  return runTogether ? tags.slice(-1) : tags;
}
