import { defineRule } from '../rule.ts';
import { ANNOTATED_KINDS, istioAnnotations } from './annotated-objects.ts';

const INJECT = 'sidecar.istio.io/inject';

/** IST0135 (all releases): an annotation that a later release may drop. */
export default defineRule({
  id: 'IST0135',
  name: 'deprecated-annotation',
  level: 'info',
  inputs: [...ANNOTATED_KINDS],
  summary: 'An annotation of Istio is deprecated.',
  messages: {
    deprecated: 'The annotation {annotation} is deprecated since 1.{minor}.',
    inject: 'The annotation {annotation} is deprecated since 1.{minor}; there is a label of that name.',
  },
  advice: {
    deprecated: 'Remove it, or use what has replaced it: a later release may ignore it.',
    inject: 'Use the label sidecar.istio.io/inject. An annotation cannot bring a pod into the mesh.',
  },
  check({ mesh, report }) {
    for (const { resource, name, fact } of istioAnnotations(mesh)) {
      const minor = fact?.deprecatedSince;
      if (minor === undefined || (name === INJECT && Object.hasOwn(resource.labels, INJECT))) continue;
      const message = name === INJECT ? 'inject' : 'deprecated';
      report(
        resource,
        ['metadata', 'annotations', name],
        message,
        { annotation: name, minor },
        { atKey: true },
      );
    }
  },
});
