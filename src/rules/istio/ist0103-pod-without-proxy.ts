import type { Workload } from '../../mesh/mesh.ts';
import { defineRule } from '../rule.ts';
import { INJECTION } from './namespace-labels.ts';

const INJECT = 'sidecar.istio.io/inject';

/**
 * IST0103 (all releases): a running Pod of an injected namespace without a proxy. A Pod's manifest in a repository is injected
 * when it is created, so this says something only where the files are a dump of a cluster.
 */
export default defineRule({
  id: 'IST0103',
  name: 'pod-without-proxy',
  level: 'warning',
  inputs: ['namespaces', 'workloads'],
  summary: 'A Pod of an injected namespace runs without the proxy (closed world only).',
  messages: {
    missing: 'Pod {pod} of the injected namespace {namespace} has no proxy container.',
  },
  advice: 'Restart the workload, so that its pods are created anew.',
  check({ mesh, report }) {
    if (mesh.world === 'open') return;
    for (const workload of mesh.workloads) {
      const namespace = mesh.namespaces.get(workload.namespace);
      const enabled = namespace?.resource !== undefined && namespace.labels[INJECTION] === 'enabled';
      if (workload.kind !== 'Pod' || !enabled || workload.namespace === 'istio-system') continue;
      if (isOptedOut(workload) || hasProxy(workload)) continue;
      const data = { pod: workload.name, namespace: workload.namespace };
      report(workload.resource, ['metadata', 'name'], 'missing', data);
    }
  },
});

function isOptedOut({ labels, annotations, hostNetwork }: Workload): boolean {
  return hostNetwork || (labels[INJECT] ?? annotations[INJECT] ?? '').toLowerCase() === 'false';
}

function hasProxy({ containers }: Workload): boolean {
  return (containers.find(({ name }) => name === 'istio-proxy')?.image ?? '') !== '';
}
