import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { generateManifests } from '../../bench/manifests.ts';
import { readEveryday } from '../../src/yaml/everyday-yaml.ts';
import { parseAsIs, type Parsed } from '../../src/yaml/parse-piece.ts';

const MANIFEST = `---
# A comment
apiVersion: v1 # another
kind: "ConfigMap"

metadata:
  name: 'it''s'
  labels: {app: shop, "a.b/c": 'x', ports: [1, -2, .5], none: {}}
  annotations:
    "quoted key": "a \\"b\\" \\\\ \\n"
    url: http://a.b:80/#c?d=e
data:
  one: |
    first: line
      more

    last # no comment
  two: >-   # folded
    some text
    goes on

      deeper
  three: |+
    kept

  # a comment below the text
  empty:
list:
- a
- - nested
  - [x, "y"]
- key: 1
  other:
  - yes
-
  below: ~
- |
 text
- --flag=1
- "a: b"
- :80
last: 0x1F
`;

describe('the value, its place and its size are those of the parser', () => {
  test('of a manifest with everything in it', () => {
    expect(readEveryday(MANIFEST)).toEqual(parseAsIs(MANIFEST));
  });

  test.each([
    ['an empty text', ''],
    ['comments only', '---\n# nothing\n\n  # here'],
    ['no line break at the end', 'a: 1\nb:\n  - c'],
    ['nothing behind the last key', 'a:\n  b:'],
    ['blanks at the end', 'a: 1   \nb: "x"  \n   \n  '],
    ['a text without lines', 'a: |\nb: 2\n'],
    ['a text at the end', 'a:\n- |-\n  x\n  y'],
    ['empty lines before a text', 'a: |\n\n \n  x\n'],
    ['comments at any column', '# x\na:\n # x\n  b: 1\n      # x\n  c: 2\n# x'],
    ['sequences that are not indented', 'a:\n- b:\n  - c\n  d:\n  - e\nf: 1\n'],
    ['a sequence at the root', '- a\n-  b: 1\n   c: 2\n- \n'],
    [
      'scalars that are no text',
      'a: [~, null, yes, off, 010, 0o7, 1_000, 1e3, .inf, -1, 12:30, 2026-01-01]\n',
    ],
    ['keys as JavaScript orders them', 'b: 1\n"10": y\n"1": z\na: 3\n'],
    ['letters of other languages', 'ключ: значение\nü: é\n'],
  ])('%s', (_, text) => {
    expect(readEveryday(text)).toEqual(parseAsIs(text));
  });

  test('of generated manifests, all of which are everyday ones', () => {
    for (const { text } of generateManifests(60)) expect(readEveryday(text)).toEqual(parseAsIs(text));
  });
});

describe('everything else is left to the parser', () => {
  test.each([
    ...['text', '"text"', '{a: 1}', ' a: 1\n', '--- {a: 1}', '%YAML 1.2\n---\na: 1'],
    ...[
      'a: &x 1\nb: *x\n',
      'a: !t 1\n',
      '<<: {a: 1}\n',
      '__proto__: 1\n',
      '? a\n: b\n',
      'yes: 1\n',
      '1: x\n',
    ],
    ...[
      'a: b\n  c\n',
      'a: "b\n  c"\n',
      'a: [1,\n 2]\n',
      'a: |2\n  x\n',
      'a:\tb\n',
      'a: b\r\n',
      'a: "\\x41"\n',
    ],
    ...[
      'a: 1\na: 2\n',
      'a: {b: 1, b: 2}\n',
      'a: {b}\n',
      'a: [b: 1]\n',
      'a: [1, ]\n',
      'a : 1\n',
      '\ufeffa: 1\n',
    ],
    ...[
      'a: b: c\n',
      'a: "b" c\n',
      'a: [1] 2\n',
      'a:\n  b: 1\n c: 2\n',
      '- a\nb: 1\n',
      'a: 1\n- b\n',
      'a: 1\n...\n',
    ],
    ...['a: - b\n', 'a: "x\n', 'a: @x\n', 'a: |\n   \n x\n', 'a: {{ x }}\n', '- a\n  b: 1\n', 'a: \u0007\n'],
    ...[`a: ${'['.repeat(60)}${']'.repeat(60)}`, `${'- '.repeat(60)}a\n`],
  ])('%j', (text) => {
    expect(readEveryday(text)).toBeUndefined();
  });
});

test('whatever is done to a manifest, it is read as the parser reads it, or not at all', () => {
  const shred = fc.constantFrom(
    ...[
      ' ',
      '  ',
      '\n',
      '\n\n',
      '- ',
      ': ',
      ':',
      '#',
      ' #',
      '"',
      "'",
      '|',
      '>-',
      '|+',
      '[',
      ']',
      '{',
      '}',
      ',',
    ],
    ...[
      '&a ',
      '*a',
      '!t ',
      '? ',
      '---\n',
      '...\n',
      '\t',
      '\r',
      '~',
      'yes',
      '-',
      '.',
      '@',
      '\\',
      '\\n',
      '<<: ',
    ],
    ...['[]', '{}', '{a: b}', '[a, b]', "''", '- - ', '\n# c\n', 'é', 'a', ''],
  );
  const edit = fc.record({ at: fc.nat(), cut: fc.constantFrom(0, 0, 0, 1, 4), put: shred });
  const texts = [MANIFEST, ...generateManifests(8).map(({ text }) => text)];
  let read = 0;
  fc.assert(
    fc.property(fc.constantFrom(...texts), fc.array(edit, { minLength: 1, maxLength: 3 }), (text, edits) => {
      const edited = edits.reduce((before, { at, cut, put }) => {
        const place = at % (before.length + 1);
        return before.slice(0, place) + put + before.slice(place + cut);
      }, text);
      const everyday = readEveryday(edited);
      if (everyday === undefined) return;
      read += 1;
      expect(everyday).toEqual(parseAsIs(edited));
      expect(orderOf(everyday)).toEqual(orderOf(parseAsIs(edited)));
    }),
    { numRuns: 4000 },
  );
  expect(read).toBeGreaterThan(400);
});

/** The value as text, in which the order of keys shows. */
function orderOf(parsed: Parsed): string {
  return parsed.outcome === 'value' ? JSON.stringify(parsed.value) : '';
}
