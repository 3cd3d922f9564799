import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { matchesLabels, matchesLabelSelector } from '../../src/mesh/selectors.ts';
import type { Answer } from '../../src/vocabulary.ts';

const CART = { app: 'cart', tier: 'web', empty: '' };

describe('a set selector', () => {
  test.each<[string, Record<string, string>, Record<string, string>, Answer]>([
    ['empty selects everything', {}, CART, 'yes'],
    ['empty selects an unlabelled pod', {}, {}, 'yes'],
    ['an equal pair', { app: 'cart' }, CART, 'yes'],
    ['all pairs', { app: 'cart', tier: 'web' }, CART, 'yes'],
    ['another value', { app: 'order' }, CART, 'no'],
    ['a missing key', { zone: 'a' }, CART, 'no'],
    ['one pair of two', { app: 'cart', zone: 'a' }, CART, 'no'],
    ['the empty value', { empty: '' }, CART, 'yes'],
    ['the empty value against a missing key', { zone: '' }, CART, 'no'],
    ['an inherited name is no label', { constructor: 'x' }, CART, 'no'],
    ['a placeholder value', { app: '${APP}' }, CART, 'unknown'],
    ['a placeholder value of a missing key', { zone: '${ZONE}' }, CART, 'no'],
    ['a placeholder label', { app: 'cart' }, { app: '{{ .Values.name }}' }, 'unknown'],
    ['a placeholder key', { '${KEY}': 'x' }, CART, 'unknown'],
    ['a missing key beside a placeholder key', { zone: 'a' }, { '${KEY}': 'a' }, 'unknown'],
    ['a placeholder and a definite failure', { app: '${APP}', tier: 'db' }, CART, 'no'],
    ['equal placeholders may still differ', { app: '${APP}' }, { app: '${APP}' }, 'unknown'],
  ])('%s', (_, selector, labels, expected) => {
    expect(matchesLabels(selector, labels)).toBe(expected);
  });
});

describe('a Kubernetes LabelSelector', () => {
  const one = (key: string, operator: string, values?: unknown) => ({
    matchExpressions: [values === undefined ? { key, operator } : { key, operator, values }],
  });
  test.each<[string, unknown, Answer]>([
    ['absent', undefined, 'yes'],
    ['null', null, 'yes'],
    ['empty', {}, 'yes'],
    ['empty lists', { matchLabels: {}, matchExpressions: [] }, 'yes'],
    ['no mapping', ['app'], 'no'],
    ['filled in later', '${SELECTOR}', 'unknown'],
    ['matchLabels', { matchLabels: { app: 'cart' } }, 'yes'],
    ['matchLabels missing', { matchLabels: { zone: 'a' } }, 'no'],
    ['In', one('app', 'In', ['order', 'cart']), 'yes'],
    ['In another', one('app', 'In', ['order']), 'no'],
    ['In, key missing', one('zone', 'In', ['a']), 'no'],
    ['In without values is invalid', one('app', 'In', []), 'no'],
    ['In, values absent, is invalid', one('app', 'In'), 'no'],
    ['In with a placeholder', one('app', 'In', ['${A}']), 'unknown'],
    ['In with a placeholder beside the value', one('app', 'In', ['${A}', 'cart']), 'yes'],
    ['In with a value that is no label value', one('app', 'In', ['a b', 'cart']), 'no'],
    ['In with a number is invalid', one('app', 'In', [1]), 'no'],
    ['NotIn', one('app', 'NotIn', ['order']), 'yes'],
    ['NotIn the value', one('app', 'NotIn', ['cart']), 'no'],
    ['NotIn, key missing', one('zone', 'NotIn', ['a']), 'yes'],
    ['NotIn without values is invalid', one('zone', 'NotIn', []), 'no'],
    ['NotIn with a placeholder', one('app', 'NotIn', ['${A}']), 'unknown'],
    ['NotIn with a placeholder, key missing', one('zone', 'NotIn', ['${A}']), 'yes'],
    ['Exists', one('app', 'Exists'), 'yes'],
    ['Exists, key missing', one('zone', 'Exists'), 'no'],
    ['Exists with values is invalid', one('app', 'Exists', ['cart']), 'no'],
    ['DoesNotExist', one('zone', 'DoesNotExist'), 'yes'],
    ['DoesNotExist, key there', one('app', 'DoesNotExist'), 'no'],
    ['DoesNotExist with values is invalid', one('zone', 'DoesNotExist', ['a']), 'no'],
    ['an unknown operator is invalid', one('app', 'Equals', ['cart']), 'no'],
    ['operators are case-sensitive', one('app', 'exists'), 'no'],
    ['an operator that is filled in later', one('app', '${OP}', ['cart']), 'unknown'],
    ['no key is invalid', one('', 'Exists'), 'no'],
    ['a key that is no label key is invalid', one('a b', 'DoesNotExist'), 'no'],
    ['a prefixed key', one('istio.io/rev', 'DoesNotExist'), 'yes'],
    ['a prefix without a name is invalid', one('istio.io/', 'DoesNotExist'), 'no'],
    ['an expression that is no mapping is invalid', { matchExpressions: ['app'] }, 'no'],
    ['both parts have to hold', { matchLabels: { app: 'cart' }, ...one('tier', 'NotIn', ['web']) }, 'no'],
    [
      'a definite failure beats a placeholder',
      { matchLabels: { app: '${A}' }, ...one('tier', 'DoesNotExist') },
      'no',
    ],
  ])('%s', (_, selector, expected) => {
    expect(matchesLabelSelector(selector, CART)).toBe(expected);
  });
});

test('In and NotIn, Exists and DoesNotExist are opposites for valid requirements', () => {
  const key = fc.constantFrom('app', 'tier', 'zone', 'empty');
  const values = fc.array(fc.constantFrom('cart', 'web', '', '${X}'), { minLength: 1 });
  const opposite = { yes: 'no', no: 'yes', unknown: 'unknown' };
  fc.assert(
    fc.property(key, values, (k, v) => {
      const ask = (operator: string, list?: string[]) =>
        matchesLabelSelector({ matchExpressions: [{ key: k, operator, values: list }] }, CART);
      expect(ask('NotIn', v)).toBe(opposite[ask('In', v)]);
      expect(ask('DoesNotExist')).toBe(opposite[ask('Exists')]);
    }),
  );
});
