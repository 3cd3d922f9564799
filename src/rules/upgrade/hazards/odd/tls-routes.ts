import type { Mesh } from '../../../../mesh/mesh.ts';
import { fields, list, text, texts } from '../../../body.ts';
import { objectHit } from '../hit.ts';
import type { OddLook } from '../odd.ts';

/** Hostnames of TLSRoutes that are wider than every listener they attach to. */
export const tlsRoutesWiderThanListener: OddLook = {
  inputs: ['TLSRoute', 'KubernetesGateway'],
  hits: (mesh) =>
    mesh.resources('TLSRoute').flatMap((resource) => {
      const spec = fields(resource.body, 'spec');
      const listeners = list(spec, 'parentRefs').flatMap((parent) =>
        listenerNames(mesh, text(parent, 'namespace') || resource.namespace, text(parent, 'name')),
      );
      if (listeners.length === 0) return [];
      return texts(spec, 'hostnames').flatMap((hostname, index) =>
        listeners.every((listener) => isWider(hostname, listener))
          ? [objectHit(resource, ['spec', 'hostnames', index])]
          : [],
      );
    }),
};

function listenerNames(mesh: Mesh, namespace: string, name: string): string[] {
  const gateway = mesh.find('KubernetesGateway', namespace, name);
  return list(fields(gateway?.body, 'spec'), 'listeners').map((listener) => text(listener, 'hostname'));
}

/** `*.example.com` against `a.example.com`, or against `*.a.example.com`. */
function isWider(hostname: string, listener: string): boolean {
  if (listener === '' || !hostname.startsWith('*.')) return false;
  return listener !== hostname && listener.endsWith(hostname.slice(1));
}
