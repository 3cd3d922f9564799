import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { hostsOverlap, serviceOfHost, subsetOf, toFqdn } from '../../src/mesh/host-names.ts';

test.each([
  ['reviews', 'reviews.shop.svc.cluster.local'],
  ['reviews.shop', 'reviews.shop'],
  ['reviews.shop.svc', 'reviews.shop.svc'],
  ['api.example.com', 'api.example.com'],
  ['*', '*'],
  ['*.local', '*.local'],
])('%s in namespace shop is completed to %s', (host, fqdn) => {
  expect(toFqdn(host, 'shop')).toBe(fqdn);
});

test.each([
  ['reviews', 'shop', 'reviews'],
  ['reviews.web.svc.cluster.local', 'web', 'reviews'],
  ['reviews.web', 'shop', 'reviews.web'],
  ['web-0.db.data.svc.cluster.local', 'data', 'web-0.db'],
  ['svc.cluster.local', 'shop', 'svc.cluster.local'],
  ['.svc.cluster.local', 'shop', '.svc.cluster.local'],
])('%s names the Service %s/%s', (host, namespace, name) => {
  expect(serviceOfHost(host, 'shop')).toEqual({ namespace, name });
});

test.each([
  ['a.com', 'a.com', true, true],
  ['a.com', 'b.com', false, false],
  ['A.com', 'a.com', false, false],
  ['x.a.com', '*.a.com', true, true],
  ['a.com', '*.a.com', false, false],
  ['*.a.com', 'x.a.com', true, false],
  ['*.x.a.com', '*.a.com', true, true],
  ['*.a.com', '*.x.a.com', true, false],
  ['*.a.com', '*.b.com', false, false],
  ['a.com', '*', true, true],
  ['*', '*', true, true],
  ['*', 'a.com', true, false],
])('%s and %s overlap: %s; the first is part of the second: %s', (a, b, overlap, part) => {
  expect(hostsOverlap(a, b)).toBe(overlap);
  expect(subsetOf(a, b)).toBe(part);
});

const label = fc.constantFrom('a', 'b', 'shop', 'com', 'x');
const plain = fc.array(label, { minLength: 1, maxLength: 4 }).map((labels) => labels.join('.'));
const host = fc.oneof(
  plain,
  plain.map((name) => `*.${name}`),
  fc.constant('*'),
);

describe('for any two hosts', () => {
  test('overlap is symmetric and reflexive', () => {
    fc.assert(
      fc.property(host, host, (a, b) => {
        expect(hostsOverlap(a, b)).toBe(hostsOverlap(b, a));
        expect(hostsOverlap(a, a)).toBe(true);
      }),
    );
  });

  test('a part overlaps the whole', () => {
    fc.assert(fc.property(host, host, (a, b) => !subsetOf(a, b) || hostsOverlap(a, b)));
  });

  test('a part of a part is a part', () => {
    fc.assert(
      fc.property(host, host, host, (a, b, c) => !subsetOf(a, b) || !subsetOf(b, c) || subsetOf(a, c)),
    );
  });

  test('each is part of the other only when they are equal', () => {
    fc.assert(fc.property(host, host, (a, b) => !(subsetOf(a, b) && subsetOf(b, a)) || a === b));
  });
});
