import { describe, expect, test } from '@jest/globals';
import { meantField, placesOf } from '../../../src/rules/fields/field-hints.ts';

const TREE = {
  hosts: null,
  gateways: null,
  http: { match: { uri: null }, route: null },
  workloadSelector: null,
};

describe('what a misspelt field was meant to be', () => {
  test.each([
    ['host', 'hosts'],
    ['gatways', 'gateways'],
    ['workloadselector', 'workloadSelector'],
    ['workload_selectors', 'workloadSelector'],
    ['htttp', 'http'],
    ['htp', undefined],
    ['metadata', undefined],
    ['x'.repeat(100_000), undefined],
  ])('%.20s', (written, meant) => {
    expect(meantField(written, TREE)).toBe(meant);
  });
});

describe('where a misplaced field belongs', () => {
  const root = { tree: TREE, place: 'spec' };
  const match = { tree: TREE.http.match, place: 'spec.http.match' };
  test('inside a neighbour, then further out', () => {
    expect(placesOf('match', [root])).toEqual(['spec.http.match']);
    expect(placesOf('hosts', [root, match])).toEqual(['spec.hosts']);
    expect(placesOf('constructor', [root, match])).toEqual([]);
  });
});
