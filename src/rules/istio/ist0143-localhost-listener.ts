import { Exposures } from '../../listeners/exposure.ts';
import { type LoopbackListener, loopbackListeners } from '../../listeners/loopback-listeners.ts';
import type { ControlPlane, Injection, Mesh, ServiceModel, Workload } from '../../mesh/mesh.ts';
import type { Evidence } from '../../vocabulary.ts';
import { qualifiedName, text } from '../body.ts';
import { defineRule, type RuleContext } from '../rule.ts';
import { deliveryOf, isExempt } from './ist0143-exemptions.ts';
import { destinationsOf } from './virtual-service-destinations.ts';

type Context = RuleContext<'refused' | 'later'>;

/**
 * IST0143 (`istioctl x precheck` 1.10 to 1.20, on running pods): since Istio 1.10 the sidecar connects to the pod's address,
 * where a listener on loopback does not answer. Here it is read off the manifests.
 */
export default defineRule({
  id: 'IST0143',
  name: 'localhost-listener',
  level: 'error',
  inputs: [
    'workloads',
    'services',
    'injection',
    'controlPlanes',
    'meshConfig',
    'Sidecar',
    'VirtualService',
    'ConfigMap',
    'hosts',
  ],
  summary:
    'A port that a Service exposes listens on localhost, where the sidecar of Istio 1.10 and later cannot reach it.',
  messages: {
    refused:
      'Service {service} sends port {port} to {target}, but container {container} listens on {host}: the sidecar cannot reach it.',
    later:
      'Service {service} sends port {port} to {target}, and container {container} listens on {host}: that ends with Istio 1.10.',
  },
  advice:
    'Listen on 0.0.0.0 (or ::). If the program cannot, add a Sidecar for this workload whose ingress maps port {target} to 127.0.0.1:{target}.',
  check(context) {
    const { mesh } = context;
    const exposures = new Exposures(mesh.services);
    const isRouted = routedServices(mesh);
    for (const workload of mesh.workloads) {
      if (isProxy(workload)) continue;
      const listeners = loopbackListeners(workload, exposures, (name) =>
        mesh.find('ConfigMap', workload.namespace, name),
      );
      if (listeners.length > 0) checkWorkload(context, workload, listeners, isRouted);
    }
  },
});

/** Whether a VirtualService routes to a Service, which is asked for few and answered for all at once. */
function routedServices(mesh: Mesh): (service: ServiceModel) => boolean {
  let routed: ReadonlySet<unknown> | undefined;
  return ({ resource }) => {
    routed ??= new Set(
      mesh.resources('VirtualService').flatMap((virtualService) =>
        destinationsOf(virtualService).map((destination) => {
          const host = text(destination.fields, 'host');
          return mesh.lookupHost(host, virtualService.namespace, []).provider;
        }),
      ),
    );
    return routed.has(resource);
  };
}

/** Gateways and waypoints are the proxy; what they bind is Istio's business. */
function isProxy({ containers }: Workload): boolean {
  return containers.some(({ name, init }) => name === 'istio-proxy' && !init);
}

function checkWorkload(
  context: Context,
  workload: Workload,
  listeners: readonly LoopbackListener[],
  isRouted: (service: ServiceModel) => boolean,
): void {
  const { mesh } = context;
  const injection = mesh.injectionOf(workload);
  if (injection.injected === 'no') return;
  const controlPlane = mesh.controlPlanes.find(({ revision }) => revision === injection.revision);
  const delivery = deliveryOf(mesh, controlPlane, injection.revision);
  if (delivery === 'served') return;
  for (const listener of listeners) {
    const { bind, container, exposure } = listener;
    if (isExempt(mesh, workload, exposure.target)) continue;
    // Where the sidecar is in doubt, a VirtualService that routes here decides: without a sidecar the port is not reached either.
    if (injection.injected === 'unknown' && !isRouted(exposure.service)) {
      const why = 'whether its pods get a sidecar is not known';
      context.unchecked('a port that listens on localhost', why, workload.resource, bind.path);
      continue;
    }
    const data = {
      service: qualifiedName(exposure.service),
      port: exposure.port.port,
      target: exposure.target,
      container: container.name,
      host: bind.host,
    };
    context.report(workload.resource, bind.path, delivery === 'refused' ? 'refused' : 'later', data, {
      confidence: bind.known && injection.injected === 'yes' ? 'certain' : 'likely',
      evidence: evidenceFor(mesh, workload, listener, injection, controlPlane),
      ...(delivery === 'served-for-now' && { level: 'info' as const }),
    });
  }
}

/** Who says so: the bind, the Service, the injection, and the version that makes it matter. */
function evidenceFor(
  mesh: Mesh,
  { resource }: Workload,
  { bind, exposure }: LoopbackListener,
  injection: Injection,
  controlPlane: ControlPlane | undefined,
): Evidence[] {
  const { service, port } = exposure;
  const evidence: Evidence[] = [
    { says: `the container is told ${bind.setting}`, at: resource.origin.at(bind.path) },
    ...(bind.configMap ? [configMapEvidence(bind.configMap)] : []),
    {
      says: `Service ${service.name} sends its port ${port.port} there`,
      at: service.resource.origin.at(['spec', 'ports', port.index]),
    },
    {
      says:
        injection.injected === 'yes'
          ? `its pods get a sidecar: ${injection.because}`
          : 'a VirtualService routes to it',
      ...(injection.at && { at: injection.at }),
    },
  ];
  if (controlPlane?.version) {
    evidence.push({ says: `the control plane is ${controlPlane.versionText}`, at: controlPlane.at });
  } else if (mesh.controlPlanes.length === 0) {
    evidence.push({ says: 'no version of the control plane is written here: taken for 1.10 or later' });
  }
  return evidence;
}

function configMapEvidence({ resource, path }: NonNullable<LoopbackListener['bind']['configMap']>): Evidence {
  return { says: `the value stands in ConfigMap ${resource.name}`, at: resource.origin.at(path) };
}
