import { ANNOTATIONS } from '../../facts/annotations.ts';
import { hasPlaceholder } from '../body.ts';
import { defineRule } from '../rule.ts';
import { ANNOTATED_KINDS, istioAnnotations } from './annotated-objects.ts';

/** IST0108 (all releases): a misspelt annotation has no effect, and nothing else would say so. */
export default defineRule({
  id: 'IST0108',
  name: 'unknown-annotation',
  level: 'warning',
  inputs: [...ANNOTATED_KINDS],
  summary: 'An annotation in the name of Istio is none that Istio knows.',
  messages: {
    unknown: 'Istio knows no annotation {annotation}.',
    removed: 'Istio knows the annotation {annotation} no more; 1.{minor} was the last release that did.',
  },
  advice: 'Correct its name, or remove it.',
  check({ mesh, report }) {
    for (const { resource, name, fact } of istioAnnotations(mesh)) {
      if (fact || hasPlaceholder(name)) continue;
      const until = Object.hasOwn(ANNOTATIONS, name) ? ANNOTATIONS[name]?.until : undefined;
      const path = ['metadata', 'annotations', name];
      if (until === undefined) report(resource, path, 'unknown', { annotation: name }, { atKey: true });
      else report(resource, path, 'removed', { annotation: name, minor: until }, { atKey: true });
    }
  },
});
