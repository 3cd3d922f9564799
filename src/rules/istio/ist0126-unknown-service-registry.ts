import type { Mesh } from '../../mesh/mesh.ts';
import { fields, list, text } from '../body.ts';
import { defineRule } from '../rule.ts';
import { subjectAt } from '../subject.ts';

const BUILT_IN = ['Mock', 'Kubernetes', 'External'];
const REMOTE_CLUSTER = 'istio/multiCluster';

/**
 * IST0126 (since 1.6): a network whose endpoints come from a cluster that istiod has no access to. The Secrets that give it
 * access are hardly ever in a repository, so only a closed world says something.
 */
export default defineRule({
  id: 'IST0126',
  name: 'unknown-service-registry',
  level: 'error',
  inputs: ['meshNetworks', 'Secret'],
  summary:
    'A network of the mesh takes its endpoints from a registry that does not exist (closed world only).',
  messages: {
    unknown: 'Network {network} takes endpoints from {registry}, which is no registry of the mesh.',
  },
  advice: 'Correct the name, or add the Secret labelled istio/multiCluster=true that has it as a key.',
  check({ mesh, report }) {
    if (mesh.world === 'open') return;
    const known = new Set([...BUILT_IN, ...remoteClusters(mesh)]);
    for (const { networks, at } of mesh.meshNetworks) {
      const subject = subjectAt(
        { kind: 'MeshNetworks', namespace: 'istio-system', name: 'meshnetworks' },
        at,
      );
      for (const network of Object.keys(networks)) {
        for (const endpoint of list(fields(networks, network), 'endpoints')) {
          const registry = text(endpoint, 'fromRegistry');
          if (registry !== '' && !known.has(registry)) report(subject, [], 'unknown', { network, registry });
        }
      }
    }
  },
});

function remoteClusters(mesh: Mesh): string[] {
  return mesh
    .resources('Secret')
    .filter(({ labels }) => labels[REMOTE_CLUSTER] === 'true')
    .flatMap(({ body }) => Object.keys(fields(body, 'data')));
}
