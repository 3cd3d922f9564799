import type { Mesh } from '../../mesh/mesh.ts';
import type { Resource } from '../../render/resource.ts';
import { reportAbsent } from '../absent.ts';
import { hasPlaceholder } from '../body.ts';
import { type GatewayReference, gatewayReferencesOf, isGenerated } from './gateway-references.ts';
import type { ReferenceContext } from './ist0101-reference-not-found.ts';

/** Entries of `gateways` that name neither an Istio Gateway nor a Gateway API one. */
export function checkGateways(context: ReferenceContext): void {
  for (const virtualService of context.mesh.resources('VirtualService')) {
    for (const reference of gatewayReferencesOf(virtualService)) {
      if (isGenerated(reference) || hasPlaceholder(reference.written) || hasPlaceholder(reference.namespace))
        continue;
      if (findGateway(context.mesh, reference, virtualService)) continue;
      const { namespace, name, path, written } = reference;
      const target = { kind: 'Gateway', namespace, name };
      reportAbsent(context, target, virtualService, path, 'gateway', { gateway: written });
    }
  }
}

/**
 * The Gateway a reference names. istiod also understands `./name` and the legacy form `name.namespace[.svc...]`
 * (`resolveGatewayName`, all releases), which `istioctl analyze` does not: so only in an open world.
 */
export function findGateway(
  mesh: Mesh,
  reference: GatewayReference,
  virtualService: Resource,
): Resource | undefined {
  const { namespace, name, written } = reference;
  const found = findByName(mesh, namespace, name);
  if (found || mesh.world === 'closed') return found;
  if (namespace === '.') return findByName(mesh, virtualService.namespace, name);
  const [legacyName, legacyNamespace] = written.split('.');
  if (written.includes('/') || legacyName === undefined || legacyNamespace === undefined) return undefined;
  return findByName(mesh, legacyNamespace, legacyName);
}

function findByName(mesh: Mesh, namespace: string, name: string): Resource | undefined {
  return mesh.find('Gateway', namespace, name) ?? mesh.find('KubernetesGateway', namespace, name);
}
