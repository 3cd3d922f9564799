/**
 * A manifest in short: `{ DestinationRule: { host: a, trafficPolicy: {} } }`. The key is the kind, perhaps with the version
 * of its API (`GRPCRoute/v1alpha2`) and a name (`Namespace shop`); the value is the spec, or the whole body when it has
 * `spec`, `metadata`, `data` or `body` (whose fields are taken as they are).
 */
export type Written = Readonly<Record<string, Record<string, unknown> | null>>;

const GROUPS: Readonly<Record<string, string>> = {
  ...group(
    'networking.istio.io/v1beta1',
    'VirtualService',
    'DestinationRule',
    'Gateway',
    'ServiceEntry',
    'Sidecar',
  ),
  ...group('networking.istio.io/v1beta1', 'WorkloadEntry', 'WorkloadGroup', 'ProxyConfig'),
  ...group('networking.istio.io/v1alpha3', 'EnvoyFilter'),
  ...group('security.istio.io/v1beta1', 'AuthorizationPolicy', 'PeerAuthentication', 'RequestAuthentication'),
  ...group('telemetry.istio.io/v1alpha1', 'Telemetry'),
  ...group('extensions.istio.io/v1alpha1', 'WasmPlugin', 'TrafficExtension'),
  ...group('install.istio.io/v1alpha1', 'IstioOperator'),
  ...group('apps/v1', 'Deployment', 'StatefulSet', 'DaemonSet'),
  ...group('batch/v1', 'Job', 'CronJob'),
  ...group('v1', 'Service', 'Namespace', 'ConfigMap', 'Secret', 'Pod', 'ServiceAccount', 'Endpoints'),
  ...group('networking.k8s.io/v1', 'Ingress', 'NetworkPolicy'),
  ...group('policy/v1', 'PodDisruptionBudget'),
  ...group('autoscaling/v2', 'HorizontalPodAutoscaler'),
  ...group('monitoring.coreos.com/v1', 'PrometheusRule', 'ServiceMonitor', 'PodMonitor'),
  ...group('rbac.authorization.k8s.io/v1', 'Role', 'RoleBinding', 'ClusterRole', 'ClusterRoleBinding'),
  ...group('apiextensions.k8s.io/v1', 'CustomResourceDefinition'),
  ...group('gateway.networking.k8s.io/v1', 'KubernetesGateway', 'GatewayClass', 'HTTPRoute', 'GRPCRoute'),
  ...group('gateway.networking.k8s.io/v1alpha2', 'TLSRoute', 'TCPRoute', 'UDPRoute'),
  ...group('gateway.networking.k8s.io/v1beta1', 'ReferenceGrant'),
  ...group('argoproj.io/v1alpha1', 'Application'),
  ...group('helm.toolkit.fluxcd.io/v2', 'HelmRelease'),
  ...group('sailoperator.io/v1', 'Istio', 'IstioCNI', 'ZTunnel'),
};

function group(apiVersion: string, ...kinds: string[]): Record<string, string> {
  return Object.fromEntries(kinds.map((kind) => [kind, apiVersion]));
}

const CLUSTER_SCOPED = new Set([
  'Namespace',
  'GatewayClass',
  'CustomResourceDefinition',
  'ClusterRole',
  'Istio',
]);
const BODY_KEYS = ['spec', 'metadata', 'data', 'body'];

/** The manifests, whole. Objects without a namespace are in `shop`, which is not written unless a case writes it. */
export function objectsOf(written: readonly Written[]): Record<string, unknown>[] {
  return written.flatMap((entry, index) =>
    Object.entries(entry).map(([key, value]) => objectOf(key, value ?? {}, index)),
  );
}

function objectOf(key: string, value: Record<string, unknown>, index: number): Record<string, unknown> {
  const [typed = '', name = `x${index}`] = key.split(' ');
  const [kind = '', ...rest] = typed.split('/');
  const known = GROUPS[kind] ?? 'v1';
  // `Kind/version`, or `Kind/group/version`.
  const apiVersion =
    rest.length === 2 ? rest.join('/') : rest.length === 1 ? known.replace(/[^/]*$/, rest[0] ?? '') : known;
  const isWhole = BODY_KEYS.some((part) => Object.hasOwn(value, part));
  const { metadata, body, ...own } = isWhole ? value : { spec: value };
  const place = CLUSTER_SCOPED.has(kind) ? {} : { namespace: 'shop' };
  return {
    apiVersion,
    kind: kind === 'KubernetesGateway' ? 'Gateway' : kind,
    metadata: { name, ...place, ...(metadata as object | undefined) },
    ...own,
    ...(body as object | undefined),
  };
}
