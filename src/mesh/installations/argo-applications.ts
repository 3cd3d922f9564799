import type { Resource } from '../../render/resource.ts';
import { mappingAt } from '../../untyped.ts';
import { applicationsOfSet } from './application-sets.ts';
import { argoReleases } from './argo-sources.ts';
import type { ChartRelease } from './installation.ts';

/** Istio charts that Argo CD Applications and ApplicationSets install. */
export function argoCdReleases(resources: readonly Resource[]): ChartRelease[] {
  return resources.flatMap((resource) => {
    if (resource.group !== 'argoproj.io') return [];
    const releases =
      resource.kind === 'Application'
        ? argoReleases({
            name: resource.name,
            spec: mappingAt(resource.body, 'spec'),
            at: (path) => resource.origin.at(['spec', ...path]),
          })
        : resource.kind === 'ApplicationSet'
          ? applicationsOfSet(resource).flatMap(argoReleases)
          : [];
    return releases.map((release) => ({ ...release, resource }));
  });
}
