import { clusterStateOf } from '../../mesh/cluster-state.ts';
import { defineRule } from '../rule.ts';
import { countText, evidenceOf, grouped } from './running-proxies.ts';

/** A proxy keeps the control plane it was made for until its pod is created anew, whatever labels say since. */
export default defineRule({
  id: 'proxy-without-control-plane',
  name: 'proxy-without-control-plane',
  level: 'error',
  inputs: ['ClusterState', 'controlPlanes', 'revisions'],
  summary: 'Running proxies belong to a revision that no control plane provides (live cluster only).',
  messages: {
    gone: '{count} use revision {revision}, which no control plane provides (namespaces: {namespaces}).',
  },
  advice:
    'Restart these workloads so that they get a proxy of a revision that is there, or install the revision again. They get no configuration, and their certificates end within a day.',
  check({ mesh, report, unchecked }) {
    const state = clusterStateOf(mesh);
    // Without any control plane in view the proxies are served from another cluster.
    if (!state || mesh.controlPlanes.length === 0) return;
    const proxies = state.proxies.filter(({ revision }) => revision !== '');
    for (const [revision, group] of grouped(proxies, (proxy) => proxy.revision)) {
      const meaning = mesh.meaningOfRevision(revision);
      if (meaning.is === 'elsewhere') {
        unchecked(`proxies of revision ${revision}`, meaning.because, state.resource, group[0].path);
      }
      if (meaning.is !== 'nothing') continue;
      const namespaces = [...new Set(group.map(({ namespace }) => namespace))].sort();
      const data = { count: countText(group), revision, namespaces };
      report(state.resource, group[0].path, 'gone', data, { evidence: evidenceOf(group) });
    }
  },
});
