import { defineRule } from '../rule.ts';
import { isInAmbient } from './mesh-membership.ts';
import { sidecarSelector } from './sidecar-selectors.ts';
import { contestedWorkloads } from './workload-conflicts.ts';

/** IST0110 (all releases): of several Sidecars for a pod one wins. */
export default defineRule({
  id: 'IST0110',
  name: 'conflicting-sidecars',
  level: 'error',
  inputs: ['Sidecar', 'workloads', 'namespaces'],
  summary: 'Several Sidecars select the same workload.',
  messages: {
    conflict: 'The Sidecars {names} all select {kind} {workload}: one of them is ignored.',
  },
  advice: 'Make the selectors exclude each other, or merge the Sidecars.',
  check({ mesh, report }) {
    for (const { workload, resources } of contestedWorkloads(mesh, 'Sidecar', sidecarSelector)) {
      if (isInAmbient(mesh, workload)) continue;
      const names = resources.map(({ name }) => name).sort();
      const data = { names, kind: workload.kind, workload: workload.name };
      for (const sidecar of resources) report(sidecar, ['metadata', 'name'], 'conflict', data);
    }
  },
});
