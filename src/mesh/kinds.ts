/**
 * The kinds rules may ask for. A name is the Kind, except that Gateway API's Gateway is `KubernetesGateway`
 * (Istio's own Gateway has the same Kind) and that kinds of other groups read `Kind.group`.
 */
export type KindName = string;

const ISTIO_GROUPS = new Set([
  'networking.istio.io',
  'security.istio.io',
  'telemetry.istio.io',
  'extensions.istio.io',
  'install.istio.io',
]);

/** The group of our own object that holds what is known of a live cluster beside its objects. */
export const CLUSTER_STATE_GROUP = 'istio-upgrade-guard';

/** Kubernetes' own groups whose Kind is unambiguous, and ours. */
const CORE_GROUPS = new Set([
  '',
  'apps',
  // Deployments, DaemonSets and ReplicaSets until Kubernetes 1.15.
  'extensions',
  'batch',
  'admissionregistration.k8s.io',
  'apiextensions.k8s.io',
  'policy',
  'autoscaling',
  'rbac.authorization.k8s.io',
  CLUSTER_STATE_GROUP,
]);

/** The name rules use for a kind. */
export function kindName(group: string, kind: string): KindName {
  if (CORE_GROUPS.has(group) || ISTIO_GROUPS.has(group)) return kind;
  if (group === 'gateway.networking.k8s.io') return kind === 'Gateway' ? 'KubernetesGateway' : kind;
  return `${kind}.${group}`;
}

const CLUSTER_SCOPED = new Set([
  'ClusterState',
  'Namespace',
  'Node',
  'CustomResourceDefinition',
  'MutatingWebhookConfiguration',
  'ValidatingWebhookConfiguration',
  'ClusterRole',
  'ClusterRoleBinding',
  'GatewayClass',
  'Istio.sailoperator.io',
  'IstioRevision.sailoperator.io',
  'IstioRevisionTag.sailoperator.io',
  'IstioCNI.sailoperator.io',
  'ZTunnel.sailoperator.io',
]);

export function isClusterScoped(kind: KindName): boolean {
  return CLUSTER_SCOPED.has(kind);
}
