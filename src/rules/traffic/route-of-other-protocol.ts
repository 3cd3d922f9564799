import { admitsNamespace, hostsOverlap, MESH_GATEWAY, PLAIN_HTTP, serverHosts } from '../../mesh/gateways.ts';
import type { Mesh } from '../../mesh/mesh.ts';
import type { Resource } from '../../render/resource.ts';
import { field, fields, hasPlaceholder, list, qualifiedName, text, texts } from '../body.ts';
import { gatewayReferencesOf } from '../istio/gateway-references.ts';
import { findGateway } from '../istio/ist0101-gateways.ts';
import { soleResources } from '../istio/sole-resources.ts';
import { defineRule } from '../rule.ts';

/** What a server makes of its traffic, and so which routes of a VirtualService apply to it. */
type Serves = 'http' | 'tls' | 'other' | 'unknown';

interface Server {
  readonly gateway: Resource;
  readonly index: number;
  readonly serves: Serves;
}

const TERMINATING_MODES = new Set(['SIMPLE', 'MUTUAL', 'OPTIONAL_MUTUAL', 'ISTIO_MUTUAL']);

/** All releases: http routes need a server that sees HTTP, tls routes one that passes TLS through. */
export default defineRule({
  id: 'route-of-other-protocol',
  name: 'route-of-other-protocol',
  level: 'warning',
  inputs: ['VirtualService', 'Gateway', 'KubernetesGateway'],
  summary: 'The routes of a VirtualService are of a protocol that its Gateways do not serve for its hosts.',
  messages: {
    http: 'The http routes never apply: no server of {gateways} looks into the HTTP of {hosts}.',
    tls: 'The tls routes never apply: no server of {gateways} passes TLS of {hosts} through.',
  },
  advice: {
    http: 'Route by tls (sniHosts) where TLS is passed through; or let the Gateway end TLS (mode SIMPLE with protocol HTTPS).',
    tls: 'Route by http where the Gateway ends TLS; or let it pass TLS through (mode PASSTHROUGH).',
  },
  check({ mesh, report }) {
    const gateways = new Set(soleResources(mesh, 'Gateway'));
    for (const virtualService of soleResources(mesh, 'VirtualService')) {
      const spec = fields(virtualService.body, 'spec');
      const hosts = texts(spec, 'hosts');
      const servers = serversFor(mesh, gateways, virtualService, hosts);
      if (servers.length === 0 || servers.some(({ serves }) => serves === 'unknown')) continue;
      for (const protocol of ['http', 'tls'] as const) {
        if (list(spec, protocol).length === 0 || servers.some(({ serves }) => serves === protocol)) continue;
        const names = [...new Set(servers.map(({ gateway }) => qualifiedName(gateway)))];
        const evidence = servers.map(({ gateway, index }) => ({
          says: `Gateway ${qualifiedName(gateway)} serves them here`,
          at: gateway.origin.at(['spec', 'servers', index]),
        }));
        report(
          virtualService,
          ['spec', protocol],
          protocol,
          { gateways: names, hosts },
          { evidence, atKey: true },
        );
      }
    }
  },
});

/** Every server that applies the routes; [] where that cannot be told, or where sidecars apply them too. */
function serversFor(
  mesh: Mesh,
  gateways: ReadonlySet<Resource>,
  virtualService: Resource,
  hosts: readonly string[],
): Server[] {
  const bound = texts(fields(virtualService.body, 'spec'), 'gateways');
  if (bound.includes(MESH_GATEWAY) || hosts.some(hasPlaceholder)) return [];
  const servers: Server[] = [];
  for (const reference of gatewayReferencesOf(virtualService)) {
    const gateway = findGateway(mesh, reference, virtualService);
    if (!gateway || !gateways.has(gateway)) return [];
    servers.push(...serversOf(gateway, virtualService.namespace, hosts));
  }
  return servers;
}

function serversOf(gateway: Resource, namespace: string, hosts: readonly string[]): Server[] {
  const servers = list(fields(gateway.body, 'spec'), 'servers');
  const wanted = serverHosts(gateway).filter(
    (entry) =>
      hasPlaceholder(entry.host) ||
      (admitsNamespace(entry, namespace) && hosts.some((host) => hostsOverlap(host, entry.host))),
  );
  return [...new Set(wanted.map(({ server }) => server))].map((index) => ({
    gateway,
    index,
    serves: servedBy(servers[index]),
  }));
}

function servedBy(server: unknown): Serves {
  const protocol = text(fields(server, 'port'), 'protocol').toUpperCase();
  const tls = field(server, 'tls');
  const mode = text(tls, 'mode');
  if (mode === 'PASSTHROUGH') return 'tls';
  if (PLAIN_HTTP.has(protocol)) return field(tls, 'httpsRedirect') === true ? 'other' : 'http';
  if (!TERMINATING_MODES.has(mode)) return protocol === 'TCP' || protocol === 'MONGO' ? 'other' : 'unknown';
  if (protocol === 'HTTPS') return 'http';
  return protocol === 'TLS' ? 'other' : 'unknown';
}
