import { field, fieldName, fields, integer, list, text } from '../body.ts';
import { defineRule, type RuleContext } from '../rule.ts';

type Context = RuleContext<'delayPercent' | 'egressProxy' | 'lightstep'>;

/** IST0002 (all releases): fields that Istio still reads, or ignores, and that have a successor. */
export default defineRule({
  id: 'IST0002',
  name: 'deprecated',
  level: 'warning',
  inputs: ['VirtualService', 'Sidecar', 'Telemetry', 'meshConfig'],
  summary: 'A resource uses something that Istio has deprecated.',
  messages: {
    delayPercent: 'fault.delay.percent is deprecated.',
    egressProxy: 'outboundTrafficPolicy.egressProxy is no documented part of the API.',
    lightstep: 'The tracing provider {provider} is of the deprecated type lightstep.',
  },
  advice: {
    delayPercent: 'Use fault.delay.percentage.value.',
    egressProxy: 'Route this traffic with a ServiceEntry and a VirtualService, then remove it.',
    lightstep: 'Send traces with the opentelemetry provider.',
  },
  check(context) {
    checkDelays(context);
    checkEgressProxies(context);
    checkLightstep(context);
  },
});

function checkDelays({ mesh, report }: Context): void {
  for (const virtualService of mesh.resources('VirtualService')) {
    for (const [index, route] of list(fields(virtualService.body, 'spec'), 'http').entries()) {
      const delay = fields(fields(route, 'fault'), 'delay');
      if ((integer(delay, 'percent') ?? 0) <= 0) continue;
      report(virtualService, ['spec', 'http', index, 'fault', 'delay', 'percent'], 'delayPercent');
      // Istio's analyzer says it once for a VirtualService.
      if (mesh.world === 'closed') break;
    }
  }
}

function checkEgressProxies({ mesh, report }: Context): void {
  for (const sidecar of mesh.resources('Sidecar')) {
    const spec = fields(sidecar.body, 'spec');
    const policy = fields(spec, 'outboundTrafficPolicy');
    if (field(policy, 'egressProxy') === undefined) continue;
    const path = ['spec', fieldName(spec, 'outboundTrafficPolicy'), fieldName(policy, 'egressProxy')];
    report(sidecar, path, 'egressProxy');
  }
}

function checkLightstep({ mesh, report }: Context): void {
  const deprecated = new Set(
    list(mesh.meshConfig(), 'extensionProviders')
      .filter((provider) => field(provider, 'lightstep') !== undefined)
      .map((provider) => text(provider, 'name')),
  );
  for (const telemetry of mesh.resources('Telemetry')) {
    const told = new Set<string>();
    list(fields(telemetry.body, 'spec'), 'tracing').forEach((tracing, index) => {
      list(tracing, 'providers').forEach((entry, position) => {
        const provider = text(entry, 'name');
        if (!deprecated.has(provider) || (mesh.world === 'closed' && told.has(provider))) return;
        told.add(provider);
        const path = ['spec', 'tracing', index, 'providers', position, 'name'];
        report(telemetry, path, 'lightstep', { provider });
      });
    });
  }
}
