import type { Mesh, ServiceModel, Workload } from '../../mesh/mesh.ts';

/** The workloads behind a Service, where the pods of all get a sidecar for certain; else none. */
export function proxiedPods(mesh: Mesh, { selector, namespace }: ServiceModel): readonly Workload[] {
  if (Object.keys(selector).length === 0) return [];
  const { selected } = mesh.select(selector, namespace);
  return selected.every((workload) => mesh.injectionOf(workload).injected === 'yes') ? selected : [];
}

/** `Service namespace/name` of both sides, in the order of the head. */
export function servicesOnBothSides(before: Mesh, after: Mesh): [ServiceModel, ServiceModel][] {
  const earlier = new Map(before.services.map((one) => [`${one.namespace}/${one.name}`, one]));
  return after.services.flatMap((service) => {
    const then = earlier.get(`${service.namespace}/${service.name}`);
    return then ? [[then, service]] : [];
  });
}
