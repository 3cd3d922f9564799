import type { Change } from '../../vocabulary.ts';
import { decidingLabel, namespaceLabelAt, labelText } from '../../mesh/deciding-label.ts';
import type { Mesh } from '../../mesh/mesh.ts';
import { blastRadius } from './blast-radius.ts';

/**
 * Namespaces whose manifest goes while workloads in them stay: the label that decided is written nowhere any more. Whoever prunes
 * deletes the namespace, with all that is in it.
 */
export function unwrittenNamespaces(base: Mesh, head: Mesh): Change[] {
  return [...base.namespaces.values()].flatMap((from) => {
    const { name, resource, labels } = from;
    const to = head.namespaces.get(name);
    const label = decidingLabel(labels, {});
    const inside = head.workloads.filter(({ namespace }) => namespace === name);
    if (!resource || !label || !to || to.resource || to.managedBy || inside.length === 0) return [];
    const at = namespaceLabelAt(from, label.key);
    return [
      {
        kind: 'namespace-moves-revision',
        subject: name,
        from: `${label.key}=${label.value}`,
        to: 'not written here',
        message: `Namespace ${name} is not written here any more, and with it ${labelText(label)}, while workloads in it stay: what prunes deletes them too, and otherwise what decides is not known here.`,
        ...(at ? { at } : {}),
        evidence: [],
        blastRadius: blastRadius(head, inside, [name]),
      },
    ];
  });
}
