import { defineRule } from '../rule.ts';
import { pathText, problemsOf, VALIDATED_KINDS } from '../validation/kinds.ts';

/** IST0133 (since 1.10): what istiod takes, but does not do, or not as one would think. */
export default defineRule({
  id: 'IST0133',
  name: 'doubtful-resource',
  level: 'warning',
  inputs: [...VALIDATED_KINDS, 'controlPlanes'],
  summary: 'A resource of Istio holds something that has no effect, or a surprising one.',
  messages: {
    doubtful: '{field} {problem}.',
  },
  advice: 'Correct the field, or remove it.',
  check({ mesh, report }) {
    for (const { resource, path, text } of problemsOf(mesh, 'warning')) {
      report(resource, path, 'doubtful', { field: pathText(path), problem: text });
    }
  },
});
