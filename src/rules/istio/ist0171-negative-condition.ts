import type { Resource } from '../../render/resource.ts';
import type { Path } from '../../vocabulary.ts';
import { fields, list, text } from '../body.ts';
import { defineRule, type RuleContext } from '../rule.ts';

const BOUND_BY_WAYPOINT = ['istio.io/WaypointBound'];
const ACCEPTED_POLICY = ['ZtunnelAccepted', 'WaypointAccepted'];
const GATEWAY_API = ['Accepted', 'Programmed', 'ResolvedRefs'];

/** IST0171 (since 1.26): the status of an object, which only a dump of a cluster holds. */
export default defineRule({
  id: 'IST0171',
  name: 'negative-condition',
  level: 'warning',
  inputs: [
    'Service',
    'ServiceEntry',
    'WorkloadEntry',
    'AuthorizationPolicy',
    'KubernetesGateway',
    'HTTPRoute',
    'GRPCRoute',
  ],
  summary: 'The status of an object says that Istio does not serve it.',
  messages: {
    negative: 'Condition {type} is not met ({reason}): {message}',
  },
  advice: 'Mend what the condition names. Keep the status out of manifests: it is written by the cluster.',
  check(context) {
    const { mesh } = context;
    for (const kind of ['Service', 'ServiceEntry', 'WorkloadEntry']) {
      for (const resource of mesh.resources(kind)) checkOwn(context, resource, BOUND_BY_WAYPOINT);
    }
    for (const resource of mesh.resources('AuthorizationPolicy'))
      checkOwn(context, resource, ACCEPTED_POLICY);
    for (const resource of mesh.resources('KubernetesGateway')) checkOwn(context, resource, GATEWAY_API);
    for (const kind of ['HTTPRoute', 'GRPCRoute']) {
      for (const resource of mesh.resources(kind)) {
        list(fields(resource.body, 'status'), 'parents').forEach((parent, index) => {
          checkConditions(context, resource, parent, ['status', 'parents', index], GATEWAY_API);
        });
      }
    }
  },
});

type Context = RuleContext<'negative'>;

function checkOwn(context: Context, resource: Resource, types: readonly string[]): void {
  checkConditions(context, resource, fields(resource.body, 'status'), ['status'], types);
}

function checkConditions(
  { report }: Context,
  resource: Resource,
  owner: unknown,
  path: Path,
  types: readonly string[],
): void {
  list(owner, 'conditions').forEach((condition, index) => {
    const type = text(condition, 'type');
    const reason = text(condition, 'reason');
    const partial = type === 'WaypointAccepted' && reason === 'PartiallyInvalid';
    if (!types.includes(type) || (text(condition, 'status') !== 'False' && !partial)) return;
    const data = { type, reason, message: text(condition, 'message') };
    report(resource, [...path, 'conditions', index], 'negative', data);
  });
}
