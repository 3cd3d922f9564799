import { expect, test } from '@jest/globals';
import { isDiscovered } from '../../src/mesh/discovery.ts';
import type { NamespaceModel } from '../../src/mesh/mesh.ts';

function namespace(labels: Record<string, string>, labelsKnown: 'yes' | 'unknown' = 'yes'): NamespaceModel {
  return {
    name: 'shop',
    resource: undefined,
    labels: { ...labels, 'kubernetes.io/metadata.name': 'shop' },
    labelsKnown,
  };
}

const ON = { matchLabels: { mesh: 'on' } };
const BY_NAME = {
  matchExpressions: [{ key: 'kubernetes.io/metadata.name', operator: 'NotIn', values: ['kube-system'] }],
};

test.each([
  ['no selectors', [], {}, 'yes'],
  ['one matches', [ON], { mesh: 'on' }, 'yes'],
  ['none matches', [ON], {}, 'no'],
  ['one of several', [{ matchLabels: { a: 'b' } }, ON], { mesh: 'on' }, 'yes'],
  ['an empty selector matches all', [ON, {}], {}, 'yes'],
  ['by the name Kubernetes adds', [BY_NAME], {}, 'yes'],
  ['a placeholder', [{ matchLabels: { mesh: '${MESH}' } }], { mesh: 'on' }, 'unknown'],
])('%s', (_, discoverySelectors, labels, answer) => {
  expect(isDiscovered({ discoverySelectors }, namespace(labels as Record<string, string>))).toBe(answer);
});

test('labels that are set elsewhere: only the name decides', () => {
  const elsewhere = namespace({}, 'unknown');
  expect(isDiscovered({ discoverySelectors: [ON] }, elsewhere)).toBe('unknown');
  expect(isDiscovered({ discoverySelectors: [BY_NAME] }, elsewhere)).toBe('yes');
  expect(isDiscovered({ discoverySelectors: 'nonsense' }, elsewhere)).toBe('yes');
});
