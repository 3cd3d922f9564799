import { defineRule } from '../rule.ts';
import { envoyPatches, replacesInVain, toldOf } from './envoy-filter-patches.ts';

/** IST0152 (since 1.13): REPLACE exists for filters and virtual hosts alone. */
export default defineRule({
  id: 'IST0152',
  name: 'replace-in-envoy-patch',
  level: 'error',
  inputs: ['EnvoyFilter'],
  summary: 'An EnvoyFilter replaces something that cannot be replaced.',
  messages: {
    ignored: 'REPLACE has no effect on {applyTo}.',
  },
  advice: 'Use MERGE, or REMOVE and ADD: REPLACE works on HTTP_FILTER, NETWORK_FILTER and VIRTUAL_HOST only.',
  check({ mesh, report }) {
    for (const patch of toldOf(mesh, envoyPatches(mesh).filter(replacesInVain))) {
      report(patch.filter, patch.path, 'ignored', { applyTo: patch.applyTo });
    }
  },
});
