import { defineRule } from '../rule.ts';
import { ANNOTATED_KINDS, istioAnnotations } from './annotated-objects.ts';

/** IST0107 (all releases): an annotation on an object where nobody reads it. */
export default defineRule({
  id: 'IST0107',
  name: 'misplaced-annotation',
  level: 'warning',
  inputs: [...ANNOTATED_KINDS],
  summary: 'An annotation of Istio stands on an object where it has no effect.',
  messages: {
    misplaced: 'The annotation {annotation} is for {kinds} and has no effect on a {kind}.',
  },
  advice: 'Move it: what is for a Pod belongs to spec.template.metadata of the workload.',
  check({ mesh, report }) {
    for (const { resource, name, fact, allowedHere } of istioAnnotations(mesh)) {
      if (!fact || allowedHere) continue;
      const data = { annotation: name, kinds: fact.kinds, kind: resource.kind };
      report(resource, ['metadata', 'annotations', name], 'misplaced', data, { atKey: true });
    }
  },
});
