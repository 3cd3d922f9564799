import { defineRule } from '../rule.ts';
import { coveredRoutes } from './route-coverage.ts';

/** IST0130 (since 1.9): a route behind one that takes every request. */
export default defineRule({
  id: 'IST0130',
  name: 'unreachable-route',
  level: 'warning',
  inputs: ['VirtualService'],
  summary: 'A route of a VirtualService is never used.',
  messages: {
    after: 'Route {route} is never used: route {by} before it matches everything.',
    second: 'Route {by} is never used: route {route} before it matches everything, too.',
    matches: 'Route {route} is never used: routes before it have all its matches.',
  },
  advice: 'Put the route without match last, or remove what is never used. Routes are tried in their order.',
  check({ mesh, report }) {
    for (const virtualService of mesh.resources('VirtualService')) {
      for (const { what, route, by, path } of coveredRoutes(virtualService)) {
        if (what === 'route-after-catch-all') report(virtualService, path, 'after', { route, by });
        if (what === 'second-catch-all') report(virtualService, path, 'second', { route, by });
        if (what === 'all-matches') report(virtualService, path, 'matches', { route });
      }
    }
  },
});
