import { expect, test } from '@jest/globals';
import { expanded, type Variables } from '../../src/listeners/variables.ts';

const variables: Variables = new Map([
  ['HOST', { value: 'localhost', path: [] }],
  ['LONG', { value: 'x'.repeat(5000), path: [] }],
]);

test('fills in what is known, and leaves the rest as it is written', () => {
  expect(expanded('$(HOST):80 $(PORT) $$(HOST) $HOST', variables)).toBe(
    'localhost:80 $(PORT) $$(HOST) $HOST',
  );
});

test('references cannot make a text much longer than it was', () => {
  expect(expanded('$(LONG)'.repeat(2000), variables)).toBe('$(LONG)'.repeat(2000));
  expect(expanded(`$(HOST)${' '.repeat(30_000)}`, variables)).toContain('$(HOST)');
});

test('a name of Object.prototype is no variable', () => {
  expect(expanded('$(constructor) $(__proto__)', variables)).toBe('$(constructor) $(__proto__)');
});
