import { defineRule } from '../rule.ts';
import { hasAutoImage, isMatchedByInjector } from './auto-image.ts';

/** IST0146 (since 1.13): `image: auto` is a placeholder that only injection replaces. */
export default defineRule({
  id: 'IST0146',
  name: 'image-auto-not-injected',
  level: 'warning',
  inputs: ['workloads', 'namespaces', 'MutatingWebhookConfiguration', 'injection'],
  summary: 'A Deployment with the proxy image auto is matched by no injection webhook.',
  messages: {
    unmatched:
      'Deployment {name} has the image auto, but injection does not apply to it: its pods cannot start.',
  },
  advice:
    'Label the pod template sidecar.istio.io/inject=true (with istio.io/rev for a revision), or the namespace.',
  check({ mesh, report }) {
    for (const workload of mesh.workloads) {
      if (workload.kind !== 'Deployment') continue;
      const path = hasAutoImage(workload);
      if (!path || isMatchedByInjector(mesh, workload) !== 'no') continue;
      report(workload.resource, path, 'unmatched', { name: workload.name });
    }
  },
});
