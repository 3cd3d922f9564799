import { describe, expect, test } from '@jest/globals';
import { splitDocuments } from '../../src/yaml/split.ts';

function pieces(text: string): string[] {
  return splitDocuments(text).map(({ start, end }) => text.slice(start, end));
}

describe('a file is cut where documents begin', () => {
  test.each<[string, string, string[]]>([
    ['nothing', '', []],
    ['one document', 'a: 1\n', ['a: 1\n']],
    ['two', 'a: 1\n---\nb: 2\n', ['a: 1\n', '---\nb: 2\n']],
    ['a marker first', '---\na: 1\n---\nb: 2', ['---\na: 1\n', '---\nb: 2']],
    ['CR LF', 'a: 1\r\n---\r\nb: 2\r\n', ['a: 1\r\n', '---\r\nb: 2\r\n']],
    ['content behind the marker', '--- {a: 1}\n--- # next\nb: 2\n', ['--- {a: 1}\n', '--- # next\nb: 2\n']],
    ['a tab behind the marker', 'a: 1\n---\tb\n', ['a: 1\n', '---\tb\n']],
    ['inside a block scalar', 'a: |\n  x\n---\nb: 2\n', ['a: |\n  x\n', '---\nb: 2\n']],
    ['the end marker', 'a: 1\n...\nb: 2\n', ['a: 1\n...\n', 'b: 2\n']],
    ['both markers', 'a: 1\n...\n---\nb: 2\n', ['a: 1\n...\n', '---\nb: 2\n']],
    ['a directive', '%YAML 1.2\n# c\n---\na: 1\n', ['%YAML 1.2\n# c\n---\na: 1\n']],
    [
      'a directive after a document',
      'a: 1\n...\n%YAML 1.2\n---\nb: 2\n',
      ['a: 1\n...\n', '%YAML 1.2\n---\nb: 2\n'],
    ],
    ['an end before anything', '...\n%YAML 1.2\n---\na: 1\n', ['%YAML 1.2\n---\na: 1\n']],
    ['more dashes', 'a: 1\n----\n---x\n- ---\n ---\n', ['a: 1\n----\n---x\n- ---\n ---\n']],
    ['nothing but markers', '---\n---\n---', ['---\n', '---\n', '---']],
  ])('%s', (_, text, expected) => {
    expect(pieces(text)).toEqual(expected);
  });

  test('a hundred thousand documents', () => {
    expect(splitDocuments('---\na: 1\n'.repeat(100_000))).toHaveLength(100_000);
  });
});
