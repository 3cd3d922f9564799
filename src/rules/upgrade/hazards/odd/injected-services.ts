import type { Mesh, Workload } from '../../../../mesh/mesh.ts';
import { list, text } from '../../../body.ts';
import { objectHit } from '../hit.ts';
import type { OddLook } from '../odd.ts';

const EXCLUDED = 'traffic.sidecar.istio.io/excludeInboundPorts';

/** Ports of Services that lead to a port (the first argument) of pods with a sidecar that captures it. */
export const servicesToInjectedPods: OddLook = {
  inputs: ['services', 'workloads', 'injection'],
  hits: (mesh, [wanted = '']) =>
    mesh.services.flatMap(({ resource, namespace, selector, ports }) => {
      const leading = ports.filter(({ targetPort }) => String(targetPort) === wanted);
      if (leading.length === 0 || Object.keys(selector).length === 0) return [];
      const captured = mesh.select(selector, namespace).selected.some((one) => captures(mesh, one, wanted));
      return captured ? leading.map(({ index }) => objectHit(resource, ['spec', 'ports', index])) : [];
    }),
};

function captures(mesh: Mesh, workload: Workload, port: string): boolean {
  // Pods that declare the port are found as such.
  const declared = workload.containers.some(({ body }) =>
    list(body, 'ports').some((one) => text(one, 'containerPort') === port),
  );
  const excluded = (workload.annotations[EXCLUDED] ?? '').split(',').map((one) => one.trim());
  return !declared && !excluded.includes(port) && mesh.injectionOf(workload).injected === 'yes';
}
