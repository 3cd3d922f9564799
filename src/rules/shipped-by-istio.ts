import type { Resource } from '../render/resource.ts';

/** The EnvoyFilters of Istio's own telemetry, until 1.22: `stats-filter-1.13`, `tcp-metadata-exchange-1.10-canary`. */
const SHIPPED_NAME =
  /^(?:tcp-)?(?:stats-filter|metadata-exchange|stackdriver-filter|stackdriver-sampling-accesslog-filter)-1\.\d/;
/** What istioctl and the operator put on everything they install. */
const INSTALLER_LABELS = ['operator.istio.io/component', 'install.operator.istio.io/owning-resource'];

/** Whether an object is part of what an installation of Istio brings: the next version brings its own. */
export function isShippedByIstio({ name, namespace, labels }: Resource): boolean {
  if (INSTALLER_LABELS.some((label) => Object.hasOwn(labels, label))) return true;
  return SHIPPED_NAME.test(name) && (namespace === 'istio-system' || Object.hasOwn(labels, 'istio.io/rev'));
}
