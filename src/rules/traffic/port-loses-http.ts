import { MESH_GATEWAY } from '../../mesh/gateways.ts';
import { serviceHost, subsetOf, toFqdn } from '../../mesh/host-names.ts';
import type { Mesh, ServiceModel } from '../../mesh/mesh.ts';
import type { ServicePortModel } from '../../mesh/services.ts';
import type { Resource } from '../../render/resource.ts';
import type { Evidence } from '../../vocabulary.ts';
import { fields, hasPlaceholder, list, qualifiedName, text, texts } from '../body.ts';
import { defineChangeRule } from '../change-rule.ts';
import { protocolOf } from '../istio/port-protocol.ts';
import { policiesOn } from './policies.ts';
import { proxiedPods, servicesOnBothSides } from './service-pods.ts';

/**
 * All releases: what looks into requests needs a port that Istio takes for HTTP. Told only where something does; a port without
 * any protocol is detected, and told as IST0118.
 */
export default defineChangeRule({
  id: 'port-loses-http',
  name: 'port-loses-http',
  level: 'warning',
  inputs: [
    'services',
    'workloads',
    'injection',
    'meshConfig',
    'VirtualService',
    'AuthorizationPolicy',
    'RequestAuthentication',
  ],
  summary: 'A Service port is no longer HTTP to Istio, and something here looks into its requests.',
  messages: {
    lost: 'Port {port} of Service {service} was HTTP and is {protocol} now, by its {by}: what looks into its requests does not work any more.',
  },
  advice:
    'Name the port http, http2 or grpc (with a suffix, such as http-web), or set appProtocol, unless the server really speaks something else.',
  check({ before, after, report }) {
    for (const [then, service] of servicesOnBothSides(before, after)) {
      if (then.resource === service.resource) continue;
      for (const port of service.ports) {
        const was = then.ports.find((one) => one.port === port.port && one.port > 0);
        if (!was || protocolOf(was) !== 'http' || protocolOf(port) !== 'other') continue;
        if (hasPlaceholder(port.name) || hasPlaceholder(port.appProtocol)) continue;
        const evidence = lookingInto(after, service);
        if (evidence.length === 0) continue;
        const by = port.appProtocol === '' ? 'name' : 'appProtocol';
        const protocol = saidBy(port);
        const data = { port: port.port, service: qualifiedName(service), protocol, by };
        report(service.resource, ['spec', 'ports', port.index, by], 'lost', data, {
          evidence: evidence.slice(0, MOST_EVIDENCE),
        });
      }
    }
  },
});

/** Enough to see what is meant. */
const MOST_EVIDENCE = 5;

function saidBy({ name, appProtocol }: ServicePortModel): string {
  return appProtocol === '' ? (name.split('-')[0] ?? name).toUpperCase() : appProtocol;
}

/** Everything here that reads requests to the Service, in the sidecars of its callers or in its own. */
function lookingInto(mesh: Mesh, service: ServiceModel): Evidence[] {
  const pods = proxiedPods(mesh, service);
  const on = (kind: 'AuthorizationPolicy' | 'RequestAuthentication') => [
    ...new Set(pods.flatMap((workload) => policiesOn(mesh, kind, workload))),
  ];
  return [
    ...mesh
      .resources('VirtualService')
      .filter((virtualService) => routesRequests(virtualService, service))
      .map((one) => ({
        says: `VirtualService ${qualifiedName(one)} routes its requests; over TCP these routes do not apply`,
        at: one.origin.at(['spec', 'http'], 'key'),
      })),
    ...on('AuthorizationPolicy').flatMap(readsRequests),
    ...on('RequestAuthentication').map((one) => ({
      says: `RequestAuthentication ${qualifiedName(one)} verifies tokens, which are in requests`,
      at: one.origin.at(['spec']),
    })),
  ];
}

/** For the sidecars: a gateway knows HTTP by its own port. */
function routesRequests({ body, namespace }: Resource, service: ServiceModel): boolean {
  const spec = fields(body, 'spec');
  const gateways = texts(spec, 'gateways');
  if (gateways.length > 0 && !gateways.includes(MESH_GATEWAY)) return false;
  if (list(spec, 'http').length === 0) return false;
  const host = serviceHost(service.name, service.namespace);
  return texts(spec, 'hosts').some((one) => subsetOf(host, toFqdn(one, namespace)));
}

const OPERATION_OF_REQUESTS = ['methods', 'notMethods', 'paths', 'notPaths', 'hosts', 'notHosts'] as const;

/** Over TCP, ALLOW rules with conditions on requests match nothing, and DENY rules are enforced without them. */
function readsRequests(policy: Resource): Evidence[] {
  const spec = fields(policy.body, 'spec');
  const action = text(spec, 'action') || 'ALLOW';
  const index = list(spec, 'rules').findIndex(
    (rule) =>
      list(rule, 'to').some((to) => {
        const operation = fields(to, 'operation');
        return OPERATION_OF_REQUESTS.some((name) => list(operation, name).length > 0);
      }) ||
      list(rule, 'from').some((from) => list(fields(from, 'source'), 'requestPrincipals').length > 0) ||
      list(rule, 'when').some((when) => text(when, 'key').startsWith('request.')),
  );
  if (index < 0 || (action !== 'ALLOW' && action !== 'DENY')) return [];
  const effect =
    action === 'ALLOW' ? 'this rule allows nothing' : 'this rule denies whatever its other conditions match';
  return [
    {
      says: `AuthorizationPolicy ${qualifiedName(policy)} judges requests: over TCP ${effect}`,
      at: policy.origin.at(['spec', 'rules', index]),
    },
  ];
}
