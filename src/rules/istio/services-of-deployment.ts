import type { Mesh, ServiceModel, Workload } from '../../mesh/mesh.ts';
import { perObject } from '../../remember.ts';
import { isInMesh } from './mesh-membership.ts';

/** A Deployment of the mesh with the Services in its namespace that select its pods. */
export interface ServedDeployment {
  readonly workload: Workload;
  readonly services: readonly ServiceModel[];
}

/** In document order. */
export const servedDeployments = perObject((mesh: Mesh): readonly ServedDeployment[] => {
  const byWorkload = new Map<Workload, ServiceModel[]>();
  for (const service of mesh.services) {
    if (Object.keys(service.selector).length === 0) continue;
    for (const workload of mesh.select(service.selector, service.namespace).selected) {
      const services = byWorkload.get(workload) ?? [];
      if (services.length === 0) byWorkload.set(workload, services);
      services.push(service);
    }
  }
  return mesh.workloads
    .filter(({ kind }) => kind === 'Deployment')
    .filter(({ resource }) => resource.labels['gateway.istio.io/managed'] !== 'istio.io-mesh-controller')
    .flatMap((workload) => {
      const services = byWorkload.get(workload);
      return services && isInMesh(mesh, workload) ? [{ workload, services }] : [];
    });
});
