import { field, fields, hasPlaceholder, text, texts } from '../body.ts';
import { defineRule } from '../rule.ts';
import { destinationsOf, within } from './virtual-service-destinations.ts';

/** IST0112 (all releases): of a service with several ports a route has to name one. */
export default defineRule({
  id: 'IST0112',
  name: 'destination-port-required',
  level: 'error',
  inputs: ['VirtualService', 'hosts'],
  summary: 'A route to a service with several ports names none of them.',
  messages: {
    required: '{host} has the ports {ports}, and the destination names none of them.',
  },
  advice: 'Add port.number to the destination.',
  check({ mesh, report }) {
    for (const virtualService of mesh.resources('VirtualService')) {
      const exportTo = texts(fields(virtualService.body, 'spec'), 'exportTo');
      for (const destination of destinationsOf(virtualService)) {
        const host = text(destination.fields, 'host');
        if (host === '' || hasPlaceholder(host) || field(destination.fields, 'port') !== undefined) continue;
        const { known, ports, provider } = mesh.lookupHost(host, virtualService.namespace, exportTo);
        if (known !== 'yes' || ports.length < 2) continue;
        // istiod keeps the request's own port where the VirtualService serves the mesh: a warning is enough there.
        const level = mesh.world === 'open' && servesSidecars(virtualService.body) ? 'warning' : 'error';
        const evidence =
          provider && provider.origin.file !== ''
            ? [
                {
                  says: `${provider.kind} ${provider.name} has these ports`,
                  at: provider.origin.at(['spec', 'ports'], 'key'),
                },
              ]
            : [];
        const data = { host, ports: ports.map(String) };
        report(virtualService, within(destination, 'host'), 'required', data, { level, evidence });
      }
    }
  },
});

function servesSidecars(body: unknown): boolean {
  const gateways = texts(fields(body, 'spec'), 'gateways');
  return gateways.length === 0 || gateways.includes('mesh');
}
