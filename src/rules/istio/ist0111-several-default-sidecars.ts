import { defineRule } from '../rule.ts';
import { isNamespaceAmbient } from './mesh-membership.ts';
import { defaultSidecars } from './sidecar-selectors.ts';
import { byNamespace } from './workload-conflicts.ts';

/** IST0111 (all releases): of several Sidecars for a whole namespace one wins. */
export default defineRule({
  id: 'IST0111',
  name: 'several-default-sidecars',
  level: 'error',
  inputs: ['Sidecar', 'namespaces'],
  summary: 'A namespace has several Sidecars without workload selector.',
  messages: {
    several:
      'The Sidecars {names} of namespace {namespace} have no workload selector: one of them is ignored.',
  },
  advice: 'Merge them into one, or give all but one a workload selector.',
  check({ mesh, report }) {
    for (const [namespace, sidecars] of byNamespace(defaultSidecars(mesh))) {
      if (sidecars.length < 2 || isNamespaceAmbient(mesh, namespace)) continue;
      if (mesh.world === 'open' && namespace === '') continue;
      const names = sidecars.map(({ name }) => name).sort();
      for (const sidecar of sidecars) report(sidecar, ['metadata', 'name'], 'several', { names, namespace });
    }
  },
});
