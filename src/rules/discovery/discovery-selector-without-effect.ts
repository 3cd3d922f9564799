import { selectorsOf } from '../../mesh/discovery.ts';
import { isMapping, listAt, mappingAt } from '../../untyped.ts';
import { selectorFault } from '../../mesh/selectors.ts';
import { defineRule } from '../rule.ts';
import { narrowed, selectorsSubject } from './watchers.ts';

/**
 * Selectors are alternatives, so an empty one admits every namespace. Nothing of Istio validates the field: istiod logs an
 * invalid selector and keeps what it had, which after a start is every namespace (1.10 and later).
 */
export default defineRule({
  id: 'discovery-selector-without-effect',
  name: 'discovery-selector-without-effect',
  level: 'warning',
  inputs: ['controlPlanes', 'meshConfig'],
  summary: 'A discovery selector is invalid, or admits every namespace so that the others do nothing.',
  messages: {
    invalid:
      'Discovery selector {number} of revision {revision} is invalid: {fault}. istiod ignores the whole list and keeps what it had.',
    everything:
      'Discovery selector {number} of revision {revision} is empty, so it admits every namespace and the others do nothing.',
  },
  advice: {
    invalid:
      'Write it as a label selector of Kubernetes: matchLabels, and matchExpressions with In, NotIn, Exists or DoesNotExist.',
    everything: 'Remove it: selectors are alternatives, and a namespace needs to match one of them only.',
  },
  check({ mesh, report }) {
    for (const controlPlane of narrowed(mesh)) {
      const { revision } = controlPlane;
      const selectors = selectorsOf(mesh, controlPlane);
      selectors.forEach((selector, index) => {
        const subject = selectorsSubject(controlPlane, [index]);
        const data = { revision, number: index + 1 };
        const fault = selectorFault(selector);
        if (fault !== undefined) report(subject, [], 'invalid', { ...data, fault });
        else if (isEmpty(selector) && selectors.length > 1) report(subject, [], 'everything', data);
      });
    }
  },
});

function isEmpty(selector: unknown): boolean {
  const isNothing = selector === null || selector === undefined;
  const hasNothing =
    isMapping(selector) &&
    Object.keys(mappingAt(selector, 'matchLabels')).length === 0 &&
    listAt(selector, 'matchExpressions').length === 0;
  return isNothing || hasNothing;
}
