import { field, text } from '../../../body.ts';
import { objectHit } from '../hit.ts';
import type { OddLook } from '../odd.ts';

/** Managed gateways that name no revision, where every control plane has one and nothing here is the default. */
export const gatewaysWithoutRevision: OddLook = {
  inputs: ['KubernetesGateway', 'controlPlanes', 'tags', 'components'],
  hits: (mesh) => {
    const { controlPlanes, tags, components } = mesh;
    const all = controlPlanes.length > 0 && controlPlanes.every(({ revision }) => revision !== 'default');
    const hasDefault =
      tags.some(({ name }) => name === 'default') ||
      components.some(({ values }) => field(values?.values, 'defaultRevision') !== undefined);
    if (!all || hasDefault) return [];
    return mesh
      .resources('KubernetesGateway')
      .filter(({ labels, body }) => {
        const managed = /^istio(?:-|$)/.test(text(field(body, 'spec'), 'gatewayClassName'));
        return managed && !Object.hasOwn(labels, 'istio.io/rev');
      })
      .map((resource) => objectHit(resource, ['metadata', 'name']));
  },
};
