import { append } from '../../mesh/multimap.ts';
import { perObject } from '../../remember.ts';
import type { BlastRadius } from '../../vocabulary.ts';
import type { Mesh, ServiceModel, Workload } from '../../mesh/mesh.ts';
import { matchesLabels } from '../../mesh/selectors.ts';

export const NOTHING_TOUCHED: BlastRadius = { namespaces: [], workloads: [], services: [] };

/** `Deployment shop/cart`. */
export function workloadLabel({ kind, namespace, name }: Workload): string {
  return `${kind} ${namespace === '' ? '' : `${namespace}/`}${name}`;
}

/**
 * These workloads, their namespaces and the Services that select them, besides `namespaces` that are touched whatever
 * lives in them.
 */
export function blastRadius(
  mesh: Mesh,
  workloads: readonly Workload[],
  namespaces: readonly string[] = [],
): BlastRadius {
  const touched = workloads.map(({ namespace }) => namespace).filter((namespace) => namespace !== '');
  return {
    namespaces: sorted([...namespaces, ...touched]),
    workloads: sorted(workloads.map(workloadLabel)),
    services: sorted(
      workloads.flatMap((workload) =>
        servicesOf(mesh, workload).map(({ namespace, name }) => `${namespace}/${name}`),
      ),
    ),
  };
}

function servicesOf(mesh: Mesh, { namespace, labels }: Workload): readonly ServiceModel[] {
  return (selectingServices(mesh).get(namespace) ?? []).filter(
    ({ selector }) => matchesLabels(selector, labels) === 'yes',
  );
}

/** One index for each mesh, by namespace: it is asked once for every touched workload. */
const selectingServices = perObject((mesh: Mesh): ReadonlyMap<string, readonly ServiceModel[]> => {
  const index = new Map<string, ServiceModel[]>();
  for (const service of mesh.services) {
    if (Object.keys(service.selector).length === 0) continue;
    append(index, service.namespace, service);
  }
  return index;
});

function sorted(texts: readonly string[]): string[] {
  return [...new Set(texts)].sort();
}
