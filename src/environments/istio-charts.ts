/** A chart by name and by where it comes from: a repository URL, an OCI address, or a repository's short name. */
export interface ChartReference {
  readonly name: string;
  readonly repository: string;
}

/** Istio's own charts; `istio-discovery` and `istio-cni` before 1.12. */
const ISTIO_CHARTS = new Set([
  'base',
  'istiod',
  'cni',
  'ztunnel',
  'gateway',
  'ambient',
  'istiod-remote',
  'istio-discovery',
  'istio-cni',
  'istio-ingress',
  'istio-egress',
  'revisiontags',
]);

/** Names that no other well-known chart has, so that a mirror is recognised by them. */
const TELLING_CHARTS = new Set(['istiod', 'ztunnel', 'istio-discovery', 'istio-cni', 'istiod-remote']);

/**
 * Is it one of Istio's own charts? They create a control plane or a gateway, never an application's Services.
 * A generic name (`base`, `gateway`) needs a repository that mentions Istio.
 */
export function isOfficialIstioChart({ name, repository }: ChartReference): boolean {
  if (TELLING_CHARTS.has(name)) return true;
  return ISTIO_CHARTS.has(name) && /istio/i.test(repository);
}
