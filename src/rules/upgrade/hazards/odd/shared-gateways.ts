import type { Resource } from '../../../../render/resource.ts';
import { fields, labels, list, text, texts } from '../../../body.ts';
import { objectHit } from '../hit.ts';
import type { OddLook } from '../odd.ts';

const NAME_LABELS = ['gateway.networking.k8s.io/gateway-name', 'istio.io/gateway-name'];

/** Istio Gateways that select the pods of a Gateway API gateway in another namespace, and in none of their own. */
export const gatewaysMergedAcrossNamespaces: OddLook = {
  inputs: ['Gateway', 'KubernetesGateway'],
  hits: (mesh) => {
    const managed = mesh
      .resources('KubernetesGateway')
      .filter(({ body }) => list(fields(body, 'spec'), 'addresses').length === 0);
    return mesh.resources('Gateway').flatMap((resource) => {
      const selector = labels(fields(resource.body, 'spec'), 'selector');
      const [key] = Object.keys(selector);
      if (key === undefined) return [];
      const homes = managed
        .filter((gateway) => selects(selector, podLabels(gateway)))
        .map(({ namespace }) => namespace);
      if (homes.length === 0 || homes.includes(resource.namespace)) return [];
      return [objectHit(resource, ['spec', 'selector', key])];
    });
  },
};

/** The labels that istiod gives the pods of a managed gateway. */
function podLabels({ body, name, labels: own }: Resource): Readonly<Record<string, string>> {
  const added = labels(fields(fields(body, 'spec'), 'infrastructure'), 'labels');
  return { ...own, ...added, ...Object.fromEntries(NAME_LABELS.map((label) => [label, name])) };
}

function selects(selector: Readonly<Record<string, string>>, pod: Readonly<Record<string, string>>): boolean {
  return Object.entries(selector).every(([key, value]) => pod[key] === value);
}

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
