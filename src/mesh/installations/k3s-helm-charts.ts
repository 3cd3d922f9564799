import type { Resource } from '../../render/resource.ts';
import { fieldAt, textAt } from '../../untyped.ts';
import { embeddedYaml } from './embedded-yaml.ts';
import type { ChartRelease } from './installation.ts';
import { istioChart } from './istio-charts.ts';
import { versionTextAt } from './version-fact.ts';

/** HelmChart objects of k3s and RKE2 (`helm.cattle.io/v1`) that install Istio's charts. */
export function k3sReleases(resources: readonly Resource[]): ChartRelease[] {
  return resources.flatMap((resource) => {
    if (resource.group !== 'helm.cattle.io' || resource.kind !== 'HelmChart') return [];
    const repository = textAt(resource.body, 'spec', 'repo');
    const chart = textAt(resource.body, 'spec', 'chart').split('/').at(-1) ?? '';
    const version = versionTextAt(resource.body, 'spec', 'version');
    const recognised = istioChart({ name: chart, repository, version });
    if (!recognised) return [];
    const text = textAt(resource.body, 'spec', 'valuesContent');
    const values = embeddedYaml(text, resource.origin.at(['spec', 'valuesContent']));
    return [
      {
        ...recognised,
        releaseName: resource.name,
        namespace: textAt(resource.body, 'spec', 'targetNamespace') || resource.namespace,
        version,
        versionAt: resource.origin.at(['spec', version === '' ? 'chart' : 'version']),
        installer: 'helm' as const,
        layers: values ? [values] : [],
        valuesElsewhere: (text !== '' && !values) || fieldAt(resource.body, 'spec', 'set') !== undefined,
        resource,
      },
    ];
  });
}
