import { perObject } from '../../remember.ts';
import { Exposures } from '../../listeners/exposure.ts';
import { type LoopbackListener, loopbackListeners } from '../../listeners/loopback-listeners.ts';
import { ambientOf } from '../../mesh/ambient.ts';
import type { Injection, Mesh, ServiceModel, Workload } from '../../mesh/mesh.ts';
import type { Evidence } from '../../vocabulary.ts';
import { text } from '../body.ts';
import { deliveryOf, type Delivery } from './ist0143-delivery.ts';
import type { Membership } from './ist0143-evidence.ts';
import { exemptionOf, type Exemption } from './ist0143-exemptions.ts';
import { writtenProxy } from '../upgrade/membership.ts';
import { destinationsOf } from './virtual-service-destinations.ts';

interface About {
  readonly workload: Workload;
  readonly listener: LoopbackListener;
}

/** What the mesh does to a Service port that leads to a listener on loopback. */
export type ListenerVerdict = About &
  (
    | {
        readonly is: 'unreached';
        /** `later`: the control plane is older than 1.10. `ambient`: by ztunnel, in every version. */
        readonly how: 'refused' | 'later' | 'ambient';
        readonly membership: Membership;
        readonly isSure: boolean;
        /** Switches that are set in vain. */
        readonly ignored: readonly Evidence[];
      }
    | { readonly is: 'spared'; readonly exemption: Exemption }
    | { readonly is: 'held'; readonly revision: string; readonly delivery: Held }
    | { readonly is: 'undecided'; readonly why: string }
  );

type Held = Extract<Delivery, { to: 'loopback' }>;

/** Every Service port that leads to a listener on loopback, judged. Computed once for a mesh; outside of it, nothing is. */
export const verdictsOf = perObject((mesh: Mesh): readonly ListenerVerdict[] => {
  const exposures = new Exposures(mesh.services);
  const isRouted = routedServices(mesh);
  return mesh.workloads.filter(isApplication).flatMap((workload) => {
    const listeners = loopbackListeners(workload, exposures, (name) =>
      mesh.find('ConfigMap', workload.namespace, name),
    );
    return listeners.length > 0 ? verdictsFor(mesh, workload, listeners, isRouted) : [];
  });
});

/** Gateways and waypoints are nothing but the proxy; what they bind is Istio's business. */
function isApplication(workload: Workload): boolean {
  const proxy = workload.containers.find(({ name, init }) => name === 'istio-proxy' && !init);
  return proxy === undefined || (proxy.image !== 'auto' && writtenProxy(workload) !== undefined);
}

/** By the injector, or written out in the manifest (`istioctl kube-inject`): then of the only control plane there is. */
function sidecarOf(mesh: Mesh, workload: Workload): Injection {
  const written = writtenProxy(workload);
  if (!written) return mesh.injectionOf(workload);
  const [only, ...others] = mesh.controlPlanes;
  return {
    injected: others.length > 0 ? 'unknown' : 'yes',
    revision: only?.revision ?? '',
    because: 'the manifest holds it',
    at: workload.resource.origin.at(written.path),
    tag: undefined,
    dangling: undefined,
  };
}

type IsRouted = (service: ServiceModel) => boolean;

function verdictsFor(
  mesh: Mesh,
  workload: Workload,
  listeners: readonly LoopbackListener[],
  isRouted: IsRouted,
): ListenerVerdict[] {
  const injection = sidecarOf(mesh, workload);
  if (injection.injected === 'no') return withoutSidecar(mesh, workload, listeners, injection);
  const { injected, revision } = injection;
  const controlPlane = mesh.controlPlanes.find((one) => one.revision === revision);
  const delivery = deliveryOf(mesh, controlPlane, revision);
  if (delivery.to === 'loopback-for-now' && delivery.stays) return [];
  return listeners.flatMap((listener): ListenerVerdict[] => {
    const about = { workload, listener };
    const exemption = exemptionOf(mesh, workload, injection, listener.exposure.target);
    if (exemption !== undefined) {
      return delivery.to === 'pod' && injected === 'yes' ? [{ ...about, is: 'spared', exemption }] : [];
    }
    if (delivery.to === 'loopback') {
      return injected === 'yes' ? [{ ...about, is: 'held', revision, delivery }] : [];
    }
    // Where the sidecar is in doubt, a VirtualService that routes here decides: without a sidecar it is not reached either.
    if (injected === 'unknown' && !isRouted(listener.exposure.service)) {
      return [
        {
          ...about,
          is: 'undecided',
          why: 'whether its pods get a sidecar, and from which control plane, is not known',
        },
      ];
    }
    const isSure = injected === 'yes';
    const says = isSure ? `its pods get a sidecar: ${injection.because}` : 'a VirtualService routes to it';
    const membership = { says, at: injection.at, controlPlane };
    const how = delivery.to === 'pod' ? 'refused' : 'later';
    const ignored = delivery.to === 'pod' ? delivery.ignored : [];
    return [{ ...about, is: 'unreached', how, membership, isSure, ignored }];
  });
}

/** Pods on the host's network are spared, those of the ambient mesh are not; others are outside of the mesh. */
function withoutSidecar(
  mesh: Mesh,
  workload: Workload,
  listeners: readonly LoopbackListener[],
  injection: Injection,
): ListenerVerdict[] {
  const { namespace, resource, specPath } = workload;
  if (workload.hostNetwork) {
    if (mesh.namespaceInjection(namespace).injected !== 'yes') return [];
    const at = resource.origin.at([...specPath, 'hostNetwork']);
    const exemption = { because: 'its pods use the network of the host and get no sidecar', at };
    return listeners.map((listener) => ({ workload, listener, is: 'spared', exemption }));
  }
  const model = mesh.namespaces.get(namespace);
  const ambient = model && ambientOf(model, workload, injection);
  if (ambient?.ambient !== 'yes') return [];
  const says = `its pods are in the ambient mesh: ${ambient.because}`;
  const membership = { says, at: ambient.at, controlPlane: undefined };
  return listeners.map((listener) => ({
    ...{ workload, listener, membership },
    ...{ is: 'unreached', how: 'ambient', isSure: true, ignored: [] },
  }));
}

/** Whether a VirtualService routes to a Service, which is asked for few and answered for all at once. */
function routedServices(mesh: Mesh): IsRouted {
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
