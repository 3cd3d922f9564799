import { clusterStateOf } from '../../mesh/cluster-state.ts';
import { defineRule } from '../rule.ts';
import { definitionsWithout, servedText } from './gateway-api-versions.ts';

/** The ReferenceGrant joined in 1.18; the others are asked for since 1.16. */
const ASKED: readonly (readonly [since: number, plurals: readonly string[]])[] = [
  [16, ['gateways', 'gatewayclasses', 'httproutes']],
  [18, ['referencegrants']],
];

/** IST0156 (1.16 and later): Istio reads v1beta1 of these kinds. */
export default defineRule({
  id: 'IST0156',
  name: 'unsupported-gateway-api-version',
  level: 'error',
  inputs: ['ClusterState', 'controlPlanes'],
  summary: 'A Gateway API CRD does not serve the version that Istio reads (live cluster only).',
  messages: { old: 'The CRD {name} serves {served}; Istio reads v1beta1.' },
  advice: 'Upgrade the Gateway API CRDs before Istio: its resources of this kind have no effect until then.',
  check({ mesh, report }) {
    const state = clusterStateOf(mesh);
    for (const [since, plurals] of state ? ASKED : []) {
      for (const definition of definitionsWithout(mesh, 'v1beta1', plurals, since)) {
        const { name, path } = definition;
        if (state) report(state.resource, path, 'old', { name, served: servedText(definition) });
      }
    }
  },
});
