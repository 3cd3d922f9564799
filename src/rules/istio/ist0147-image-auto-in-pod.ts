import { defineRule } from '../rule.ts';
import { hasAutoImage } from './auto-image.ts';

/** IST0147 (since 1.13): a Pod that was created with `image: auto` was not injected, and never will be. */
export default defineRule({
  id: 'IST0147',
  name: 'image-auto-in-pod',
  level: 'error',
  inputs: ['workloads'],
  summary: 'A Pod still has the proxy image auto (closed world only).',
  messages: {
    pod: 'Pod {name} has the image auto, so injection did not apply to it.',
  },
  advice: 'Mend the labels that injection looks at, and create the pod anew.',
  check({ mesh, report }) {
    // A Pod's manifest in a repository has yet to be injected.
    if (mesh.world === 'open') return;
    for (const workload of mesh.workloads) {
      const path = workload.kind === 'Pod' ? hasAutoImage(workload) : undefined;
      if (path) report(workload.resource, path, 'pod', { name: workload.name });
    }
  },
});
