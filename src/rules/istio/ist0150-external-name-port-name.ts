import { hasPlaceholder } from '../body.ts';
import { defineRule } from '../rule.ts';
import { isControlPlaneResource } from './control-plane-labels.ts';
import { isGatewayService, isUnsupportedPort } from './port-protocol.ts';

/** IST0150 (since 1.13): a TCP port of an ExternalName Service takes traffic for every other host on that port. */
export default defineRule({
  id: 'IST0150',
  name: 'external-name-port-name',
  level: 'warning',
  inputs: ['services', 'controlPlanes'],
  summary: 'A port of an ExternalName Service is TCP, or its name says no protocol.',
  messages: {
    invalid:
      'Port {port} of the ExternalName Service {service} is treated as TCP: it may take traffic for other hosts.',
  },
  advice: 'Name the port by its protocol (https-..., tls-..., http-...), or leave the ports out.',
  check({ mesh, report }) {
    // An ExternalName Service concerns the mesh only where there is one.
    if (mesh.world === 'open' && mesh.controlPlanes.length === 0) return;
    for (const service of mesh.services) {
      if (service.type !== 'ExternalName' || isControlPlaneResource(service.resource)) continue;
      if (isGatewayService(service)) continue;
      for (const port of service.ports) {
        if (!isUnsupportedPort(port) && port.name !== 'tcp') continue;
        if (hasPlaceholder(port.name) || hasPlaceholder(port.appProtocol)) continue;
        const data = { port: port.name || port.port, service: service.name };
        report(service.resource, ['spec', 'ports', port.index, 'port'], 'invalid', data);
      }
    }
  },
});
