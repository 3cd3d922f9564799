import type { Change } from '../../vocabulary.ts';
import { discoveryOf } from '../../mesh/discovery.ts';
import type { Discovery } from '../../mesh/discovery.ts';
import type { ControlPlane, Mesh, NamespaceModel } from '../../mesh/mesh.ts';
import { blastRadius } from './blast-radius.ts';

/** Namespaces that a control plane starts or stops watching: it takes effect on all its running proxies within seconds. */
export function discoveryChanges(base: Mesh, head: Mesh): Change[] {
  return sharedRevisions(base, head).flatMap((revision) => {
    const [earlier, now] = [base, head].map(({ controlPlanes }) =>
      controlPlanes.findLast((one) => one.revision === revision),
    );
    if (!earlier || !now) return [];
    return [...head.namespaces.values()].flatMap((to) => {
      const from = base.namespaces.get(to.name);
      if (!from) return [];
      const before = discoveryOf(base, earlier, from);
      const after = discoveryOf(head, now, to);
      const known = before.discovered !== 'unknown' && after.discovered !== 'unknown';
      if (!known || before.discovered === after.discovered) return [];
      return [change(head, now, from, to, after)];
    });
  });
}

/** Revisions that both sides have, sorted. */
export function sharedRevisions(base: Mesh, head: Mesh): string[] {
  const before = new Set(base.controlPlanes.map(({ revision }) => revision));
  const shared = head.controlPlanes.map(({ revision }) => revision).filter((name) => before.has(name));
  return [...new Set(shared)].sort();
}

function change(
  head: Mesh,
  controlPlane: ControlPlane,
  from: NamespaceModel,
  to: NamespaceModel,
  { discovered, because }: Discovery,
): Change {
  const { revision } = controlPlane;
  const enters = discovered === 'yes';
  const relabelled = JSON.stringify(sorted(from.labels)) !== JSON.stringify(sorted(to.labels));
  const selectorsAt = controlPlane.meshConfigAt?.(['discoverySelectors']) ?? controlPlane.at;
  const at = relabelled ? to.resource?.origin.at(['metadata', 'labels']) : selectorsAt;
  const changed = relabelled ? 'its labels changed' : 'meshConfig.discoverySelectors changed';
  const cause = `${changed}, and ${because}`;
  const inside = head.workloads.filter(({ namespace }) => namespace === to.name);
  return {
    kind: enters ? 'namespace-enters-discovery' : 'namespace-leaves-discovery',
    subject: to.name,
    message: enters
      ? `Revision ${revision} begins to watch namespace ${to.name}, at once for all its proxies: ${cause}.`
      : `Revision ${revision} stops watching namespace ${to.name}, at once for all its proxies: ${cause}.`,
    ...(at ? { at } : {}),
    evidence: relabelled
      ? [{ says: `the discovery selectors of revision ${revision}`, at: selectorsAt }]
      : [],
    blastRadius: blastRadius(head, inside, [to.name]),
  };
}

function sorted(labels: Readonly<Record<string, string>>): (readonly [string, string])[] {
  return Object.entries(labels).sort(([a], [b]) => (a < b ? -1 : 1));
}
