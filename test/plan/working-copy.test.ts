import { describe, expect, test } from '@jest/globals';
import type { Location } from '../../src/vocabulary.ts';
import { WorkingCopy } from '../../src/plan/working-copy.ts';
import { edited } from './simulator.ts';

const FILE = 'a.yaml';
const at = (line: number, column: number): Location => ({ file: FILE, line, column, endLine: line });

function copyOf(text: string) {
  const files = new Map([[FILE, text]]);
  return { copy: new WorkingCopy(files), files };
}

describe('an edit', () => {
  test.each([
    ['version: 1.2.3 # keep\n', at(1, 10), 'version: 1.3.0 # keep\n'],
    ['version: "1.2.3"\n', at(1, 10), 'version: "1.3.0"\n'],
    ['a: { version: 1.2.3, b: c }\n', at(1, 15), 'a: { version: 1.3.0, b: c }\n'],
    // The place is that of an embedded text: the line is right, the column is not.
    ['      tag: 1.2.3\n', at(1, 1), '      tag: 1.3.0\n'],
  ])('of a value keeps what is around it: %s', (text, place, expected) => {
    const { copy, files } = copyOf(text);
    const fix = copy.replaceValue(place, '1.2.3', '1.3.0', 't');
    expect(edited(files, fix ? [fix] : []).get(FILE)).toBe(expected);
  });

  test.each(['version: 1.2.34\n', 'version: *v\n', 'a: 1.2.3 1.2.3\n', ''])(
    'is not made where the text is another: %s',
    (text) => {
      expect(copyOf(text).copy.replaceValue(at(1, 1), '1.2.3', '1.3.0', 't')).toBeUndefined();
    },
  );

  test('of an entry replaces key and value', () => {
    const { copy, files } = copyOf('labels:\n  istio-injection: enabled # why\n  a: b\n');
    const fix = copy.replaceEntry(at(2, 3), ['istio-injection', 'enabled'], ['istio.io/rev', 'prod'], 't');
    expect(edited(files, fix ? [fix] : []).get(FILE)).toBe('labels:\n  istio.io/rev: prod # why\n  a: b\n');
  });

  test('names the lines as the edits before it leave them, by places of head', () => {
    const { copy, files } = copyOf('x: 1\na: 1\nb: 2\nc: 3\n');
    const edits = [
      copy.replaceEntry(at(1, 1), ['x', '1'], undefined, 't'),
      copy.insertBefore(at(2, 1), ['new:', '  y: 1'], 't'),
      copy.addEntryBelow(at(3, 1), ['b', '2'], ['bb', '2'], 't'),
      copy.replaceValue(at(4, 4), '3', '33', 't'),
    ].flatMap((edit) => edit ?? []);
    expect(edits).toHaveLength(4);
    expect(edited(files, edits).get(FILE)).toBe('new:\n  y: 1\na: 1\nb: 2\nbb: 2\nc: 33\n');
    expect(copy.text(FILE)?.join('\n')).toBe('new:\n  y: 1\na: 1\nb: 2\nbb: 2\nc: 33');
  });

  test('of an item takes the item and nothing else', () => {
    const text =
      'releases:\n  - name: a\n    version: 1\n  - name: b\n    version: 2\n    values:\n      - c\n  - name: d\n    version: 3\n';
    const { copy, files } = copyOf(text);
    const isB = (lines: readonly string[]) => lines.some((line) => line.includes('name: b'));
    const fix = copy.removeItem(at(5, 14), isB, 't');
    const expected = 'releases:\n  - name: a\n    version: 1\n  - name: d\n    version: 3\n';
    expect(edited(files, fix ? [fix] : []).get(FILE)).toBe(expected);
    expect(copyOf(text).copy.removeItem(at(3, 14), isB, 't')).toBeUndefined();
  });
});
