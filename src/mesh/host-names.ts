/** Host names as Istio reads them. The cluster domain is `cluster.local`, as in Istio's analyzers. */
const CLUSTER_SUFFIX = '.svc.cluster.local';

/** The full name of a Service. */
export function serviceHost(name: string, namespace: string): string {
  return `${name}.${namespace}${CLUSTER_SUFFIX}`;
}

/**
 * A short name is completed with the namespace it is written in. A host with a dot (`reviews.shop`) or a wildcard stays as
 * it is: Istio completes nothing there.
 */
export function toFqdn(host: string, namespace: string): string {
  return host.startsWith('*') || host.includes('.') ? host : serviceHost(host, namespace);
}

/** The Service a host names: `name.namespace.svc.cluster.local`, or a name in the namespace it is written in. */
export function serviceOfHost(host: string, namespace: string): { namespace: string; name: string } {
  if (host.endsWith(CLUSTER_SUFFIX)) {
    const stem = host.slice(0, -CLUSTER_SUFFIX.length);
    const dot = stem.lastIndexOf('.');
    if (dot > 0 && dot < stem.length - 1) {
      return { namespace: stem.slice(dot + 1), name: stem.slice(0, dot) };
    }
  }
  return { namespace, name: host };
}

function isWildcard(host: string): boolean {
  return host.startsWith('*');
}

/**
 * Is there a name that both hosts cover? A wildcard is a leading `*` and stands for at least nothing, so `*.shop.com` does
 * not cover `shop.com`. Case-sensitive, as in Istio.
 */
export function hostsOverlap(a: string, b: string): boolean {
  if (isWildcard(a) && isWildcard(b)) {
    const [longer, shorter] = a.length >= b.length ? [a, b] : [b, a];
    return longer.slice(1).endsWith(shorter.slice(1));
  }
  if (isWildcard(a)) return b.endsWith(a.slice(1));
  if (isWildcard(b)) return a.endsWith(b.slice(1));
  return a === b;
}

/** Does `b` cover every name that `a` covers? */
export function subsetOf(a: string, b: string): boolean {
  if (!isWildcard(b)) return a === b;
  const suffix = b.slice(1);
  if (isWildcard(a)) return a.length >= b.length && a.slice(1).endsWith(suffix);
  return a.endsWith(suffix);
}
