import { field, fields, hasPlaceholder, labels } from '../body.ts';
import { defineRule } from '../rule.ts';

const GATEWAY_NAME = 'gateway.networking.k8s.io/gateway-name';
const POLICIES = ['AuthorizationPolicy', 'RequestAuthentication', 'Telemetry', 'WasmPlugin'] as const;

/** IST0166 (since 1.22): policies bind to Gateway API Gateways by targetRef, not by labels. */
export default defineRule({
  id: 'IST0166',
  name: 'selector-on-gateway-pods',
  level: 'warning',
  inputs: [...POLICIES, 'workloads'],
  summary: 'A policy selects the pods of a Gateway API Gateway by labels, which has no effect.',
  messages: {
    ineffective: 'The selector chooses pods of the Gateway {gateway}, where it has no effect.',
  },
  advice: 'Use targetRefs with group gateway.networking.k8s.io, kind Gateway and the name of the Gateway.',
  check({ mesh, report }) {
    for (const policy of POLICIES.flatMap((kind) => mesh.resources(kind))) {
      const spec = fields(policy.body, 'spec');
      if (field(spec, 'selector') === undefined || field(spec, 'targetRef') !== undefined) continue;
      const selector = labels(field(spec, 'selector'), 'matchLabels');
      if (Object.entries(selector).flat().some(hasPlaceholder)) continue;
      for (const workload of mesh.select(selector, policy.namespace).selected) {
        const gateway = workload.labels[GATEWAY_NAME];
        if (gateway === undefined || (mesh.world === 'closed' && workload.kind !== 'Pod')) continue;
        report(policy, ['spec', 'selector'], 'ineffective', { gateway });
      }
    }
  },
});
