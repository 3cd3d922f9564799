import type { Resource } from '../../render/resource.ts';
import { listAt, textAt } from '../../untyped.ts';

/** Images of Istio's own programs, by the last part of their name. */
const PROGRAMS = /(?:^|\/)(?:pilot|proxyv2|install-cni|ztunnel|operator)(?:[-:@]|$)/;

/** A quick look, so that ten thousand workloads need not be modelled to find the three that run Istio. */
export function mayRunIstio({ kind, body }: Resource): boolean {
  if (kind !== 'Deployment' && kind !== 'DaemonSet') return false;
  return listAt(body, 'spec', 'template', 'spec', 'containers').some(
    (container) => textAt(container, 'name') === 'discovery' || PROGRAMS.test(textAt(container, 'image')),
  );
}
