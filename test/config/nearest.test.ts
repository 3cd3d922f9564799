import { expect, test } from '@jest/globals';
import { nearest } from '../../src/config/nearest.ts';

test.each([
  ['failon', ['failOn', 'rules'], 'failOn'],
  ['envronments', ['environments', 'externals'], 'environments'],
  ['nmae', ['name', 'mode'], 'name'],
  ['IST101', ['IST0101', 'IST0102'], 'IST0101'],
  ['zebra', ['failOn', 'rules'], undefined],
  ['', ['a'], 'a'],
  ['x'.repeat(100_000), ['y'], undefined],
])('%s', (word, candidates, expected) => {
  expect(nearest(word, candidates)).toBe(expected);
});
