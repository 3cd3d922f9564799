import { fields, labels, list, text, texts } from '../../../body.ts';
import { objectHit } from '../hit.ts';
import type { OddLook } from '../odd.ts';

const NAME_LABELS = ['gateway.networking.k8s.io/gateway-name', 'istio.io/gateway-name'];

/** Istio Gateways that select the pods of a Gateway API gateway in another namespace, and in none of their own. */
export const gatewaysMergedAcrossNamespaces: OddLook = {
  inputs: ['Gateway', 'KubernetesGateway'],
  hits: (mesh) => {
    const managed = mesh.resources('KubernetesGateway');
    return mesh.resources('Gateway').flatMap((resource) => {
      const selector = labels(fields(resource.body, 'spec'), 'selector');
      const key = NAME_LABELS.find((label) => Object.hasOwn(selector, label));
      if (key === undefined) return [];
      const homes = managed.filter(({ name }) => name === selector[key]).map(({ namespace }) => namespace);
      if (homes.length === 0 || homes.includes(resource.namespace)) return [];
      return [objectHit(resource, ['spec', 'selector', key])];
    });
  },
};

/** HTTPRoutes that share a hostname and a gateway with a GRPCRoute. */
export const httpAndGrpcOfOneHostname: OddLook = {
  inputs: ['HTTPRoute', 'GRPCRoute'],
  hits: (mesh) => {
    const grpc = new Set(mesh.resources('GRPCRoute').flatMap((route) => placesOf(route)));
    if (grpc.size === 0) return [];
    return mesh
      .resources('HTTPRoute')
      .filter((route) => placesOf(route).some((place) => grpc.has(place)))
      .map((route) => objectHit(route, ['spec', 'hostnames']));
  },
};

/** `namespace/gateway/hostname` for every listener and name of a route. */
function placesOf({ body, namespace }: { body: unknown; namespace: string }): string[] {
  const spec = fields(body, 'spec');
  const hostnames = texts(spec, 'hostnames');
  return list(spec, 'parentRefs').flatMap((parent) =>
    hostnames.map((hostname) => {
      const home = text(parent, 'namespace') || namespace;
      return `${home}/${text(parent, 'name')}/${hostname}`;
    }),
  );
}
