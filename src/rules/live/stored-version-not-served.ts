import { clusterStateOf } from '../../mesh/cluster-state.ts';
import { defineRule } from '../rule.ts';

/**
 * The API server refuses a CRD that drops a version which `status.storedVersions` still lists (kubernetes.io, "Versions in
 * CustomResourceDefinitions"). One that is not served any more is the next to be dropped.
 */
export default defineRule({
  id: 'stored-version-not-served',
  name: 'stored-version-not-served',
  level: 'warning',
  inputs: ['ClusterState'],
  summary: 'A CRD may hold objects in a version that it no longer serves (live cluster only).',
  messages: {
    stored: 'The CRD {name} has stored objects as {versions}, and serves only {served}.',
  },
  advice:
    'Write every object of this kind once (the storage version migrator does), then remove the old version from status.storedVersions. Until then a CRD without that version is refused.',
  check({ mesh, report }) {
    const state = clusterStateOf(mesh);
    for (const { name, stored, served, path } of state?.definitions ?? []) {
      const versions = stored.filter((version) => !served.includes(version));
      if (!state || versions.length === 0 || served.length === 0) continue;
      report(state.resource, path, 'stored', { name, versions, served });
    }
  },
});
