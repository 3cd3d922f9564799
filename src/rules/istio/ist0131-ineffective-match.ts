import { defineRule } from '../rule.ts';
import { coveredRoutes } from './route-coverage.ts';

/** IST0131 (since 1.9): a match whose requests an earlier one takes. */
export default defineRule({
  id: 'IST0131',
  name: 'ineffective-match',
  level: 'info',
  inputs: ['VirtualService'],
  summary: 'A match of a route is never used.',
  messages: {
    covered: 'A match of route {route} is never used: route {by} takes the same requests.',
  },
  advice: 'Put the narrower match first, or remove it. Routes are tried in their order.',
  check({ mesh, report }) {
    for (const virtualService of mesh.resources('VirtualService')) {
      for (const { what, route, by, path, byPath } of coveredRoutes(virtualService)) {
        // Istio's analyzer tells each pair of matches; for a review one of them is enough.
        const pair = mesh.world === 'closed' && byPath ? { match: byPath.join('.') } : {};
        if (what === 'match') report(virtualService, path, 'covered', { route, by, ...pair });
      }
    }
  },
});
