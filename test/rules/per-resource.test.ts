import { expect, jest, test } from '@jest/globals';
import type { Resource } from '../../src/render/resource.ts';
import { perResource } from '../../src/rules/per-resource.ts';

test('derives once for a resource, and anew for another with the same content', () => {
  const derive = jest.fn(({ name }: Resource) => [name]);
  const derived = perResource(derive);
  const one = { name: 'cart' } as Resource;
  const other = { ...one };
  expect(derived(one)).toBe(derived(one));
  expect(derived(other)).toEqual(['cart']);
  expect(derived(other)).not.toBe(derived(one));
  expect(derive).toHaveBeenCalledTimes(2);
});
