import { field, fields, integer, list, text } from '../../../body.ts';
import type { ContainerModel, Workload } from '../../../../mesh/mesh.ts';
import { type Hit, objectHit } from '../hit.ts';
import type { OddLook } from '../odd.ts';

const PROBES = ['livenessProbe', 'readinessProbe', 'startupProbe'];

/** Probes by TCP of a port that the container does not declare, in pods that get or may get a sidecar. */
export const tcpProbesOfUndeclaredPorts: OddLook = {
  inputs: ['workloads', 'injection'],
  hits: (mesh) =>
    mesh.workloads.flatMap((workload) => {
      const hits = workload.containers.flatMap((container) => probesOf(workload, container));
      return hits.length > 0 && mesh.injectionOf(workload).injected !== 'no' ? hits : [];
    }),
};

function probesOf({ resource }: Workload, { body, path, init }: ContainerModel): Hit[] {
  const ports = list(body, 'ports');
  if (init || ports.length === 0) return [];
  return PROBES.flatMap((probe) => {
    const socket = fields(field(body, probe), 'tcpSocket');
    const number = integer(socket, 'port');
    const name = text(socket, 'port');
    if (number === undefined && name === '') return [];
    const declared = ports.some((port) =>
      number === undefined ? text(port, 'name') === name : integer(port, 'containerPort') === number,
    );
    return declared ? [] : [objectHit(resource, [...path, probe, 'tcpSocket', 'port'])];
  });
}
