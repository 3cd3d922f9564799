import { toFqdn } from '../../mesh/host-names.ts';
import type { Mesh } from '../../mesh/mesh.ts';
import { append } from '../../mesh/multimap.ts';
import type { Resource } from '../../render/resource.ts';
import { fields, hasPlaceholder, integer, list, qualifiedName, text } from '../body.ts';
import { soleResources } from '../istio/sole-resources.ts';
import { destinationsOf, type Destination } from '../istio/virtual-service-destinations.ts';
import { defineRule } from '../rule.ts';
import { externalPorts, type ExternalPort } from './entry-ports.ts';
import { isForChosenClients, originatesTls } from './tls-origination.ts';

const TLS_PROTOCOLS = new Set(['HTTPS', 'TLS']);

/** Where a VirtualService sends traffic of one protocol, by full host name. */
type Routes = ReadonlyMap<string, readonly { readonly from: Resource; readonly to: Destination }[]>;

/** All releases: a proxy that is told to originate TLS does so for bytes that are TLS already. */
export default defineRule({
  id: 'double-tls',
  name: 'double-tls',
  level: 'warning',
  inputs: ['DestinationRule', 'ServiceEntry', 'VirtualService', 'HTTPRoute', 'GRPCRoute'],
  summary: 'A DestinationRule originates TLS for traffic that is TLS already.',
  messages: {
    entry:
      'TLS mode {mode} wraps what clients send to {host}:{port} in TLS once more: the port is {protocol}, so they speak TLS themselves.',
    route:
      'TLS mode {mode} wraps what is routed to {host} in TLS once more: VirtualService {route} passes TLS on as it is.',
  },
  advice: {
    entry:
      'Remove the TLS settings for this port; or let clients speak plain HTTP to a port with protocol HTTP (with targetPort {port}), and originate TLS for that one.',
    route: 'Remove the TLS settings; or end TLS at the gateway, and route by http.',
  },
  check({ mesh, report }) {
    const http = routesOf(mesh.resources('VirtualService'), 'http');
    const tls = routesOf(soleResources(mesh, 'VirtualService'), 'tls');
    const hostnames = gatewayApiHosts(mesh);
    const ports = tlsPortsByHost(mesh);
    for (const rule of soleResources(mesh, 'DestinationRule')) {
      const written = text(fields(rule.body, 'spec'), 'host');
      if (written === '' || hasPlaceholder(written) || isForChosenClients(rule)) continue;
      const host = toFqdn(written, rule.namespace);
      for (const { from, to } of tls.get(host) ?? []) {
        if (text(to.fields, 'subset') !== '') continue;
        const origination = originatesTls(rule, integer(fields(to.fields, 'port'), 'number'));
        if (!origination) continue;
        const evidence = [{ says: 'the route is a tls route', at: from.origin.at(to.path) }];
        const data = { mode: origination.mode, host, route: qualifiedName(from) };
        report(rule, origination.path, 'route', data, { evidence });
      }
      // Somebody turns plain HTTP into a request for this host: an egress gateway, or a route from port 80 to 443.
      if (http.has(host) || hostnames.has(host)) continue;
      for (const { entry, port, protocol, index } of ports.get(host) ?? []) {
        const origination = originatesTls(rule, port);
        if (!origination) continue;
        const at = entry.origin.at(['spec', 'ports', index, 'protocol']);
        const evidence = [
          { says: `ServiceEntry ${qualifiedName(entry)} declares port ${port} ${protocol}`, at },
        ];
        const data = { mode: origination.mode, host, port, protocol };
        report(rule, origination.path, 'entry', data, { evidence, confidence: 'likely' });
      }
    }
  },
});

function tlsPortsByHost(mesh: Mesh): ReadonlyMap<string, readonly ExternalPort[]> {
  const byHost = new Map<string, ExternalPort[]>();
  for (const port of mesh.resources('ServiceEntry').flatMap(externalPorts)) {
    if (!TLS_PROTOCOLS.has(port.protocol)) continue;
    for (const host of new Set(port.hosts)) append(byHost, host, port);
  }
  return byHost;
}

function routesOf(virtualServices: readonly Resource[], protocol: Destination['protocol']): Routes {
  const routes = new Map<string, { from: Resource; to: Destination }[]>();
  for (const from of virtualServices) {
    for (const to of destinationsOf(from)) {
      if (to.protocol !== protocol) continue;
      append(routes, toFqdn(text(to.fields, 'host'), from.namespace), { from, to });
    }
  }
  return routes;
}

/** Hosts that routes of the Gateway API send requests to, by Istio's backend kind `Hostname`. */
function gatewayApiHosts(mesh: Mesh): ReadonlySet<string> {
  const routes = [...mesh.resources('HTTPRoute'), ...mesh.resources('GRPCRoute')];
  const backends = routes.flatMap((route) =>
    list(fields(route.body, 'spec'), 'rules').flatMap((rule) => list(rule, 'backendRefs')),
  );
  return new Set(
    backends
      .filter((backend) => text(backend, 'kind') === 'Hostname')
      .map((backend) => text(backend, 'name')),
  );
}
