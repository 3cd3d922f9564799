import { describe, expect, test } from '@jest/globals';
import { joinToLineBefore } from '../../src/yaml/flow-indentation.ts';
import { parseText } from '../../src/yaml/parse.ts';
import { costOf } from '../cost.ts';

/** Accepted by go-yaml, and so by kubectl, kustomize and Helm, though the YAML specification asks for more indentation. */
const ACCEPTED: [text: string, value: unknown][] = [
  ['spec:\n  hosts: [\n    a\n  ]\n', { spec: { hosts: ['a'] } }],
  ['spec:\n  hosts: [\n    "a", # why\n    b\n  ]\n  x: 1\n', { spec: { hosts: ['a', 'b'], x: 1 } }],
  ['spec:\n  args: [a,\n    # "b",\n  ]\n', { spec: { args: ['a'] } }],
  ['a: {\n  b: 1\n}\nc: 2\n', { a: { b: 1 }, c: 2 }],
  ['a:\n  b: [\n1,\n2\n]\n', { a: { b: [1, 2] } }],
  ['a:\n- b: [\n  1 # one\n  ]\n', { a: [{ b: [1] }] }],
];

describe('brackets may close at the indentation of their key', () => {
  test.each(ACCEPTED)('%j', (text, value) => {
    const { documents, problems } = parseText(text);
    expect(problems).toEqual([]);
    expect(documents[0]?.value).toEqual(value);
  });

  test('positions are those of the text as it is written', () => {
    const { documents } = parseText('spec:\n  hosts: [\n    a,\n    b\n  ]\n  x: 1\n');
    expect(documents[0]?.locate(['spec', 'hosts', 1])).toMatchObject({ line: 4, column: 5 });
    expect(documents[0]?.locate(['spec', 'x'])).toMatchObject({ line: 6, column: 6 });
  });

  test('a bracket that never closes is still an error, where it is written', () => {
    const { documents, problems } = parseText('a: [\n1\nb: 2\n');
    expect(documents[0]?.value).toBeUndefined();
    expect(problems).toMatchObject([{ kind: 'syntax', line: 2 }]);
  });

  test('a million brackets cost little', () => {
    expect(costOf(() => parseText('a: [\n1,\n'.repeat(200_000)))).toBeLessThan(150);
  });
});

test('a comment that may be part of a quoted text is left alone', () => {
  expect(joinToLineBefore('a: ["x # y",\n]', 13)).toBeUndefined();
  expect(joinToLineBefore('no break', 3)).toBeUndefined();
});
