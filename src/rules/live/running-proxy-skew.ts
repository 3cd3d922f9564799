import { minorDistance, type IstioVersion } from '../../facts/versions.ts';
import { clusterStateOf, type ProxyGroup } from '../../mesh/cluster-state.ts';
import { defineRule } from '../rule.ts';
import { countText, evidenceOf, grouped } from './running-proxies.ts';

type Versioned = ProxyGroup & { readonly version: IstioVersion };

/** A proxy may be one minor older than its control plane and never newer (istio.io, supported releases). */
export default defineRule({
  id: 'running-proxy-skew',
  name: 'running-proxy-skew',
  level: 'warning',
  inputs: ['ClusterState', 'revisions'],
  summary: 'Running proxies are newer than their control plane, or too old for it (live cluster only).',
  messages: {
    ahead: '{count} run proxies of 1.{minor}, newer than their control plane {revision} ({control}).',
    behind:
      '{count} run proxies of 1.{minor}, {lag} minors behind their control plane {revision} ({control}).',
  },
  advice: {
    ahead: 'Upgrade the control plane, or restart these workloads so that they get its own proxy.',
    behind: 'Restart these workloads before the control plane goes further: one minor of lag is supported.',
  },
  check({ mesh, report }) {
    const state = clusterStateOf(mesh);
    if (!state) return;
    const versioned = state.proxies.filter(
      (proxy): proxy is Versioned => proxy.revision !== '' && proxy.version !== undefined,
    );
    for (const [, group] of grouped(versioned, ({ revision, version }) => `${revision} ${version.minor}`)) {
      const [{ revision, version, path }] = group;
      const meaning = mesh.meaningOfRevision(revision);
      const plane = meaning.is === 'revision' || meaning.is === 'tag' ? meaning.controlPlane : undefined;
      const lag = plane?.version ? minorDistance(version, plane.version) : 0;
      if (!plane || (lag >= 0 && lag <= 1)) continue;
      const data = { count: countText(group), minor: version.minor, revision, control: plane.versionText };
      const options = {
        confidence: plane.confidence,
        evidence: [
          { says: `revision ${revision} is ${plane.versionText}`, at: plane.at },
          ...evidenceOf(group),
        ],
      };
      if (lag < 0) report(state.resource, path, 'ahead', data, options);
      else report(state.resource, path, 'behind', { ...data, lag }, options);
    }
  },
});
