import { clusterStateOf } from '../../mesh/cluster-state.ts';
import { defineRule } from '../rule.ts';
import { nameUses } from '../revisions/revision-names.ts';

/**
 * A revision whose Deployment is not Available answers no webhook call and serves no configuration: with failurePolicy Fail
 * (the charts' default) pods that ask for it are not created.
 */
export default defineRule({
  id: 'revision-unavailable',
  name: 'revision-unavailable',
  level: 'warning',
  inputs: ['ClusterState', 'namespaces', 'workloads', 'components', 'tags'],
  summary: 'A control plane is installed and not available (live cluster only).',
  messages: {
    asked:
      'The control plane of revision {revision} is not available ({ready} of {desired} replicas ready), and {users} ask for it.',
    idle: 'The control plane of revision {revision} is not available ({ready} of {desired} replicas ready).',
  },
  advice: {
    asked:
      'Bring it up before anything asks for it: pods that are created until then fail, or come without a sidecar.',
    idle: 'Bring it up before a tag or a namespace moves to it.',
  },
  check({ mesh, report }) {
    const state = clusterStateOf(mesh);
    const down = state?.controlPlanes.filter(({ available }) => !available) ?? [];
    if (!state || down.length === 0) return;
    const uses = nameUses(mesh);
    for (const { revision, ready, desired, namespace, name, path } of down) {
      const names = new Set([revision, ...mesh.tags.filter((tag) => tag.revision === revision).map(nameOf)]);
      const users = uses.filter((use) => names.has(use.name)).map(({ by }) => by);
      const subject = { ...state.resource, kind: 'Deployment', namespace, name };
      const data = { revision, ready, desired };
      if (users.length === 0) report(subject, path, 'idle', data);
      else report(subject, path, 'asked', { ...data, users }, { level: 'error' });
    }
  },
});

function nameOf({ name }: { readonly name: string }): string {
  return name;
}
