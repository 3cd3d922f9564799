import { defineRule } from '../rule.ts';
import { levelOf, relativePatches } from './envoy-filter-patches.ts';

/** IST0155 (since 1.13): IST0151 for a filter that is patched once for each proxy version, as during an upgrade. */
export default defineRule({
  id: 'IST0155',
  name: 'relative-envoy-patch-by-version',
  level: 'warning',
  inputs: ['EnvoyFilter'],
  summary:
    'An EnvoyFilter without priority patches relative to a filter that another one brings for a certain proxy version.',
  messages: {
    relative:
      'The patch {operation} has no priority and concerns a filter that is patched by proxyVersion: during an upgrade it may not apply.',
  },
  advice: 'Set spec.priority, or use INSERT_FIRST or ADD, so that it applies whatever version the proxy has.',
  check({ mesh, report }) {
    for (const { patch, versioned } of relativePatches(mesh)) {
      if (!versioned) continue;
      report(patch.filter, patch.path, 'relative', { operation: patch.operation }, levelOf(mesh, patch));
    }
  },
});
