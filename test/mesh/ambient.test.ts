import { expect, test } from '@jest/globals';
import { ambientOf } from '../../src/mesh/ambient.ts';
import type { Injection, NamespaceModel } from '../../src/mesh/mesh.ts';
import { workloadsOf } from '../../src/mesh/workloads.ts';
import { deployment, namespaceManifest } from './manifests.ts';

function namespace(labels: Record<string, string>, labelsKnown: 'yes' | 'unknown' = 'yes'): NamespaceModel {
  return { name: 'shop', resource: namespaceManifest('shop', labels), labels, labelsKnown };
}

const MODE = 'istio.io/dataplane-mode';

test.each([
  [{ [MODE]: 'ambient' }, {}, 'yes'],
  [{ [MODE]: 'ambient' }, { [MODE]: 'none' }, 'no'],
  [{}, { [MODE]: 'ambient' }, 'yes'],
  [{ [MODE]: 'none' }, { [MODE]: 'ambient' }, 'yes'],
  [{ [MODE]: 'ambient' }, { [MODE]: 'other' }, 'yes'],
  [{}, {}, 'no'],
  [{ [MODE]: '${MODE}' }, {}, 'unknown'],
])('namespace %j, pod %j: %s', (labels, pod, answer) => {
  const [workload] = workloadsOf([deployment('shop', 'cart', pod)]);
  expect(ambientOf(namespace(labels), workload).ambient).toBe(answer);
});

test('labels that are set elsewhere leave it open', () => {
  expect(ambientOf(namespace({}, 'unknown')).ambient).toBe('unknown');
});

test('a sidecar keeps a pod out', () => {
  const injection = (injected: Injection['injected']): Injection => ({
    injected,
    revision: '',
    tag: undefined,
    because: 'rule',
    at: undefined,
    dangling: undefined,
  });
  const ambient = namespace({ [MODE]: 'ambient' });
  const answers = (['yes', 'no', 'unknown'] as const).map(
    (injected) => ambientOf(ambient, undefined, injection(injected)).ambient,
  );
  expect(answers).toEqual(['no', 'yes', 'unknown']);
});
