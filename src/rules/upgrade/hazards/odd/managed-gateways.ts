import type { Resource } from '../../../../render/resource.ts';
import { fields, list, text } from '../../../body.ts';
import { objectHit } from '../hit.ts';
import type { OddLook } from '../odd.ts';

const NAME = 'gateway.istio.io/name-override';

/** Gateways of Gateway API for which Istio makes a Deployment and a Service, whose names are not fixed by an annotation. */
export const managedGatewaysWithoutNames: OddLook = {
  inputs: ['KubernetesGateway'],
  hits: (mesh) =>
    mesh
      .resources('KubernetesGateway')
      .filter((gateway) => isManaged(gateway) && gateway.annotations[NAME] === undefined)
      .map((gateway) => objectHit(gateway, ['spec', 'gatewayClassName'])),
};

/** With an address of its own a Gateway configures a Service that is there already. */
function isManaged({ body }: Resource): boolean {
  const spec = fields(body, 'spec');
  return text(spec, 'gatewayClassName') === 'istio' && list(spec, 'addresses').length === 0;
}

/** Gateways of Gateway API, waypoints too, for which Istio makes the Deployment. */
export const managedGateways: OddLook = {
  inputs: ['KubernetesGateway'],
  hits: (mesh) =>
    mesh
      .resources('KubernetesGateway')
      .filter(isManaged)
      .map((gateway) => objectHit(gateway, ['spec', 'gatewayClassName'])),
};
