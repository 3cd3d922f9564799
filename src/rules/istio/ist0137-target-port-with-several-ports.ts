import type { ServiceModel } from '../../mesh/mesh.ts';
import { defineRule } from '../rule.ts';
import { servedDeployments } from './services-of-deployment.ts';

/** IST0137 (all releases): inbound, the sidecar tells services apart by target port, so the first port's settings win. */
export default defineRule({
  id: 'IST0137',
  name: 'target-port-with-several-ports',
  level: 'warning',
  inputs: ['services', 'workloads', 'namespaces', 'injection'],
  summary: 'Services lead different ports to the same target port of a Deployment.',
  messages: {
    several:
      'Deployment {deployment} is served on target port {target} through the ports {ports} of {services}.',
  },
  advice: 'Use one Service port for a target port, or give the container a port for each.',
  check({ mesh, report }) {
    for (const { workload, services } of servedDeployments(mesh)) {
      for (const [target, ports] of portsByTarget(services)) {
        if (ports.size < 2) continue;
        const numbers = [...ports.keys()].sort((a, b) => a - b).map(String);
        const data = {
          deployment: workload.name,
          target,
          ports: numbers,
          services: [...ports.values()].sort(),
        };
        report(workload.resource, ['metadata', 'name'], 'several', data);
      }
    }
  },
});

/** For each target port the Service ports that lead to it, and the last Service that has each. */
function portsByTarget(services: readonly ServiceModel[]): ReadonlyMap<string, Map<number, string>> {
  const targets = new Map<string, Map<number, string>>();
  for (const service of services) {
    for (const { port, targetPort } of service.ports) {
      const target = String(targetPort === 0 ? port : targetPort);
      const ports = targets.get(target) ?? new Map<number, string>();
      targets.set(target, ports.set(port, service.name));
    }
  }
  return targets;
}
