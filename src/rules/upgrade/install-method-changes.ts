import { clusterStateOf } from '../../mesh/cluster-state.ts';
import type { ControlPlane, Mesh } from '../../mesh/mesh.ts';
import { isKnown } from '../../yaml/placeholders.ts';
import { defineChangeRule } from '../change-rule.ts';
import { controlPlaneSubject } from '../revisions/revision-names.ts';

/** Installers that keep their records as Helm releases, so that one can take over what the other installed. */
const SHARE_RELEASES = new Set<ControlPlane['installer']>(['helm', 'flux']);

/** Objects carry the mark of who owns them: Helm refuses what it did not create, and pruning deletes what it did. */
export default defineChangeRule({
  id: 'install-method-changes',
  name: 'install-method-changes',
  level: 'warning',
  inputs: ['controlPlanes', 'ClusterState'],
  summary: 'The same revision is installed by another tool than before.',
  messages: {
    moves:
      'Control plane {revision} moves from {from} to {to}: the old owner deletes its objects, or the new one refuses to take them over.',
  },
  advice:
    'Install the new one as a revision of its own beside the old one, or let it adopt the objects (Helm ownership labels and annotations) with pruning off. Read what is deleted before merging.',
  check({ before, after, report }) {
    // What runs does not say who brought it.
    if (clusterStateOf(before)) return;
    for (const now of distinct(after.controlPlanes)) {
      const then = counterparts(before, now);
      const [was] = then;
      if (!was || !isKnown(now.revision) || !hasMoved(then, counterparts(after, now))) continue;
      const sameRelease =
        SHARE_RELEASES.has(was.installer) && SHARE_RELEASES.has(now.installer) && was.release === now.release;
      if (sameRelease) continue;
      const data = { revision: now.revision, from: was.installer, to: now.installer };
      const evidence = [{ says: `before: installed by ${was.installer}`, at: was.at }];
      report(controlPlaneSubject(now), [], 'moves', data, { evidence });
    }
  },
});

function distinct(controlPlanes: readonly ControlPlane[]): ControlPlane[] {
  const first = new Map<string, ControlPlane>();
  for (const one of controlPlanes) {
    const key = JSON.stringify([one.revision, one.namespace]);
    if (!first.has(key)) first.set(key, one);
  }
  return [...first.values()];
}

function counterparts({ controlPlanes }: Mesh, like: ControlPlane): ControlPlane[] {
  return controlPlanes.filter(
    ({ revision, namespace }) => revision === like.revision && namespace === like.namespace,
  );
}

/** No installer of the one side is on the other. A second owner that comes or goes is another matter. */
function hasMoved(then: readonly ControlPlane[], now: readonly ControlPlane[]): boolean {
  const installers = new Set(then.map(({ installer }) => installer));
  const all = [...then, ...now];
  return (
    all.every(({ installer }) => installer !== 'unknown') &&
    now.every(({ installer }) => !installers.has(installer))
  );
}
