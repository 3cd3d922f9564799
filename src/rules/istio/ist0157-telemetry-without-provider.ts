import { field, fieldName, fields, list } from '../body.ts';
import { defineRule } from '../rule.ts';

/** IST0157 (since 1.17): access logging without a provider, neither here nor in the mesh's defaults, logs nothing. */
export default defineRule({
  id: 'IST0157',
  name: 'telemetry-without-provider',
  level: 'warning',
  inputs: ['Telemetry', 'meshConfig', 'controlPlanes'],
  summary: 'A Telemetry switches access logging on without a provider to log to.',
  messages: {
    ignored: 'This access logging names no provider, and the mesh has no default one: it is ignored.',
  },
  advice: 'Name a provider, such as envoy, or set meshConfig.defaultProviders.accessLogging.',
  check({ mesh, report }) {
    // The defaults are the mesh's: without its configuration in view nothing is known about them.
    if (mesh.world === 'open' && mesh.controlPlanes.length === 0) return;
    if (list(fields(mesh.meshConfig(), 'defaultProviders'), 'accessLogging').length > 0) return;
    for (const telemetry of mesh.resources('Telemetry')) {
      const spec = fields(telemetry.body, 'spec');
      const entries = list(spec, 'accessLogging');
      const index = entries.findIndex(
        (entry) => field(entry, 'disabled') !== true && list(entry, 'providers').length === 0,
      );
      if (index < 0) continue;
      report(telemetry, ['spec', fieldName(spec, 'accessLogging'), index], 'ignored');
    }
  },
});
