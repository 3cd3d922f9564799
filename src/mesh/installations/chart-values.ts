import type { Location, Path } from '../../vocabulary.ts';
import type { Environment } from '../../environments/environment.ts';
import type { Resource } from '../../render/resource.ts';
import { mappingAt, textAt } from '../../untyped.ts';
import { applicationsOfSet } from './application-sets.ts';
import { type ArgoApplication, helmSourcesOf } from './argo-sources.ts';
import { fluxChart } from './flux-sources.ts';
import type { ValuesLayer } from './installation.ts';

/** A chart of anybody's, with the values this environment writes for it. */
export interface ChartValues {
  /** The chart's name. */
  readonly chart: string;
  /** Where Chart.yaml, helmfile or kustomize takes it from; absent for charts that an object names. */
  readonly repository?: string;
  /** As written; '' when the repository does not say. */
  readonly version: string;
  readonly releaseName: string;
  readonly namespace: string;
  /** Weakest first. */
  readonly layers: readonly ValuesLayer[];
  /** Where the chart is named. */
  readonly at: Location;
}

/** Every chart of an environment: dependencies, helmfile, Flux HelmReleases, Argo CD. */
export function chartValuesOf({
  charts,
  resources,
}: Pick<Environment, 'charts' | 'resources'>): ChartValues[] {
  const declared = charts.map((dependency) => {
    const { chart, repository, version, releaseName, namespace, values, at } = dependency;
    const layers = [{ values, at: (path: Path) => dependency.valueAt(path) }];
    return { chart, repository, version, releaseName, namespace, layers, at };
  });
  return [...declared, ...resources.flatMap((resource) => chartsOf(resource, resources))];
}

function chartsOf(resource: Resource, resources: readonly Resource[]): ChartValues[] {
  const { group, kind } = resource;
  if (group === 'helm.toolkit.fluxcd.io' && kind === 'HelmRelease') return ofRelease(resource, resources);
  if (group !== 'argoproj.io') return [];
  if (kind === 'ApplicationSet') return applicationsOfSet(resource).flatMap(ofApplication);
  if (kind !== 'Application') return [];
  const at = (path: Path) => resource.origin.at(['spec', ...path]);
  return ofApplication({ name: resource.name, spec: mappingAt(resource.body, 'spec'), at });
}

function ofRelease(resource: Resource, resources: readonly Resource[]): ChartValues[] {
  const chart = fluxChart(resource, resources);
  if (!chart || chart.name === '') return [];
  const values = mappingAt(resource.body, 'spec', 'values');
  return [
    {
      chart: chart.name,
      version: chart.version,
      releaseName: textAt(resource.body, 'spec', 'releaseName') || resource.name,
      namespace: textAt(resource.body, 'spec', 'targetNamespace') || resource.namespace,
      layers: [{ values, at: (path) => resource.origin.at(['spec', 'values', ...path]) }],
      at: chart.versionAt,
    },
  ];
}

function ofApplication(application: ArgoApplication): ChartValues[] {
  return helmSourcesOf(application).map(({ name, version, releaseName, versionAt, layers }) => ({
    chart: name,
    version,
    releaseName,
    namespace: textAt(application.spec, 'destination', 'namespace'),
    layers,
    at: versionAt,
  }));
}
