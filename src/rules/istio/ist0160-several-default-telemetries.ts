import type { Resource } from '../../render/resource.ts';
import { field, fields, list } from '../body.ts';
import { defineRule } from '../rule.ts';
import { soleResources } from './sole-resources.ts';

/** IST0160 (since 1.18): of several Telemetries for a whole namespace one wins. */
export default defineRule({
  id: 'IST0160',
  name: 'several-default-telemetries',
  level: 'error',
  inputs: ['Telemetry'],
  summary: 'A namespace has several Telemetries without selector.',
  messages: {
    several: 'The Telemetries {names} of namespace {namespace} have no selector: one of them is ignored.',
  },
  advice: 'Merge them into one, or give all but one a selector.',
  check({ mesh, report }) {
    const byNamespace = new Map<string, Resource[]>();
    for (const telemetry of soleResources(mesh, 'Telemetry')) {
      const spec = fields(telemetry.body, 'spec');
      if (field(spec, 'selector') !== undefined) continue;
      // Istio's analyzer does not look at targets; a policy of a waypoint is no default.
      const targets = field(spec, 'targetRef') !== undefined || list(spec, 'targetRefs').length > 0;
      if (mesh.world === 'open' && (targets || telemetry.namespace === '')) continue;
      byNamespace.set(telemetry.namespace, [...(byNamespace.get(telemetry.namespace) ?? []), telemetry]);
    }
    for (const [namespace, telemetries] of byNamespace) {
      if (telemetries.length < 2) continue;
      const names = telemetries.map(({ name }) => name).sort();
      for (const telemetry of telemetries) {
        report(telemetry, ['metadata', 'name'], 'several', { names, namespace });
      }
    }
  },
});
