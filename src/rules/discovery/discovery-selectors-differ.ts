import type { ControlPlane, Mesh } from '../../mesh/mesh.ts';
import { isKnown } from '../../yaml/placeholders.ts';
import { defineRule } from '../rule.ts';
import { narrowed, selectorsEvidence, selectorsSubject, watches } from './watchers.ts';

/**
 * Revisions of one mesh (one system namespace, one root certificate) have to see the same namespaces, or a move changes
 * who is known to whom. Compared over the namespaces of this repository, not as text.
 */
export default defineRule({
  id: 'discovery-selectors-differ',
  name: 'discovery-selectors-differ',
  level: 'warning',
  inputs: ['controlPlanes', 'namespaces', 'meshConfig'],
  summary: 'Two revisions of one mesh watch different namespaces.',
  messages: {
    differ:
      'Revision {revision} does not watch {namespaces}, which revision {other} watches: what moves between them changes what it can reach.',
  },
  advice:
    'Give both revisions the same discovery selectors while both run, and change them in a step of its own.',
  check({ mesh, report }) {
    for (const narrow of narrowed(mesh)) {
      for (const wide of mesh.controlPlanes) {
        if (!isSameMesh(narrow, wide)) continue;
        const namespaces = leftOutBy(mesh, narrow, wide);
        if (namespaces.length === 0) continue;
        const data = { revision: narrow.revision, other: wide.revision, namespaces };
        report(selectorsSubject(narrow), [], 'differ', data, { evidence: [selectorsEvidence(wide)] });
      }
    }
  },
});

function isSameMesh(one: ControlPlane, other: ControlPlane): boolean {
  const clear = isKnown(one.revision) && isKnown(other.revision) && one.revision !== other.revision;
  return clear && one.namespace === other.namespace;
}

function leftOutBy(mesh: Mesh, narrow: ControlPlane, wide: ControlPlane): string[] {
  return [...mesh.namespaces.values()]
    .filter(
      ({ name, resource }) =>
        resource !== undefined &&
        watches(mesh, narrow, name).discovered === 'no' &&
        watches(mesh, wide, name).discovered === 'yes',
    )
    .map(({ name }) => name);
}
