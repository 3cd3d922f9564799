import type { Mesh } from '../../../../mesh/mesh.ts';
import type { Resource } from '../../../../render/resource.ts';
import { fields, text } from '../../../body.ts';
import { objectHit } from '../hit.ts';
import type { OddLook } from '../odd.ts';

const INGRESS = 'Ingress.networking.k8s.io';

/** Ingresses of Istio's class that share their name with one in another namespace. */
export const ingressesOfOneName: OddLook = {
  inputs: [INGRESS],
  hits: (mesh) => {
    const ingresses = istioIngresses(mesh);
    return ingresses
      .filter(({ name, namespace }) =>
        ingresses.some((other) => other.name === name && other.namespace !== namespace),
      )
      .map((resource) => objectHit(resource, ['metadata', 'name']));
  },
};

function istioIngresses(mesh: Mesh): readonly Resource[] {
  return mesh
    .resources(INGRESS)
    .filter(
      ({ annotations, body, name }) =>
        name !== '' &&
        (annotations['kubernetes.io/ingress.class'] === 'istio' ||
          text(fields(body, 'spec'), 'ingressClassName') === 'istio'),
    );
}
