import type { Fields } from '../../untyped.ts';
import { fields, list, text } from '../body.ts';
import { defineRule } from '../rule.ts';
import { ANNOTATED_KINDS, istioAnnotations } from './annotated-objects.ts';

/** Pods whose traffic Istio's CNI plugin redirects carry these without anybody having written them. */
const WRITTEN_BY_INJECTION = new Set([
  'sidecar.istio.io/interceptionMode',
  'traffic.sidecar.istio.io/includeInboundPorts',
  'traffic.sidecar.istio.io/excludeInboundPorts',
  'traffic.sidecar.istio.io/includeOutboundIPRanges',
]);

/** IST0136 (all releases, by `istioctl x precheck` alone): an annotation of a feature in its alpha phase. */
export default defineRule({
  id: 'IST0136',
  name: 'alpha-annotation',
  level: 'info',
  inputs: [...ANNOTATED_KINDS],
  summary: 'An annotation belongs to a feature of Istio in its alpha phase (closed world only).',
  messages: {
    alpha: 'The annotation {annotation} belongs to a feature in its alpha phase.',
  },
  advice: 'Know that a later release may change or drop it.',
  check({ mesh, report }) {
    // Most annotations of Istio are alpha for good, so in a repository this tells nobody anything.
    if (mesh.world === 'open') return;
    for (const { resource, name, fact } of istioAnnotations(mesh)) {
      if (fact?.stage !== 'Alpha') continue;
      const byInjection = WRITTEN_BY_INJECTION.has(name) && resource.kind === 'Pod';
      if (byInjection && !hasInitContainer(resource.body)) continue;
      const path = ['metadata', 'annotations', name];
      report(resource, path, 'alpha', { annotation: name }, { atKey: true });
    }
  },
});

function hasInitContainer(pod: Fields): boolean {
  return list(fields(pod, 'spec'), 'initContainers').some(
    (container) => text(container, 'name') === 'istio-init',
  );
}
