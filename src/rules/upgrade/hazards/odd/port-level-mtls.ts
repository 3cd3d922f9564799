import { fields, labels } from '../../../body.ts';
import type { Mesh } from '../../../../mesh/mesh.ts';
import type { Resource } from '../../../../render/resource.ts';
import { objectHit } from '../hit.ts';
import type { OddLook } from '../odd.ts';

/** Ports of PeerAuthentications to which no Service of the selected workloads leads. Only where the Services are known. */
export const portLevelMtlsWithoutService: OddLook = {
  inputs: ['PeerAuthentication', 'services', 'workloads'],
  hits: (mesh) =>
    mesh.resources('PeerAuthentication').flatMap((policy) => {
      const spec = fields(policy.body, 'spec');
      const ports = Object.keys(fields(spec, 'portLevelMtls'));
      const served = ports.length > 0 ? servedPorts(mesh, policy) : undefined;
      if (!served) return [];
      return ports
        .filter((port) => !served.has(port))
        .map((port) => objectHit(policy, ['spec', 'portLevelMtls', port]));
    }),
};

/** The target ports of the Services that select what the policy selects; `undefined` when one of them has a name. */
function servedPorts(mesh: Mesh, policy: Resource): ReadonlySet<string> | undefined {
  const wanted = labels(fields(fields(policy.body, 'spec'), 'selector'), 'matchLabels');
  const { selected, maybe } = mesh.select(wanted, policy.namespace);
  if (selected.length === 0 || maybe.length > 0) return undefined;
  const ports = mesh.services
    .filter(
      ({ namespace, selector }) =>
        namespace === policy.namespace &&
        Object.keys(selector).length > 0 &&
        selected.some((workload) =>
          Object.entries(selector).every(([key, value]) => workload.labels[key] === value),
        ),
    )
    .flatMap((service) => service.ports.map(({ port, targetPort }) => String(targetPort ?? port)));
  return ports.some((port) => !/^\d+$/.test(port)) ? undefined : new Set(ports);
}
