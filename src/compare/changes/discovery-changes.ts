import type { Change } from '../../vocabulary.ts';
import { isDiscovered } from '../../mesh/discovery.ts';
import type { Mesh, NamespaceModel } from '../../mesh/mesh.ts';
import { blastRadius } from './blast-radius.ts';

/** Namespaces that a control plane starts or stops watching: it takes effect on all its running proxies within seconds. */
export function discoveryChanges(base: Mesh, head: Mesh): Change[] {
  return sharedRevisions(base, head).flatMap((revision) =>
    [...head.namespaces.values()].flatMap((to) => {
      const from = base.namespaces.get(to.name);
      if (!from) return [];
      const before = isDiscovered(base.meshConfig(revision), from);
      const after = isDiscovered(head.meshConfig(revision), to);
      if (before === after || before === 'unknown' || after === 'unknown') return [];
      return [change(head, revision, from, to, after === 'yes')];
    }),
  );
}

/** Revisions that both sides have, sorted. */
export function sharedRevisions(base: Mesh, head: Mesh): string[] {
  const before = new Set(base.controlPlanes.map(({ revision }) => revision));
  const shared = head.controlPlanes.map(({ revision }) => revision).filter((name) => before.has(name));
  return [...new Set(shared)].sort();
}

function change(
  head: Mesh,
  revision: string,
  from: NamespaceModel,
  to: NamespaceModel,
  enters: boolean,
): Change {
  const relabelled = JSON.stringify(sorted(from.labels)) !== JSON.stringify(sorted(to.labels));
  const controlPlane = head.controlPlanes.findLast((one) => one.revision === revision);
  const at = relabelled
    ? to.resource?.origin.at(['metadata', 'labels'])
    : (controlPlane?.meshConfigAt?.(['discoverySelectors']) ?? controlPlane?.at);
  const cause = relabelled ? 'its labels changed' : 'meshConfig.discoverySelectors changed';
  const inside = head.workloads.filter(({ namespace }) => namespace === to.name);
  return {
    kind: enters ? 'namespace-enters-discovery' : 'namespace-leaves-discovery',
    subject: to.name,
    message: enters
      ? `Revision ${revision} begins to watch namespace ${to.name}, at once for all its proxies: ${cause}.`
      : `Revision ${revision} stops watching namespace ${to.name}, at once for all its proxies: ${cause}.`,
    ...(at ? { at } : {}),
    evidence: [],
    blastRadius: blastRadius(head, inside, [to.name]),
  };
}

function sorted(labels: Readonly<Record<string, string>>): (readonly [string, string])[] {
  return Object.entries(labels).sort(([a], [b]) => (a < b ? -1 : 1));
}
