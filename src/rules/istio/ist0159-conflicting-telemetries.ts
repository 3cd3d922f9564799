import { fields, labels } from '../body.ts';
import { defineRule } from '../rule.ts';
import { contestedWorkloads } from './workload-conflicts.ts';

/** IST0159 (since 1.18): of several Telemetries for a pod one wins. */
export default defineRule({
  id: 'IST0159',
  name: 'conflicting-telemetries',
  level: 'error',
  inputs: ['Telemetry', 'workloads'],
  summary: 'Several Telemetries select the same workload.',
  messages: {
    conflict: 'The Telemetries {names} all select {kind} {workload}: one of them is ignored.',
  },
  advice: 'Make the selectors exclude each other, or merge the Telemetries.',
  check({ mesh, report }) {
    const contested = contestedWorkloads(mesh, 'Telemetry', (telemetry) =>
      labels(fields(fields(telemetry.body, 'spec'), 'selector'), 'matchLabels'),
    );
    for (const { workload, resources } of contested) {
      const names = resources.map(({ name }) => name).sort();
      const data = { names, kind: workload.kind, workload: workload.name };
      for (const telemetry of resources) report(telemetry, ['metadata', 'name'], 'conflict', data);
    }
  },
});
