import { dataOf } from '../../listeners/variables.ts';
import { shownSetting } from '../../listeners/bind.ts';
import { placeInField } from './ist0143-fix.ts';
import type { LoopbackListener } from '../../listeners/loopback-listeners.ts';
import type { ControlPlane, Mesh, Workload } from '../../mesh/mesh.ts';
import type { Evidence, Location } from '../../vocabulary.ts';

/** What puts the pods into the mesh, and what stands behind it. */
export interface Membership {
  readonly says: string;
  readonly at: Location | undefined;
  readonly controlPlane: ControlPlane | undefined;
}

/** Who says so: the bind, the Service, the membership, and the version that makes it matter. */
export function evidenceFor(
  mesh: Mesh,
  workload: Workload,
  { bind, exposure }: LoopbackListener,
  { says, at, controlPlane }: Membership,
): Evidence[] {
  const { service, port } = exposure;
  return [
    ...bindEvidence(workload, bind),
    {
      says: `Service ${service.name} sends its port ${port.port} there`,
      at: service.resource.origin.at(['spec', 'ports', port.index]),
    },
    { says, ...(at && { at }) },
    ...versionEvidence(mesh, workload, controlPlane),
  ];
}

function bindEvidence({ resource }: Workload, bind: LoopbackListener['bind']): Evidence[] {
  const at = resource.origin.at(bind.path);
  const { configMap, program, source } = bind;
  const setting = shownSetting(bind);
  if (source === 'default') {
    return [{ says: `it runs ${program} and tells it no address: then it listens on localhost`, at }];
  }
  const whose = program === '' ? '' : `, an address of ${program}`;
  if (!configMap) {
    return [{ says: `the container is told ${setting}${whose}`, at: placeInField(bind, resource) ?? at }];
  }
  const place = placeIn(configMap);
  if (configMap.line === undefined) {
    return [
      { says: `the container is told ${setting}${whose}`, at },
      { says: `the value stands in ConfigMap ${configMap.resource.name}`, at: place },
    ];
  }
  return [
    { says: `ConfigMap ${configMap.resource.name} says ${setting}${whose}`, at: place },
    { says: 'the container mounts it', at },
  ];
}

/** The line of a ConfigMap's file, when its text stands line by line below the key or in a file of its own; else the key. */
export function placeIn({
  resource,
  path,
  line,
}: NonNullable<LoopbackListener['bind']['configMap']>): Location {
  const at = resource.origin.at(path);
  const text = dataOf(resource)[String(path.at(-1))];
  const isFile = typeof text === 'string' && linesIn(text) === at.endLine - at.line + 1;
  const number = at.line + (isFile ? 0 : 1) + (line ?? 0);
  if (line === undefined || number > at.endLine) return at;
  return { file: at.file, line: number, column: 1, endLine: number };
}

function linesIn(text: string): number {
  return text.replace(/\n$/, '').split('\n').length;
}

function versionEvidence(mesh: Mesh, workload: Workload, controlPlane: ControlPlane | undefined): Evidence[] {
  if (!controlPlane?.version) {
    if (mesh.controlPlanes.length > 0) return [];
    return [{ says: 'no version of the control plane is written here: taken for 1.10 or later' }];
  }
  const before = mesh.controlPlaneBefore(workload);
  const now = { says: `the control plane is ${controlPlane.versionText}`, at: controlPlane.at };
  if (!before?.version || before.versionText === controlPlane.versionText) return [now];
  return [
    { says: `before this change the control plane is ${before.versionText}`, at: before.at },
    { ...now, says: `after it, it is ${controlPlane.versionText}` },
  ];
}
