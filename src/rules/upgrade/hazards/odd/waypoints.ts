import type { Mesh } from '../../../../mesh/mesh.ts';
import { field, text } from '../../../body.ts';
import { objectHit } from '../hit.ts';
import type { OddLook } from '../odd.ts';

const USE = 'istio.io/use-waypoint';
const USERS = ['Namespace', 'Service', 'ServiceEntry', 'WorkloadEntry'];

/** Waypoints that no label of this repository leads traffic through. */
export const waypointsNobodyUses: OddLook = {
  inputs: ['KubernetesGateway', 'workloads', ...USERS],
  hits: (mesh) => {
    const waypoints = mesh
      .resources('KubernetesGateway')
      .filter(({ body }) => text(field(body, 'spec'), 'gatewayClassName') === 'istio-waypoint');
    if (waypoints.length === 0) return [];
    const used = usedNames(mesh);
    return waypoints
      .filter(({ name }) => !used.has(name))
      .map((resource) => objectHit(resource, ['spec', 'gatewayClassName']));
  },
};

function usedNames(mesh: Mesh): ReadonlySet<string | undefined> {
  const objects = USERS.flatMap((kind) => mesh.resources(kind).map(({ labels }) => labels[USE]));
  return new Set([...objects, ...mesh.workloads.map(({ labels }) => labels[USE])]);
}
