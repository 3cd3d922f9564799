import type { Mesh, ServiceModel } from '../../mesh/mesh.ts';
import type { ServicePortModel } from '../../mesh/services.ts';
import { hasPlaceholder } from '../body.ts';
import { defineRule } from '../rule.ts';
import { isControlPlaneResource } from './control-plane-labels.ts';
import { isGatewayService, isUnsupportedPort } from './port-protocol.ts';

/** IST0118 (all releases): without a protocol in name or appProtocol, Istio has to guess it from the first bytes. */
export default defineRule({
  id: 'IST0118',
  name: 'port-name',
  level: 'info',
  inputs: ['services', 'workloads', 'injection'],
  summary: 'A Service port does not say its protocol in the way Istio reads it.',
  messages: {
    convention: 'Port {name} ({port}) of Service {service} names no protocol that Istio knows.',
    unnamed: 'Port {port} of Service {service} has no name and no appProtocol.',
  },
  advice:
    'Set appProtocol, or name the port <protocol>[-<suffix>], such as http, grpc-api or tcp-db. Otherwise Istio detects the protocol, which fails where the server speaks first.',
  check({ mesh, report }) {
    for (const service of mesh.services) {
      if (service.type === 'ExternalName' || isControlPlaneResource(service.resource)) continue;
      const unclear = service.ports.filter(isUnclear);
      // The costly question last: the ports of most Services are named.
      if (unclear.length === 0 || isGatewayService(service) || !isServedByMesh(mesh, service)) continue;
      for (const port of unclear) {
        const data = { name: port.name, port: port.port, service: service.name };
        const message = port.name === '' ? 'unnamed' : 'convention';
        report(service.resource, ['spec', 'ports', port.index, 'port'], message, data);
      }
    }
  },
});

function isUnclear(port: ServicePortModel): boolean {
  return isUnsupportedPort(port) && !hasPlaceholder(port.name) && !hasPlaceholder(port.appProtocol);
}

/** In an open world only a Service in front of injected pods concerns the mesh. */
function isServedByMesh(mesh: Mesh, service: ServiceModel): boolean {
  if (mesh.world === 'closed') return true;
  if (Object.keys(service.selector).length === 0) return false;
  return mesh
    .select(service.selector, service.namespace)
    .selected.some((workload) => mesh.injectionOf(workload).injected === 'yes');
}
