import { isMapping } from '../../untyped.ts';
import { field, fields, integer, list, text } from '../body.ts';
import { defineRule } from '../rule.ts';
import { isControlPlaneResource } from './control-plane-labels.ts';

/** The user that the proxy runs as; its traffic is not redirected to itself. */
const PROXY_USER = 1337;
const OWN_CONTAINERS = new Set(['istio-proxy', 'istio-operator']);
const PROXY_IMAGE = /(?:^|\/)proxyv2(?:[:@]|$)/;

/** IST0144 (all releases): traffic of this user bypasses the sidecar. */
export default defineRule({
  id: 'IST0144',
  name: 'proxy-user-id',
  level: 'warning',
  inputs: ['workloads', 'injection'],
  summary: 'An application runs as user 1337, which is the proxy, so its traffic bypasses the sidecar.',
  messages: {
    pod: 'The pods run as user 1337, which is reserved for the sidecar.',
    container: 'Container {container} runs as user 1337, which is reserved for the sidecar.',
  },
  advice: 'Run the application as another user.',
  check({ mesh, report }) {
    for (const workload of mesh.workloads) {
      if (isControlPlaneResource(workload.resource)) continue;
      if (mesh.world === 'closed' && workload.kind !== 'Pod' && workload.kind !== 'Deployment') continue;
      if (mesh.world === 'open' && mesh.injectionOf(workload).injected !== 'yes') continue;
      const containers = list(workload.spec, 'containers');
      if (mesh.world === 'open' && isProxyOnly(containers)) continue;
      if (runsAsProxy(workload.spec)) {
        report(workload.resource, [...workload.specPath, 'securityContext', 'runAsUser'], 'pod');
        continue;
      }
      const index = containers.findIndex(
        (container) => !OWN_CONTAINERS.has(text(container, 'name')) && runsAsProxy(container),
      );
      if (index < 0) continue;
      const path = [...workload.specPath, 'containers', index, 'securityContext', 'runAsUser'];
      report(workload.resource, path, 'container', { container: text(containers[index], 'name') });
    }
  },
});

function runsAsProxy(owner: unknown): boolean {
  const context = field(owner, 'securityContext');
  return isMapping(context) && integer(fields(owner, 'securityContext'), 'runAsUser') === PROXY_USER;
}

/** Pods of gateways hold nothing but the proxy: under its usual name, or by its image, which `auto` stands for. */
function isProxyOnly(containers: readonly unknown[]): boolean {
  return containers.every((container) => {
    const image = text(container, 'image');
    return OWN_CONTAINERS.has(text(container, 'name')) || image === 'auto' || PROXY_IMAGE.test(image);
  });
}
