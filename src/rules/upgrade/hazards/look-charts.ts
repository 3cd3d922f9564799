import type { ChartSignal } from '../../../facts/hazards/hazard.ts';
import type { Mesh } from '../../../mesh/mesh.ts';
import { type Hit, objectHit, settingHit } from './hit.ts';
import { reach } from './reach.ts';

/** Kinds that install a chart, and where they name it. */
const CHART_FIELDS: Readonly<Record<string, readonly string[]>> = {
  'HelmRelease.helm.toolkit.fluxcd.io': ['spec.chart.spec.chart'],
  'HelmRelease.helm.fluxcd.io': ['spec.chart.name'],
  'Application.argoproj.io': ['spec.source.chart', 'spec.sources[].chart'],
  'ApplicationSet.argoproj.io': ['spec.template.spec.source.chart', 'spec.template.spec.sources[].chart'],
  'HelmChart.helm.cattle.io': ['spec.chart'],
  'HelmChart.source.toolkit.fluxcd.io': ['spec.chart'],
};

/** The kinds that are looked at for names of charts. */
export const CHART_KINDS: readonly string[] = Object.keys(CHART_FIELDS);

/** Releases of charts with these names: by objects, and by Chart.yaml, helmfile or kustomize. */
export function chartHits(mesh: Mesh, { charts }: ChartSignal): Hit[] {
  const named = Object.entries(CHART_FIELDS).flatMap(([kind, paths]) =>
    mesh.resources(kind).flatMap((resource) =>
      paths
        .flatMap((path) => reach(resource.body, path))
        .filter(({ value }) => typeof value === 'string' && charts.includes(lastPart(value)))
        .map(({ path }) => ({ ...objectHit(resource, path), setting: true })),
    ),
  );
  const files = new Set(named.map(({ subject }) => subject.origin.file));
  const declared = mesh.charts
    .filter(({ chart, at }) => charts.includes(lastPart(chart)) && !files.has(at.file))
    .map(({ chart, releaseName, namespace, at }) =>
      settingHit({ kind: 'Chart', namespace, name: releaseName }, () => at, `chart ${chart}`, undefined),
    );
  return [...named, ...declared];
}

/** `istiod` of `oci://example.com/charts/istiod`. */
function lastPart(name: string): string {
  return name.slice(name.lastIndexOf('/') + 1);
}
