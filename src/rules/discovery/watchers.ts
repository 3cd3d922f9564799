import { discoveryOf, selectorsOf } from '../../mesh/discovery.ts';
import type { Discovery } from '../../mesh/discovery.ts';
import type { ControlPlane, Mesh } from '../../mesh/mesh.ts';
import type { Evidence, Path } from '../../vocabulary.ts';
import type { Subject } from '../subject.ts';
import { subjectAt } from '../subject.ts';

/** The control planes that discovery selectors narrow, as far as the repository shows. */
export function narrowed(mesh: Mesh): ControlPlane[] {
  return mesh.controlPlanes.filter((one) => selectorsOf(mesh, one).length > 0);
}

/** The control plane that a revision, a tag or `default` stands for; of a single one it is clear whatever the name. */
export function servedBy(mesh: Mesh, name: string): ControlPlane | undefined {
  const meaning = mesh.meaningOfRevision(name);
  if (meaning.is === 'revision' || meaning.is === 'tag') return meaning.controlPlane;
  const [only, ...others] = mesh.controlPlanes;
  return name === 'default' && others.length === 0 ? only : undefined;
}

/** Does the control plane watch the namespace of this name? */
export function watches(mesh: Mesh, controlPlane: ControlPlane, namespace: string): Discovery {
  const model = mesh.namespaces.get(namespace);
  return discoveryOf(mesh, controlPlane, model ?? unwritten(namespace));
}

function unwritten(name: string) {
  const labels = { 'kubernetes.io/metadata.name': name };
  return { name, resource: undefined, labels, labelsKnown: 'unknown' } as const;
}

/** The selectors of a control plane, as something a finding can be about. */
export function selectorsSubject(controlPlane: ControlPlane, path: Path = []): Subject {
  const { release, namespace } = controlPlane;
  return subjectAt(
    { kind: 'ControlPlane', namespace, name: release ?? 'istiod' },
    controlPlane.meshConfigAt?.(['discoverySelectors', ...path]) ?? controlPlane.at,
  );
}

/** Where the selectors stand that leave a namespace out. */
export function selectorsEvidence(controlPlane: ControlPlane): Evidence {
  const at = controlPlane.meshConfigAt?.(['discoverySelectors']) ?? controlPlane.at;
  return { says: `the discovery selectors of revision ${controlPlane.revision}`, at };
}
