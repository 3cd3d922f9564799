import { defineRule } from '../rule.ts';
import { levelOf, relativePatches } from './envoy-filter-patches.ts';

/** IST0151 (since 1.13): EnvoyFilters without priority apply in the order of their creation. */
export default defineRule({
  id: 'IST0151',
  name: 'relative-envoy-patch',
  level: 'warning',
  inputs: ['EnvoyFilter'],
  summary: 'An EnvoyFilter places its patch relative to others and has no priority.',
  messages: {
    relative: 'The patch {operation} depends on the order of EnvoyFilters, and this one has no priority.',
  },
  advice:
    'Set spec.priority, or use INSERT_FIRST or ADD: a patch relative to something that is not there yet is not applied.',
  check({ mesh, report }) {
    for (const { patch, versioned } of relativePatches(mesh)) {
      if (versioned) continue;
      report(patch.filter, patch.path, 'relative', { operation: patch.operation }, levelOf(mesh, patch));
    }
  },
});
