import type { Answer } from '../vocabulary.ts';
import { fieldAt, listAt } from './fields.ts';
import type { NamespaceModel } from './mesh.ts';
import { matchesLabelSelector } from './selectors.ts';

const NAME_LABEL = 'kubernetes.io/metadata.name';

/**
 * Does a control plane with this mesh config watch the namespace (`meshConfig.discoverySelectors`, 1.10 and later)? Without
 * selectors it watches all; else one selector has to match the namespace's labels. Nothing is exempt, not even the system
 * namespace. Where the labels are not known, only selectors that look at nothing but the name are decided.
 */
export function isDiscovered(
  meshConfig: Readonly<Record<string, unknown>>,
  namespace: NamespaceModel,
): Answer {
  const selectors = listAt(meshConfig, 'discoverySelectors');
  if (selectors.length === 0) return 'yes';
  const answers = selectors.map((selector) => {
    const decided = namespace.labelsKnown === 'yes' || looksAtNameOnly(selector);
    return decided ? matchesLabelSelector(selector, namespace.labels) : 'unknown';
  });
  if (answers.includes('yes')) return 'yes';
  return answers.includes('unknown') ? 'unknown' : 'no';
}

function looksAtNameOnly(selector: unknown): boolean {
  const keys = [
    ...Object.keys(fieldAt(selector, 'matchLabels') ?? {}),
    ...listAt(selector, 'matchExpressions').map((expression) => fieldAt(expression, 'key')),
  ];
  return keys.every((key) => key === NAME_LABEL);
}
