import { expect, test } from '@jest/globals';
import { titleOf } from '../../../src/rules/upgrade/component-finding.ts';
import type { MeshComponent } from '../../../src/mesh/mesh.ts';

const part = (name: string, namespace: string): MeshComponent =>
  ({ component: 'istiod', name, namespace }) as MeshComponent;

test('a part of the installation is called by its name, or by where it is', () => {
  expect(titleOf(part('istiod', 'istio-system'))).toBe('control plane istio-system/istiod');
  expect(titleOf(part('istiod', ''))).toBe('control plane istiod');
  expect(titleOf(part('', 'istio-system'))).toBe('control plane in istio-system');
  expect(titleOf(part('', ''))).toBe('control plane');
});
