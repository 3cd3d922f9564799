import type { ApiObject, FakeOptions } from './fake-api-server.ts';

type Labels = Readonly<Record<string, string>>;

/** The custom kinds of a recent Istio. */
export const ISTIO_KINDS = {
  'networking.istio.io': {
    v1: { VirtualService: 'virtualservices', Gateway: 'gateways', DestinationRule: 'destinationrules' },
    v1beta1: { VirtualService: 'virtualservices', ProxyConfig: 'proxyconfigs' },
    v1alpha3: { EnvoyFilter: 'envoyfilters' },
  },
  'security.istio.io': { v1: { PeerAuthentication: 'peerauthentications' } },
} satisfies FakeOptions['custom'];

export function object(
  apiVersion: string,
  kind: string,
  place: string,
  body: Readonly<Record<string, unknown>> = {},
  metadata: Readonly<Record<string, unknown>> = {},
): ApiObject {
  const slash = place.indexOf('/');
  const own =
    slash < 0 ? { name: place } : { namespace: place.slice(0, slash), name: place.slice(slash + 1) };
  return { apiVersion, kind, metadata: { ...own, ...metadata }, ...body };
}

export function namespace(
  name: string,
  labels: Labels = {},
  metadata: Readonly<Record<string, unknown>> = {},
) {
  return object(
    'v1',
    'Namespace',
    name,
    {},
    { labels: { 'kubernetes.io/metadata.name': name, ...labels }, ...metadata },
  );
}

export function service(place: string, port = 80) {
  return object('v1', 'Service', place, {
    spec: { selector: { app: place.slice(place.indexOf('/') + 1) }, ports: [{ name: 'http', port }] },
  });
}

export function deployment(place: string, labels: Labels = {}) {
  const app = place.slice(place.indexOf('/') + 1);
  return object('apps/v1', 'Deployment', place, {
    spec: {
      replicas: 1,
      selector: { matchLabels: { app } },
      template: {
        metadata: { labels: { app, ...labels } },
        spec: { containers: [{ name: app, image: `registry.example.com/${app}:1` }] },
      },
    },
  });
}

/** An istiod with its Service, mesh config and webhook. */
export function controlPlane(
  revision: string,
  version: string,
  { available = true, ca = 'Q0E=' }: { readonly available?: boolean; readonly ca?: string } = {},
): ApiObject[] {
  const suffix = revision === 'default' ? '' : `-${revision}`;
  const name = `istiod${suffix}`;
  const labels = { app: 'istiod', 'istio.io/rev': revision };
  const clientConfig = {
    caBundle: ca,
    service: { name, namespace: 'istio-system', path: '/inject', port: 443 },
  };
  const selector =
    revision === 'default'
      ? { matchLabels: { 'istio-injection': 'enabled' } }
      : { matchExpressions: [{ key: 'istio.io/rev', operator: 'In', values: [revision] }] };
  return [
    object(
      'apps/v1',
      'Deployment',
      `istio-system/${name}`,
      {
        spec: {
          replicas: 2,
          template: {
            metadata: { labels },
            spec: {
              containers: [
                {
                  name: 'discovery',
                  image: `docker.io/istio/pilot:${version}`,
                  env: [{ name: 'REVISION', value: revision }],
                },
              ],
            },
          },
        },
        status: {
          readyReplicas: available ? 2 : 0,
          conditions: [{ type: 'Available', status: available ? 'True' : 'False' }],
        },
      },
      { labels },
    ),
    object('v1', 'Service', `istio-system/${name}`, {
      spec: { selector: labels, ports: [{ name: 'grpc-xds', port: 15012 }] },
    }),
    object('v1', 'ConfigMap', `istio-system/istio${suffix}`, {
      data: { mesh: 'rootNamespace: istio-system\n' },
    }),
    object(
      'admissionregistration.k8s.io/v1',
      'MutatingWebhookConfiguration',
      `istio-sidecar-injector${suffix}`,
      {
        webhooks: [
          {
            name: 'rev.namespace.sidecar-injector.istio.io',
            clientConfig,
            failurePolicy: 'Fail',
            namespaceSelector: selector,
            objectSelector: {
              matchExpressions: [{ key: 'sidecar.istio.io/inject', operator: 'NotIn', values: ['false'] }],
            },
          },
        ],
      },
      { labels },
    ),
  ];
}

/** Pods of a Deployment; with `revision` they have a sidecar. */
export function pods(
  place: string,
  count: number,
  sidecar?: { readonly revision: string; readonly version: string },
): ApiObject[] {
  const slash = place.indexOf('/');
  const [home, name] = [place.slice(0, slash), place.slice(slash + 1)];
  const hash = '5d4f7c6b9';
  const status =
    sidecar &&
    JSON.stringify({
      containers: ['istio-proxy'],
      initContainers: ['istio-init'],
      revision: sidecar.revision,
    });
  const proxy = sidecar && { name: 'istio-proxy', image: `docker.io/istio/proxyv2:${sidecar.version}` };
  return Array.from({ length: count }, (_, index) =>
    object(
      'v1',
      'Pod',
      `${home}/${name}-${hash}-${index}`,
      {
        spec: { containers: [{ name, image: 'x' }, ...(proxy ? [proxy] : [])] },
        status: { phase: 'Running' },
      },
      {
        labels: {
          app: name,
          'pod-template-hash': hash,
          ...(sidecar && { 'istio.io/rev': sidecar.revision }),
        },
        annotations: status === undefined ? {} : { 'sidecar.istio.io/status': status },
        ownerReferences: [{ kind: 'ReplicaSet', name: `${name}-${hash}`, controller: true }],
      },
    ),
  );
}

/** A mesh in the middle of a canary: shop has moved to 1-29 and was not restarted yet. */
export function canary(): ApiObject[] {
  return [
    namespace('istio-system'),
    namespace('shop', { 'istio.io/rev': '1-29' }),
    namespace('bank', { 'istio.io/rev': '1-28' }),
    ...controlPlane('1-28', '1.28.3'),
    ...controlPlane('1-29', '1.29.1'),
    deployment('shop/cart'),
    deployment('bank/ledger'),
    service('shop/cart'),
    service('bank/ledger'),
    ...pods('shop/cart', 3, { revision: '1-28', version: '1.28.3' }),
    ...pods('bank/ledger', 2, { revision: '1-28', version: '1.28.3' }),
  ];
}

/** A kubeconfig that names the server. */
export function kubeconfig(
  server: string,
  { user = {}, cluster = {} }: { readonly user?: object; readonly cluster?: object } = {},
): string {
  return JSON.stringify({
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': 'prod',
    clusters: [{ name: 'c', cluster: { server, ...cluster } }],
    users: [{ name: 'u', user }],
    contexts: [{ name: 'prod', context: { cluster: 'c', user: 'u' } }],
  });
}
