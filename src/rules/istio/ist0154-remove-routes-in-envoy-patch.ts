import { defineRule } from '../rule.ts';
import { envoyPatches, removesRoutes, toldOf } from './envoy-filter-patches.ts';

/** IST0154 (since 1.13): Istio does not apply REMOVE to routes. */
export default defineRule({
  id: 'IST0154',
  name: 'remove-routes-in-envoy-patch',
  level: 'error',
  inputs: ['EnvoyFilter'],
  summary: 'An EnvoyFilter removes routes, which Istio ignores.',
  messages: {
    ignored: 'REMOVE has no effect on {applyTo}.',
  },
  advice: 'Change the VirtualService that makes the route instead.',
  check({ mesh, report }) {
    for (const patch of toldOf(mesh, envoyPatches(mesh).filter(removesRoutes))) {
      report(patch.filter, patch.path, 'ignored', { applyTo: patch.applyTo });
    }
  },
});
