import { describe, expect, test } from '@jest/globals';
import type { Path } from '../../src/vocabulary.ts';
import { parseText } from '../../src/yaml/parse.ts';
import { costOf } from '../cost.ts';

/** `line:column-endLine` of the value or key at a path of the first document. */
function place(text: string, path: Path, what?: 'value' | 'key'): string {
  const range = parseText(text).documents[0]!.locate(path, what);
  return `${range.line}:${range.column}-${range.endLine}`;
}

const SERVICE = `# a comment
apiVersion: v1
kind: Service
metadata:
  name: "shop"
  labels: {app: shop, 'tier': web}
spec:
  ports:
  - port: 80
    name: http
  - port: 443
  selector:
  script: |   # why | not
    one
    two

  folded: >-
    text
  end: x
`;

describe('where a value stands', () => {
  test.each<[Path, string, string]>([
    [[], '2:1-19', '2:1-19'],
    [['kind'], '3:7-3', '3:1-3'],
    [['metadata', 'name'], '5:9-5', '5:3-5'],
    [['metadata', 'labels'], '6:11-6', '6:3-6'],
    [['metadata', 'labels', 'tier'], '6:31-6', '6:23-6'],
    [['spec', 'ports'], '9:3-11', '8:3-8'],
    [['spec', 'ports', 1], '11:5-11', '11:5-11'],
    [['spec', 'ports', 0, 'name'], '10:11-10', '10:5-10'],
    [['spec', 'selector'], '12:3-12', '12:3-12'],
    [['spec', 'script'], '13:11-15', '13:3-13'],
    [['spec', 'folded'], '17:11-18', '17:3-17'],
    [['spec', 'end'], '19:8-19', '19:3-19'],
  ])('%j', (path, value, key) => {
    expect(place(SERVICE, path)).toBe(value);
    expect(place(SERVICE, path, 'key')).toBe(key);
  });

  test.each<[Path, Path]>([
    [['spec', 'nothing'], ['spec']],
    [
      ['spec', 'ports', 7, 'name'],
      ['spec', 'ports'],
    ],
    [
      ['spec', 'ports', 'name'],
      ['spec', 'ports'],
    ],
    [['kind', 'deeper', 3], ['kind']],
    [
      ['spec', 'selector', 'app'],
      ['spec', 'selector'],
    ],
    [['__proto__'], []],
    [['constructor', 'name'], []],
  ])('%j is missing: the place of %j', (path, ancestor) => {
    expect(place(SERVICE, path)).toBe(place(SERVICE, ancestor));
  });

  test('in the second document, after a byte order mark and CR LF', () => {
    const { documents } = parseText('a: 1\r\n---\r\nb:\r\n  c: 2\r\n');
    expect(documents[1]!.line).toBe(3);
    expect(documents[1]!.locate(['b', 'c'])).toEqual({ line: 4, column: 6, endLine: 4 });
  });

  test('a lone CR ends a line', () => {
    expect(place('a: 1\rb: 2\r', ['b'])).toBe('2:4-2');
  });

  test('JSON', () => {
    const json = new TextEncoder().encode('{\n\t"a": {"b": [1, "x"]}\n}');
    expect(
      parseText(new TextDecoder().decode(json), { json: true }).documents[0]!.locate(['a', 'b', 1]),
    ).toEqual({ line: 2, column: 17, endLine: 2 });
  });

  test('of a repeated key the last one counts', () => {
    expect(place('a: 1\nb: 2\na: 3\n', ['a'])).toBe('3:4-3');
  });
});

describe('aliases and merged mappings', () => {
  const TEXT = `base: &base
  host: a
  port: &port {number: 80}
more: &more
  host: b
  extra: c
use:
  <<: [*base, *more]
  own: *port
again:
  <<: *base
  host: d
list: &list [*port, x]
copy: *list
`;
  test.each<[Path, string]>([
    [['use', 'host'], '2:9-2'],
    [['use', 'extra'], '6:10-6'],
    [['use', 'port', 'number'], '3:24-3'],
    [['again', 'host'], '12:9-12'],
    [['use', 'own'], '9:8-9'],
    [['use', 'own', 'number'], '3:24-3'],
    [['copy', 0, 'number'], '3:24-3'],
    [['copy', 1], '13:21-13'],
    [['use', 'missing'], '8:3-9'],
  ])('%j', (path, expected) => {
    expect(place(TEXT, path)).toBe(expected);
  });

  test('an anchor defined twice: the one before the alias counts', () => {
    expect(place('a: &x {k: 1}\nb: *x\nc: &x {k: 2}\nd: *x\n', ['b', 'k'])).toBe('1:11-1');
    expect(place('a: &x {k: 1}\nb: *x\nc: &x {k: 2}\nd: *x\n', ['d', 'k'])).toBe('3:11-3');
  });

  test('a missing key of mappings merged over and over costs no time', () => {
    const levels = Array.from({ length: 60 }, (_, n) => `m${n + 1}: &m${n + 1} {<<: [*m${n}, *m${n}]}`);
    const text = ['m0: &m0 {a: 1}', ...levels].join('\n');
    const cost = costOf(() => {
      expect(place(text, ['m60', 'missing'])).toMatch(/^61:/);
      expect(place(text, ['m60', 'a'])).toBe('1:13-1');
    });
    expect(cost).toBeLessThan(50);
  });
});
