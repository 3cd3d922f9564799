import { clusterStateOf } from '../../mesh/cluster-state.ts';
import { defineRule } from '../rule.ts';
import { definitionsWithout, servedText } from './gateway-api-versions.ts';

const PLURALS = ['gateways', 'gatewayclasses', 'httproutes', 'grpcroutes'];

/** IST0172 (1.26 and later): a later release will read v1 only. */
export default defineRule({
  id: 'IST0172',
  name: 'gateway-api-version-soon-unsupported',
  level: 'warning',
  inputs: ['ClusterState', 'controlPlanes'],
  summary: 'A Gateway API CRD does not serve v1, which a later Istio will need (live cluster only).',
  messages: { old: 'The CRD {name} serves {served}, and not v1.' },
  advice: 'Upgrade the Gateway API CRDs before the next upgrade of Istio.',
  check({ mesh, report }) {
    const state = clusterStateOf(mesh);
    if (!state) return;
    for (const definition of definitionsWithout(mesh, 'v1', PLURALS, 26)) {
      const { name, path } = definition;
      report(state.resource, path, 'old', { name, served: servedText(definition) });
    }
  },
});
