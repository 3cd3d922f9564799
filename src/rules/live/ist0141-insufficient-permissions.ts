import { clusterStateOf } from '../../mesh/cluster-state.ts';
import { defineRule } from '../rule.ts';

/**
 * IST0141 (1.4 and later): what an installer creates, asked by SelfSubjectAccessReview. An account that may create none of it
 * is a reader, and says nothing about the installer's.
 */
export default defineRule({
  id: 'IST0141',
  name: 'insufficient-permissions',
  level: 'error',
  inputs: ['ClusterState'],
  summary: 'The account may not create everything that an installation of Istio needs (live cluster only).',
  messages: { denied: 'This account may not create {resource} {scope}.' },
  advice: 'Give the account that installs Istio this permission, or run the precheck as that account.',
  check({ mesh, report, unchecked }) {
    const state = clusterStateOf(mesh);
    if (!state) return;
    const denied = state.permissions.filter(({ allowed }) => !allowed);
    if (denied.length > 0 && denied.length === state.permissions.length) {
      unchecked('permissions to install Istio', 'this account may only read', state.resource);
      return;
    }
    for (const { resource, namespace, why, path } of denied) {
      const scope = namespace === '' ? 'in the cluster' : `in namespace ${namespace}`;
      const evidence = why === '' ? [] : [{ says: `the API server answers: ${why}` }];
      report(state.resource, path, 'denied', { resource, scope }, { evidence });
    }
  },
});
