import { qualifiedName } from '../body.ts';
import { defineRule } from '../rule.ts';
import { servedDeployments } from './services-of-deployment.ts';

/** IST0116 (all releases): the sidecar has one listener for a port number, and it has one transport protocol. */
export default defineRule({
  id: 'IST0116',
  name: 'port-with-several-protocols',
  level: 'warning',
  inputs: ['services', 'workloads', 'namespaces', 'injection'],
  summary: 'Services give the same port of a Deployment different transport protocols.',
  messages: {
    several: 'Deployment {deployment} is served on port {port} with different protocols by {services}.',
  },
  advice: 'Use different port numbers for different transport protocols.',
  check({ mesh, report }) {
    for (const { workload, services } of servedDeployments(mesh)) {
      const byPort = new Map<number, { protocol: string; service: string }[]>();
      for (const service of services) {
        for (const { port, protocol } of service.ports) {
          const uses = byPort.get(port) ?? [];
          byPort.set(port, uses);
          uses.push({ protocol, service: qualifiedName(service) });
        }
      }
      for (const [port, uses] of byPort) {
        if (new Set(uses.map(({ protocol }) => protocol)).size < 2) continue;
        // One Service with a port over TCP and UDP is DNS done right; Istio's analyzer counts it all the same.
        if (mesh.world === 'open' && new Set(uses.map(({ service }) => service)).size < 2) continue;
        const names = [...new Set(uses.map(({ service }) => service))].sort();
        const data = { deployment: workload.name, port, services: names };
        report(workload.resource, ['metadata', 'name'], 'several', data);
      }
    }
  },
});
