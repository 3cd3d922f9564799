import { defineRule } from '../rule.ts';
import { isInAmbient, isNamespaceAmbient } from './mesh-membership.ts';
import { defaultSidecars, sidecarSelector } from './sidecar-selectors.ts';

/** IST0167 (since 1.22): there is no sidecar in ambient mode for a Sidecar to configure. */
export default defineRule({
  id: 'IST0167',
  name: 'sidecar-in-ambient',
  level: 'warning',
  inputs: ['Sidecar', 'workloads', 'namespaces'],
  summary: 'A Sidecar is for workloads in ambient mode, where it has no effect.',
  messages: {
    workload: 'Sidecar {name} selects {workload}, which is in ambient mode: it has no effect there.',
    namespace: 'Namespace {namespace} is in ambient mode: Sidecar {name} has no effect.',
  },
  advice: 'Remove the Sidecar, or take the workload out of ambient mode.',
  check({ mesh, report }) {
    for (const sidecar of defaultSidecars(mesh)) {
      const { name, namespace } = sidecar;
      if (!isNamespaceAmbient(mesh, namespace)) continue;
      report(sidecar, ['metadata', 'name'], 'namespace', { name, namespace });
    }
    for (const sidecar of mesh.resources('Sidecar')) {
      const selector = sidecarSelector(sidecar);
      if (Object.keys(selector).length === 0) continue;
      const { selected } = mesh.select(selector, sidecar.namespace);
      const ambient = selected.find((workload) => isInAmbient(mesh, workload));
      if (ambient === undefined) continue;
      report(sidecar, ['metadata', 'name'], 'workload', { name: sidecar.name, workload: ambient.name });
    }
  },
});
