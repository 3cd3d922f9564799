import { hostsOverlap } from '../../mesh/gateways.ts';
import type { Mesh } from '../../mesh/mesh.ts';
import type { Resource } from '../../render/resource.ts';
import { fields, hasPlaceholder, list, qualifiedName, text, texts } from '../body.ts';
import { defineRule } from '../rule.ts';
import { gatewayReferencesOf, isGenerated } from './gateway-references.ts';
import { findGateway } from './ist0101-gateways.ts';

/** IST0132 (all releases): none of a VirtualService's hosts is served by a Gateway it names, so it does nothing there. */
export default defineRule({
  id: 'IST0132',
  name: 'virtual-service-host-not-in-gateway',
  level: 'warning',
  inputs: ['VirtualService', 'Gateway', 'KubernetesGateway'],
  summary: 'None of the hosts of a VirtualService is a host of the Gateway it is bound to.',
  messages: {
    none: 'Gateway {gateway} serves none of the hosts {hosts}; it serves {served}.',
    missing: 'Gateway {gateway}, which is to serve {hosts}, was not found.',
  },
  advice:
    "Add the host to the Gateway's servers, or correct the VirtualService. A Gateway host with a namespace part (team/*.example.com) admits VirtualServices of that namespace only.",
  check({ mesh, report }) {
    for (const virtualService of mesh.resources('VirtualService')) {
      const hosts = texts(fields(virtualService.body, 'spec'), 'hosts');
      for (const reference of gatewayReferencesOf(virtualService)) {
        if (isGenerated(reference)) continue;
        const gateway = findGateway(mesh, reference, virtualService);
        const served = gateway && hostsServedTo(gateway, virtualService.namespace, mesh);
        if (!mayConflict(mesh, hosts, served)) continue;
        const overlap = served?.some((host) => hosts.some((wanted) => hostsOverlap(host, wanted)));
        if (overlap === true) continue;
        const data = { gateway: reference.written, hosts, served: served ?? [] };
        const evidence = gateway && {
          says: `Gateway ${qualifiedName(gateway)} lists its hosts here`,
          at: gateway.origin.at(
            ['spec', gateway.group === 'networking.istio.io' ? 'servers' : 'listeners'],
            'key',
          ),
        };
        report(virtualService, reference.path, gateway ? 'none' : 'missing', data, {
          evidence: evidence ? [evidence] : [],
        });
      }
    }
  },
});

/** In an open world a missing gateway is IST0101's business, and a host that is not known may be the one. */
function mayConflict(mesh: Mesh, hosts: readonly string[], served: readonly string[] | undefined): boolean {
  if ([...hosts, ...(served ?? [])].some(hasPlaceholder)) return false;
  return mesh.world === 'closed' || (served !== undefined && served.length > 0 && hosts.length > 0);
}

/** The hosts of a Gateway that a VirtualService of `namespace` may use, without their namespace part. */
function hostsServedTo(gateway: Resource, namespace: string, mesh: Mesh): string[] {
  if (gateway.group === 'gateway.networking.k8s.io') return listenerHosts(gateway);
  return list(fields(gateway.body, 'spec'), 'servers').flatMap((server) => {
    const written = texts(server, 'hosts');
    if (written.includes('*/*')) return ['*'];
    return written.flatMap((host) => {
      const slash = host.indexOf('/');
      if (slash < 0) return [host];
      const scope = host.slice(0, slash);
      const allowed = scope === '.' ? gateway.namespace : scope;
      const unknown = mesh.world === 'open' && (namespace === '' || allowed === '');
      return scope === '*' || allowed === namespace || unknown ? [host.slice(slash + 1)] : [];
    });
  });
}

/** A listener without hostname serves every host. */
function listenerHosts(gateway: Resource): string[] {
  return list(fields(gateway.body, 'spec'), 'listeners').map((listener) => text(listener, 'hostname') || '*');
}
