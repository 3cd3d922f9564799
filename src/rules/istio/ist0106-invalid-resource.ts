import { defineRule } from '../rule.ts';
import { pathText, problemsOf, VALIDATED_KINDS } from '../validation/kinds.ts';

/** IST0106 (all releases): what istiod's webhook or the CRD's schema refuses when it is applied. */
export default defineRule({
  id: 'IST0106',
  name: 'invalid-resource',
  level: 'error',
  inputs: [...VALIDATED_KINDS, 'controlPlanes'],
  summary: 'A resource of Istio holds something that the cluster will refuse.',
  messages: {
    invalid: '{field} {problem}.',
  },
  advice: 'Correct the field; as it is, the resource is refused when it is applied.',
  check({ mesh, report }) {
    for (const { resource, path, text } of problemsOf(mesh, 'error')) {
      report(resource, path, 'invalid', { field: pathText(path), problem: text });
    }
  },
});
