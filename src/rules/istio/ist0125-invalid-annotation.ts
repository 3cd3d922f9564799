import { hasPlaceholder } from '../body.ts';
import { defineRule } from '../rule.ts';
import { ANNOTATED_KINDS, istioAnnotations } from './annotated-objects.ts';
import { problemOf } from './annotation-values.ts';

/** IST0125 (all releases): injection fails, or the setting is ignored, on a value that cannot be read. */
export default defineRule({
  id: 'IST0125',
  name: 'invalid-annotation',
  level: 'warning',
  inputs: [...ANNOTATED_KINDS],
  summary: 'The value of an annotation of Istio cannot be read.',
  messages: {
    invalid: 'The annotation {annotation} is to be {expected}, and is {value}.',
  },
  advice: 'Correct the value.',
  check({ mesh, report }) {
    for (const { resource, name, value, fact, allowedHere } of istioAnnotations(mesh)) {
      // An annotation for any object is not checked, nor is one that stands in the wrong place.
      if (!fact || !allowedHere || fact.kinds.includes('Any') || hasPlaceholder(value)) continue;
      const expected = problemOf(name, value);
      if (expected === undefined) continue;
      const data = { annotation: name, expected, value };
      report(resource, ['metadata', 'annotations', name], 'invalid', data);
    }
  },
});
