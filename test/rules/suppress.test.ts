import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { friendlyName, globMatches } from '../../src/rules/suppress.ts';
import { costOf } from '../cost.ts';

test.each([
  ['Service shop/*', 'Service shop/cart', true],
  ['Service shop/*', 'Service pay/cart', false],
  ['* shop/cart', 'VirtualService shop/cart', true],
  ['*', 'Namespace shop', true],
  ['', '', false],
  ['Service shop/cart', 'Service shop/cart', true],
  ['Service shop/cart', 'Service shop/cart-v2', false],
  ['Service */c*t', 'Service shop/cart', true],
  ['Service */c*tt', 'Service shop/cart', false],
  ['a*a', 'a', false],
  ['Service sho.', 'Service shop', false],
])('glob %s on %s is %s', (glob, text, matches) => {
  expect(globMatches(glob, text)).toBe(matches);
});

test('a text matches itself with any part replaced by *', () => {
  const plain = fc.string({ minLength: 1 }).filter((text) => !text.includes('*'));
  fc.assert(
    fc.property(plain, fc.nat(), fc.nat(), (text, a, b) => {
      const start = Math.min(a, b) % (text.length + 1);
      const end = Math.max(start, Math.max(a, b) % (text.length + 1));
      expect(globMatches(`${text.slice(0, start)}*${text.slice(end)}`, text)).toBe(true);
    }),
  );
});

test('many stars take no longer than the text is long', () => {
  const cost = costOf(() => expect(globMatches(`${'*a'.repeat(5000)}b`, 'a'.repeat(100_000))).toBe(false));
  expect(cost).toBeLessThan(50);
});

test('a resource is named as Istio names it', () => {
  expect(friendlyName({ kind: 'Service', namespace: 'shop', name: 'cart' })).toBe('Service shop/cart');
  expect(friendlyName({ kind: 'Namespace', namespace: '', name: 'shop' })).toBe('Namespace shop');
});
