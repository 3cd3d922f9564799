import type { Mesh, ServiceModel } from '../../mesh/mesh.ts';
import { matchesLabels } from '../../mesh/selectors.ts';
import {
  field,
  fields,
  hasPlaceholder,
  integer,
  labels,
  list,
  qualifiedName,
  selectorText,
} from '../body.ts';
import { defineRule } from '../rule.ts';

/** IST0162 (since 1.20): the gateway listens on a port that its Service does not pass on. */
export default defineRule({
  id: 'IST0162',
  name: 'gateway-port-not-on-service',
  level: 'warning',
  inputs: ['Gateway', 'workloads', 'services'],
  summary: 'A Gateway server has a port that the Service of its workload does not expose.',
  messages: {
    port: 'Port {port} of the Gateway is on no Service of the pods selected by {selector}.',
  },
  advice: 'Add the port to the Service of the gateway, or use one that it has.',
  check({ mesh, report, unchecked }) {
    for (const gateway of mesh.resources('Gateway')) {
      const spec = fields(gateway.body, 'spec');
      const selector = labels(spec, 'selector');
      if (Object.entries(selector).flat().some(hasPlaceholder)) continue;
      const services = servicesBehind(mesh, selector);
      if (services === undefined) continue;
      if (mesh.world === 'open' && services.length === 0) {
        const why = 'the Service of its workload is not in this repository';
        unchecked('the ports of a Gateway', why, gateway, ['spec', 'servers']);
        continue;
      }
      const ports = new Set(services.flatMap((service) => acceptablePorts(service, mesh.world)));
      list(spec, 'servers').forEach((server, index) => {
        const port = integer(field(server, 'port'), 'number');
        if (port === undefined || ports.has(port)) return;
        const evidence = services
          .filter(({ resource }) => resource.origin.file !== '')
          .slice(0, 3)
          .map((service) => ({
            says: `Service ${qualifiedName(service)} exposes ${service.ports.map((one) => one.port).join(', ')}`,
            at: service.resource.origin.at(['spec', 'ports'], 'key'),
          }));
        const data = { port, selector: selectorText(selector) };
        report(gateway, ['spec', 'servers', index, 'port', 'number'], 'port', data, { evidence });
      });
    }
  },
});

/** The Services of the pods that a Gateway selects; `undefined` when it selects none, which IST0101 reports. */
function servicesBehind(mesh: Mesh, selector: Readonly<Record<string, string>>): ServiceModel[] | undefined {
  const pods = mesh
    .select(selector, undefined)
    .selected.filter(({ kind }) => mesh.world === 'open' || kind === 'Pod');
  if (pods.length === 0) return undefined;
  return mesh.services.filter((service) =>
    pods.some(
      (pod) => pod.namespace === service.namespace && matchesLabels(service.selector, pod.labels) === 'yes',
    ),
  );
}

/** The Service's port and its numeric target are both taken for the gateway's. */
function acceptablePorts({ ports, resource }: ServiceModel, world: Mesh['world']): number[] {
  const written = list(fields(resource.body, 'spec'), 'ports');
  return ports.flatMap(({ port, targetPort, protocol, index }) => {
    // Istio's analyzer takes a port without protocol for none, though Kubernetes makes it TCP.
    const declared = field(written[index], 'protocol');
    if (world === 'closed' ? declared !== 'TCP' : protocol !== 'TCP') return [];
    const target = Number(targetPort);
    return Number.isInteger(target) && target > 0 ? [port, target] : [port];
  });
}
