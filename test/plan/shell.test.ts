import { execFileSync } from 'node:child_process';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { isObjectName, sh, shellWord } from '../../src/plan/shell.ts';

describe('a word in a command', () => {
  test.each(['shop', 'istio.io/rev=1-10-0', 'apps/a.yaml', 'app=istiod,tier'])(
    '%s stands as it is',
    (text) => {
      expect(shellWord(text)).toBe(text);
    },
  );

  test.each([
    ['a; rm -rf /', "'a; rm -rf /'"],
    ['$(id)', "'$(id)'"],
    ["it's", "'it'\\''s'"],
    ['--all', './--all'],
    ['', "''"],
  ])('%s is quoted', (text, word) => {
    expect(shellWord(text)).toBe(word);
  });

  test('is what a shell makes of it, whatever it holds', () => {
    const anything = fc
      .string({ maxLength: 20 })
      .filter((text) => !text.includes('\0') && !text.startsWith('-'));
    fc.assert(
      fc.property(anything, (text) => {
        const said = execFileSync('/bin/sh', ['-c', `printf %s ${shellWord(text)}`], { encoding: 'utf8' });
        expect(said).toBe(text);
      }),
      { numRuns: 60 },
    );
  });
});

test('options are ours, what is filled in is not', () => {
  const command = sh`helm upgrade ${'-x'} ${['a b', 'c']} ${{ flags: ['--set', 'revision=a b'] }}`;
  expect(command).toBe("helm upgrade ./-x 'a b' c --set 'revision=a b'");
});

test.each([
  ['shop', true],
  ['1-10-0', true],
  ['a.b', true],
  ['Shop', false],
  ['a b', false],
  ['-a', false],
  ['$(id)', false],
  ['', false],
])('%s as the name of an object: %s', (text, expected) => {
  expect(isObjectName(text)).toBe(expected);
});
