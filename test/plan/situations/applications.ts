import { documents, some } from './yaml.ts';
import {
  revisionsOf,
  type Ask,
  type GatewaySort,
  type PodAsk,
  type Situation,
  type Space,
} from './situation.ts';

type Labels = Record<string, string>;

/** What runs in the mesh: namespaces, workloads and gateways. */
export function applications(situation: Situation): Record<string, string> {
  const files: Record<string, string> = {};
  for (const space of situation.spaces) files[`apps/${space.name}.yaml`] = spaceOf(situation, space);
  for (const sort of situation.gateways) files[`apps/${edgeOf(sort)}.yaml`] = gatewayOf(situation, sort);
  return files;
}

/** The namespace of a gateway. */
export function edgeOf(sort: GatewaySort): string {
  return `edge-${sort}`;
}

function spaceOf(situation: Situation, { name, ask, pods }: Space): string {
  const workloads = pods.map(({ kind, ask: own }, index) =>
    workload(kind, name, `w${index}`, podLabels(situation, own)),
  );
  return documents(namespace(name, namespaceLabels(situation, ask)), ...workloads);
}

function namespaceLabels(situation: Situation, ask: Ask): Labels {
  switch (ask) {
    case 'injection':
      return { 'istio-injection': 'enabled' };
    case 'disabled':
      return { 'istio-injection': 'disabled' };
    case 'default':
      return { 'istio.io/rev': 'default' };
    case 'none':
      return {};
    default:
      return { 'istio.io/rev': nameOf(situation, ask) };
  }
}

function podLabels(situation: Situation, ask: PodAsk): Labels {
  switch (ask) {
    case 'none':
      return {};
    case 'out':
      return { 'sidecar.istio.io/inject': 'false' };
    case 'in':
      return { 'sidecar.istio.io/inject': 'true' };
    default:
      return { 'istio.io/rev': nameOf(situation, ask) };
  }
}

/** The name that a label asks for. */
export function nameOf(situation: Situation, ask: 'revision' | 'tag'): string {
  return ask === 'tag' ? (situation.tags[0] ?? '') : revisionsOf(situation).old;
}

function namespace(name: string, labels: Labels): object {
  return { apiVersion: 'v1', kind: 'Namespace', metadata: { name, labels: { team: 'a', ...labels } } };
}

function workload(kind: string, where: string, name: string, labels: Labels, image = 'app:1'): object {
  return {
    apiVersion: 'apps/v1',
    kind,
    metadata: { name, namespace: where },
    spec: {
      ...(kind === 'DaemonSet' ? {} : { replicas: 2 }),
      selector: { matchLabels: { app: name } },
      template: {
        metadata: { labels: { app: name, ...labels } },
        spec: { containers: [{ name: image === 'auto' ? 'istio-proxy' : 'main', image }] },
      },
    },
  };
}

/** How anything that may name the old control plane does: by tag, by revision, or as the default. */
export function askOf({ unnamed, tags }: Situation): 'tag' | 'revision' | 'default' {
  const [first] = tags;
  if (first !== undefined && first !== 'default') return 'tag';
  return unnamed || first === 'default' ? 'default' : 'revision';
}

function gatewayOf(situation: Situation, sort: GatewaySort): string {
  const where = edgeOf(sort);
  const ask = askOf(situation);
  const own: Labels = ask === 'default' ? {} : { 'istio.io/rev': nameOf(situation, ask) };
  const inject = { 'sidecar.istio.io/inject': 'true' };
  switch (sort) {
    case 'labelled':
      return documents(
        namespace(where, namespaceLabels(situation, ask === 'default' ? 'injection' : ask)),
        workload('Deployment', where, 'gateway', inject, 'auto'),
      );
    case 'own-label':
      return documents(
        namespace(where, {}),
        workload('Deployment', where, 'gateway', { ...inject, ...own }, 'auto'),
      );
    case 'chart':
      return documents(namespace(where, {}));
    case 'api':
      return documents(namespace(where, {}), apiGateway(where, 'istio', {}));
    case 'api-named':
      return documents(namespace(where, {}), apiGateway(where, 'istio', own));
    case 'waypoint':
      return documents(
        namespace(where, { 'istio.io/dataplane-mode': 'ambient', 'istio.io/use-waypoint': 'public' }),
        apiGateway(where, 'istio-waypoint', own),
      );
  }
}

function apiGateway(namespace: string, gatewayClassName: string, labels: Labels): object {
  const protocol = gatewayClassName === 'istio' ? 'HTTP' : 'HBONE';
  return {
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'Gateway',
    metadata: { name: 'public', namespace, ...some('labels', labels) },
    spec: {
      gatewayClassName,
      listeners: [{ name: 'main', port: protocol === 'HTTP' ? 80 : 15008, protocol }],
    },
  };
}
