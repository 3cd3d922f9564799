import { listAt, textAt } from '../../untyped.ts';
import type { Resource } from '../../render/resource.ts';
import type { Path } from '../../vocabulary.ts';
import { isKnown } from '../../yaml/placeholders.ts';
import { reportAbsent } from '../absent.ts';
import { defineRule, type RuleContext } from '../rule.ts';

const USE = 'istio.io/use-waypoint';
const USE_NAMESPACE = 'istio.io/use-waypoint-namespace';
const FOR = 'istio.io/waypoint-for';

const WAYPOINT_CLASS = 'istio-waypoint';
/** Istio's classes that make no waypoint. Other controllers bring waypoints of their own: any Gateway with an address counts. */
const ISTIO_GATEWAYS = new Set(['istio', 'istio-remote', 'istio-east-west']);

type Context = RuleContext<'missing' | 'other' | 'forbidden' | 'covers'>;

/**
 * A waypoint that is named and not there is skipped: traffic goes on without it, and what it would have enforced is not
 * (1.22 and later). `istio.io/waypoint-for` says which traffic a waypoint takes: `service` unless told otherwise.
 */
export default defineRule({
  id: 'missing-waypoint',
  name: 'missing-waypoint',
  level: 'warning',
  inputs: ['namespaces', 'workloads', 'Service', 'ServiceEntry', 'KubernetesGateway', 'absence'],
  summary: 'A label names a waypoint that does not exist, is none, or does not take the traffic.',
  messages: {
    missing: '{user} names the waypoint {waypoint}, which does not exist.',
    other: '{user} names the waypoint {waypoint}, a Gateway of class {class}, which is none.',
    forbidden: '{user} names the waypoint {waypoint}, which takes nothing from other namespaces.',
    covers: '{user} names the waypoint {waypoint}, which takes traffic for {taken} only.',
  },
  advice: {
    missing:
      'Create it (istioctl waypoint apply), or name its namespace with istio.io/use-waypoint-namespace. Until then traffic goes without it, and its policies are not enforced.',
    other: 'Name a Gateway of class istio-waypoint.',
    forbidden:
      'Let its listener allow routes from the namespace (allowedRoutes.namespaces), or use one in the same namespace.',
    covers: 'Set istio.io/waypoint-for on the Gateway to what is meant: service, workload or all.',
  },
  check(context) {
    const { mesh } = context;
    for (const { name, resource } of mesh.namespaces.values()) {
      if (resource)
        checkUse(context, { resource, labels: resource.labels, namespace: name, path: [], pods: false });
    }
    for (const kind of ['Service', 'ServiceEntry']) {
      for (const resource of mesh.resources(kind)) {
        checkUse(context, {
          resource,
          labels: resource.labels,
          namespace: resource.namespace,
          path: [],
          pods: false,
        });
      }
    }
    for (const { resource, labels, namespace, metadataPath } of mesh.workloads) {
      checkUse(context, { resource, labels, namespace, path: metadataPath, pods: true });
    }
  },
});

/** Something with the label. */
interface Use {
  readonly resource: Resource;
  readonly labels: Readonly<Record<string, string>>;
  readonly namespace: string;
  /** Where its metadata stands; [] for the object's own. */
  readonly path: Path;
  readonly pods: boolean;
}

function checkUse(context: Context, { resource, labels, namespace, path, pods }: Use): void {
  const name = labels[USE];
  const place = labels[USE_NAMESPACE] ?? namespace;
  if (name === undefined || name === '' || name === 'none' || ![name, place].every(isKnown) || place === '')
    return;
  const metadata = path.length > 0 ? path : ['metadata'];
  const at = [...metadata, 'labels', USE];
  const data = { user: `${resource.kind} ${resource.name}`, waypoint: `${place}/${name}` };
  const waypoint = context.mesh.find('KubernetesGateway', place, name);
  if (!waypoint) {
    const target = { kind: 'KubernetesGateway', namespace: place, name };
    reportAbsent(context, target, resource, at, 'missing', data);
    return;
  }
  const gatewayClass = textAt(waypoint.body, 'spec', 'gatewayClassName');
  const taken = waypoint.labels[FOR] ?? (gatewayClass === WAYPOINT_CLASS ? 'service' : undefined);
  const evidence = [{ says: `Gateway ${name}`, at: waypoint.origin.at(['metadata', 'name']) }];
  if (ISTIO_GATEWAYS.has(gatewayClass)) {
    context.report(resource, at, 'other', { ...data, class: gatewayClass }, { evidence });
  } else if (place !== namespace && isClosed(waypoint)) {
    context.report(resource, at, 'forbidden', data, { evidence });
  } else if (taken !== undefined && isKnown(taken) && !covers(taken, pods)) {
    context.report(resource, at, 'covers', { ...data, taken }, { evidence });
  }
}

/** Only listeners that say so take routes of other namespaces. */
function isClosed(waypoint: Resource): boolean {
  const from = listAt(waypoint.body, 'spec', 'listeners').map((listener) =>
    textAt(listener, 'allowedRoutes', 'namespaces', 'from'),
  );
  return from.length > 0 && from.every((one) => one === '' || one === 'Same');
}

/** Traffic to a Service, or straight to a pod; a namespace means both, of which one is enough. */
function covers(taken: string, pods: boolean): boolean {
  if (taken === 'none') return false;
  return !pods || taken === 'all' || taken === 'workload';
}
