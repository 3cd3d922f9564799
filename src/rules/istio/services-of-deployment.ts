import type { Mesh, ServiceModel, Workload } from '../../mesh/mesh.ts';
import { matchesLabels } from '../../mesh/selectors.ts';
import { isInMesh } from './mesh-membership.ts';

/** A Deployment of the mesh with the Services in its namespace that select its pods. */
export interface ServedDeployment {
  readonly workload: Workload;
  readonly services: readonly ServiceModel[];
}

export function servedDeployments(mesh: Mesh): ServedDeployment[] {
  const byNamespace = new Map<string, ServiceModel[]>();
  for (const service of mesh.services) {
    if (Object.keys(service.selector).length === 0) continue;
    byNamespace.set(service.namespace, [...(byNamespace.get(service.namespace) ?? []), service]);
  }
  return mesh.workloads
    .filter(({ kind }) => kind === 'Deployment')
    .filter(({ resource }) => resource.labels['gateway.istio.io/managed'] !== 'istio.io-mesh-controller')
    .flatMap((workload) => {
      const services = (byNamespace.get(workload.namespace) ?? []).filter(
        ({ selector }) => matchesLabels(selector, workload.labels) === 'yes',
      );
      return services.length > 0 && isInMesh(mesh, workload) ? [{ workload, services }] : [];
    });
}
