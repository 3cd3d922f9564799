import type { Mesh, Workload } from '../../mesh/mesh.ts';
import type { Resource } from '../../render/resource.ts';
import { hasPlaceholder } from '../body.ts';
import { soleResources } from './sole-resources.ts';

type Labels = Readonly<Record<string, string>>;

/** A workload that several resources of one kind select. */
export interface Contested {
  readonly workload: Workload;
  readonly resources: readonly Resource[];
}

/** Workloads selected by two or more resources of a kind, each in its own namespace. */
export function contestedWorkloads(
  mesh: Mesh,
  kind: string,
  selectorOf: (resource: Resource) => Labels,
): Contested[] {
  const selecting = new Map<Workload, Resource[]>();
  for (const resource of soleResources(mesh, kind)) {
    const selector = selectorOf(resource);
    if (Object.keys(selector).length === 0 || Object.entries(selector).flat().some(hasPlaceholder)) continue;
    if (mesh.world === 'open' && resource.namespace === '') continue;
    for (const workload of mesh.select(selector, resource.namespace).selected) {
      // Istio's analyzers look at pods; in a repository pods are what templates make.
      if (mesh.world === 'closed' && workload.kind !== 'Pod') continue;
      selecting.set(workload, [...(selecting.get(workload) ?? []), resource]);
    }
  }
  return [...selecting]
    .filter(([, resources]) => resources.length > 1)
    .map(([workload, resources]) => ({ workload, resources }));
}

/** Resources grouped by namespace, in the order of their first one. */
export function byNamespace(resources: readonly Resource[]): ReadonlyMap<string, readonly Resource[]> {
  const groups = new Map<string, Resource[]>();
  for (const resource of resources) {
    const group = groups.get(resource.namespace);
    if (group) group.push(resource);
    else groups.set(resource.namespace, [resource]);
  }
  return groups;
}
