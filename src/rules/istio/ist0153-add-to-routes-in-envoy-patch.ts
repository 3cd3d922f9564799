import { defineRule } from '../rule.ts';
import { addsToRoutes, envoyPatches, toldOf } from './envoy-filter-patches.ts';

/** IST0153 (since 1.13): Istio does not apply ADD to routes. */
export default defineRule({
  id: 'IST0153',
  name: 'add-to-routes-in-envoy-patch',
  level: 'error',
  inputs: ['EnvoyFilter'],
  summary: 'An EnvoyFilter adds to routes, which Istio ignores.',
  messages: {
    ignored: 'ADD has no effect on {applyTo}.',
  },
  advice: 'Use MERGE, or for HTTP_ROUTE one of the INSERT operations.',
  check({ mesh, report }) {
    for (const patch of toldOf(mesh, envoyPatches(mesh).filter(addsToRoutes))) {
      report(patch.filter, patch.path, 'ignored', { applyTo: patch.applyTo });
    }
  },
});
