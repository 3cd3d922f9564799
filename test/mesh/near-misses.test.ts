import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { editDistance, SimilarNames } from '../../src/mesh/near-misses.ts';

function similar(names: string[], left = 1000) {
  return new SimilarNames(names, { left });
}

test.each([
  ['langing-page', 'landing-page'],
  ['reveiws', 'reviews'],
  ['review', 'reviews'],
  ['landingpage', 'landing-page'],
  ['productcatalogue', 'productcatalog'],
  ['default-gateway-ingress', 'default-ingress-gateway'],
])('%s is a slip of %s', (written, meant) => {
  expect(similar(['unrelated', meant]).nearest(written)).toBe(meant);
});

test.each([
  ['reviews-v1', 'reviews-v2'],
  ['shop-a', 'shop-b'],
  ['cart', 'card-service'],
  ['api', 'app'],
  ['shop-dev', 'shop-uat'],
  ['kafka-0', 'kafka-1'],
  ['orders', 'folders-api'],
  ['reviews', 'reviews'],
])('%s and %s differ on purpose, or are one', (a, b) => {
  expect(similar([b]).nearest(a)).toBeUndefined();
});

test('the nearest wins, then the first in order', () => {
  expect(similar(['catalog', 'cataloque']).nearest('catalogue')).toBe('cataloque');
  expect(similar(['cartz', 'cartx']).nearest('carts')).toBe('cartx');
});

test.each([
  ['', '', 0],
  ['abc', 'abc', 0],
  ['abc', 'ab', 1],
  ['abc', 'acb', 1],
  ['abcd', 'badc', 2],
  ['abc', 'xyz', 3],
])('from %s to %s are %i edits', (a, b, distance) => {
  expect(editDistance(a, b, 2)).toBe(distance);
});

test('an empty budget finds nothing', () => {
  expect(similar(['reviews'], 0).nearest('reveiws')).toBeUndefined();
});

test('the band changes nothing: the distance is that of the whole table', () => {
  const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 8 });
  fc.assert(
    fc.property(word, word, (a, b) => {
      const whole = editDistance(a, b, 20);
      expect([1, 2, 3].map((most) => editDistance(a, b, most))).toEqual(
        [1, 2, 3].map((most) => Math.min(whole, most + 1)),
      );
    }),
  );
});

test('distance is symmetric and bounded by its limit', () => {
  const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 12 });
  fc.assert(
    fc.property(word, word, fc.integer({ min: 0, max: 3 }), (a, b, most) => {
      expect(editDistance(a, b, most)).toBe(editDistance(b, a, most));
      expect(editDistance(a, b, most)).toBeLessThanOrEqual(most + 1);
      expect(editDistance(a, a, most)).toBe(0);
    }),
  );
});
