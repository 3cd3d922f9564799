import type { Resource } from '../../render/resource.ts';
import type { Path, ResourceId } from '../../vocabulary.ts';
import { reportAbsent } from '../absent.ts';
import { field, fields, hasPlaceholder, list, qualifiedName, text } from '../body.ts';
import { defineRule, type RuleContext } from '../rule.ts';

const ROUTES = ['HTTPRoute', 'GRPCRoute', 'TCPRoute', 'TLSRoute'] as const;

type Context = RuleContext<'gateway' | 'listener' | 'service'>;

/** Gateway API (1.8 and later): a route of a missing Gateway is served by nobody, one to a missing Service answers 500. */
export default defineRule({
  id: 'gateway-api-reference',
  name: 'gateway-api-reference',
  level: 'error',
  inputs: [...ROUTES, 'KubernetesGateway', 'Service', 'absence'],
  summary: 'A route of Gateway API refers to a Gateway, listener or Service that does not exist.',
  messages: {
    gateway: 'There is no Gateway {target} that could serve the route.',
    listener: 'Gateway {target} has no listener {listener}; it has {listeners}.',
    service: 'There is no Service {target} to send requests to.',
  },
  advice: {
    gateway: 'Correct the name or namespace in parentRefs, or add the Gateway in the same change.',
    listener: 'Name one of its listeners in sectionName, or leave sectionName out for all of them.',
    service: 'Correct the name or namespace in backendRefs, or add the Service in the same change.',
  },
  check(context) {
    for (const kind of ROUTES) {
      for (const route of context.mesh.resources(kind)) {
        const spec = fields(route.body, 'spec');
        list(spec, 'parentRefs').forEach((parent, index) => {
          checkParent(context, route, parent, ['spec', 'parentRefs', index]);
        });
        list(spec, 'rules').forEach((rule, at) => {
          list(rule, 'backendRefs').forEach((backend, index) => {
            checkBackend(context, route, backend, ['spec', 'rules', at, 'backendRefs', index]);
          });
        });
      }
    }
  },
});

function checkParent(context: Context, route: Resource, parent: unknown, path: Path): void {
  const target = targetOf(route, parent, 'gateway.networking.k8s.io', 'Gateway', 'KubernetesGateway');
  if (!target) return;
  const gateway = context.mesh.find('KubernetesGateway', target.namespace, target.name);
  if (!gateway) {
    const data = { target: qualifiedName(target) };
    reportAbsent(context, target, route, [...path, 'name'], 'gateway', data);
    return;
  }
  const listener = text(parent, 'sectionName');
  const listeners = list(fields(gateway.body, 'spec'), 'listeners').map((one) => text(one, 'name'));
  if (listener === '' || listeners.includes(listener) || [listener, ...listeners].some(hasPlaceholder))
    return;
  const evidence = [{ says: 'its listeners are here', at: gateway.origin.at(['spec', 'listeners']) }];
  const data = { target: qualifiedName(target), listener, listeners };
  context.report(route, [...path, 'sectionName'], 'listener', data, { evidence });
}

function checkBackend(context: Context, route: Resource, backend: unknown, path: Path): void {
  const target = targetOf(route, backend, '', 'Service', 'Service');
  if (target && !context.mesh.find('Service', target.namespace, target.name)) {
    const data = { target: qualifiedName(target) };
    reportAbsent(context, target, route, [...path, 'name'], 'service', data);
  }
}

/** What a reference names, when it is of that kind and wholly written. */
function targetOf(
  route: Resource,
  reference: unknown,
  group: string,
  kind: string,
  modelled: string,
): ResourceId | undefined {
  const name = text(reference, 'name');
  const namespace = text(reference, 'namespace') || route.namespace;
  const isOther =
    (field(reference, 'group') ?? group) !== group || (text(reference, 'kind') || kind) !== kind;
  if (isOther || name === '' || hasPlaceholder(name) || hasPlaceholder(namespace)) return undefined;
  return { kind: modelled, namespace, name };
}
