import { describe, expect, test } from '@jest/globals';
import { spaceAliasKeys } from '../../src/yaml/alias-keys.ts';
import { parseText } from '../../src/yaml/parse.ts';

describe('an alias as a key may end at the colon', () => {
  test.each<[string, unknown]>([
    ['k: &app shop\nm:\n  *app:\n    x: 1\n', { k: 'shop', m: { shop: { x: 1 } } }],
    ['k: &app shop\nm:\n  *app: 1\n', { k: 'shop', m: { shop: 1 } }],
    ['k: &app shop\nl:\n- *app:\n    x: *app\n', { k: 'shop', l: [{ shop: { x: 'shop' } }] }],
    ['k: [&one a, &two b]\n*one: 1\n*two: 2\n', { k: ['a', 'b'], a: 1, b: 2 }],
    ['k: &app shop\n*app : 1\n', { k: 'shop', shop: 1 }],
  ])('%j', (text, value) => {
    const { documents, problems } = parseText(text);
    expect(problems).toEqual([]);
    expect(documents[0]?.value).toEqual(value);
  });

  test('positions are those of the text as it is written', () => {
    const { documents } = parseText('k: &app shop\nm:\n  *app:\n    x: 1\n');
    expect(documents[0]?.locate(['m', 'shop', 'x'])).toMatchObject({ line: 4, column: 8 });
    expect(documents[0]?.locate(['m', 'shop'], 'key')).toMatchObject({ line: 3, column: 3 });
  });

  test('an alias of nothing is still an error', () => {
    expect(parseText('m:\n  *app:\n    x: 1\n').problems).toMatchObject([{ kind: 'syntax' }]);
  });
});

test.each(['a: 1\n', 'a: &x 1\n*x: 2\n', 'a: [&app 1, &ap 2]\n*app: 2\n'])(
  '%j has no shorter spelling',
  (text) => {
    expect(spaceAliasKeys(text)).toBeUndefined();
  },
);
