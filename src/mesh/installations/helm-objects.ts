import type { Resource } from '../../render/resource.ts';
import { fieldAt, listAt, mappingAt, textAt } from '../../untyped.ts';
import { embeddedYaml } from './embedded-yaml.ts';
import type { ChartRelease, ValuesLayer } from './installation.ts';
import { istioChart } from './istio-charts.ts';
import { setValues } from './set-values.ts';
import { versionTextAt } from './version-fact.ts';

/**
 * Objects that have a chart installed by Helm, in the cluster or in others: `Release` of Crossplane (`helm.crossplane.io`) and
 * `HelmChartProxy` of Cluster API (`addons.cluster.x-k8s.io`), of Istio's charts.
 */
export function helmObjectReleases(resources: readonly Resource[]): ChartRelease[] {
  return resources.flatMap((resource) => {
    const { group, kind } = resource;
    if (group.endsWith('helm.crossplane.io') && kind === 'Release') return crossplane(resource);
    if (group === 'addons.cluster.x-k8s.io' && kind === 'HelmChartProxy') return clusterApi(resource);
    return [];
  });
}

/** `spec.forProvider.{chart.{name,repository,version},namespace,values,valuesFrom,set}`. */
function crossplane(resource: Resource): ChartRelease[] {
  const path = ['spec', 'forProvider'];
  const provider = mappingAt(resource.body, ...path);
  const set = listAt(provider, 'set');
  const texts = set.map((entry) => `${textAt(entry, 'name')}=${textAt(entry, 'value')}`);
  const values = mappingAt(provider, 'values');
  return release(resource, {
    name: textAt(provider, 'chart', 'name'),
    repository: textAt(provider, 'chart', 'repository'),
    version: versionTextAt(provider, 'chart', 'version'),
    versionPath: [...path, 'chart', 'version'],
    chartPath: [...path, 'chart', 'name'],
    namespace: textAt(provider, 'namespace'),
    releaseName: resource.name,
    layers: [
      { values, at: (asked) => resource.origin.at([...path, 'values', ...asked]) },
      ...(texts.length > 0 ? [setValues(texts, resource.origin.at([...path, 'set']))] : []),
    ],
    valuesElsewhere:
      listAt(provider, 'valuesFrom').length > 0 ||
      set.some((entry) => fieldAt(entry, 'valueFrom') !== undefined),
  });
}

/** `spec.{chartName,repoURL,version,releaseName,namespace,valuesTemplate}`; the template is a Go template. */
function clusterApi(resource: Resource): ChartRelease[] {
  const text = textAt(resource.body, 'spec', 'valuesTemplate');
  const values = embeddedYaml(text, resource.origin.at(['spec', 'valuesTemplate']));
  return release(resource, {
    name: textAt(resource.body, 'spec', 'chartName'),
    repository: textAt(resource.body, 'spec', 'repoURL'),
    version: versionTextAt(resource.body, 'spec', 'version'),
    versionPath: ['spec', 'version'],
    chartPath: ['spec', 'chartName'],
    namespace: textAt(resource.body, 'spec', 'namespace'),
    releaseName: textAt(resource.body, 'spec', 'releaseName') || resource.name,
    layers: values ? [values] : [],
    valuesElsewhere: text.includes('{{') || (text.trim() !== '' && !values),
  });
}

interface Described {
  readonly name: string;
  readonly repository: string;
  readonly version: string;
  readonly versionPath: readonly string[];
  readonly chartPath: readonly string[];
  readonly namespace: string;
  readonly releaseName: string;
  readonly layers: readonly ValuesLayer[];
  readonly valuesElsewhere: boolean;
}

function release(resource: Resource, described: Described): ChartRelease[] {
  const { name, repository, version, versionPath, chartPath, ...rest } = described;
  const short = name.slice(name.lastIndexOf('/') + 1);
  const recognised = istioChart({ name: short, repository: repository || name, version });
  if (!recognised) return [];
  const versionAt = resource.origin.at(version === '' ? chartPath : versionPath);
  return [{ ...recognised, ...rest, version, versionAt, installer: 'helm', resource }];
}
