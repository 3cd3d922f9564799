import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { jsonPatch } from '../../src/environments/json-patch.ts';
import { provenanceOf, strategicMerge } from '../../src/environments/strategic-merge.ts';
import { valueAt } from '../../src/untyped.ts';

describe('JSON patches', () => {
  const patched = (value: unknown, ...operations: unknown[]): unknown => {
    const result = jsonPatch(value, operations);
    return 'failure' in result ? result.failure : result.value;
  };

  test('add, replace and remove in mappings and lists', () => {
    const value = { a: [1, 2], b: { 'x/y': 1 } };
    expect(patched(value, { op: 'add', path: '/a/1', value: 9 })).toEqual({ a: [1, 9, 2], b: { 'x/y': 1 } });
    expect(patched(value, { op: 'add', path: '/a/-', value: 9 })).toEqual({ a: [1, 2, 9], b: { 'x/y': 1 } });
    expect(patched(value, { op: 'remove', path: '/b/x~1y' })).toEqual({ a: [1, 2], b: {} });
    expect(patched(value, { op: 'replace', path: '/a/0', value: 7 })).toEqual({ a: [7, 2], b: { 'x/y': 1 } });
    expect(patched(value, { op: 'move', from: '/a/0', path: '/c' })).toEqual({
      a: [2],
      b: { 'x/y': 1 },
      c: 1,
    });
    expect(value).toEqual({ a: [1, 2], b: { 'x/y': 1 } });
  });

  test.each([
    [{ op: 'remove', path: '/gone' }, 'it removes a field that does not exist'],
    [{ op: 'add', path: '/gone/deep', value: 1 }, 'it adds to a parent that does not exist'],
    [{ op: 'add', path: '/a/9', value: 1 }, 'its list index is out of range'],
    [{ op: 'add', path: 'a', value: 1 }, 'its path is no JSON pointer'],
    [{ op: 'merge', path: '/a' }, 'its operation is not one of JSON Patch'],
  ])('%j fails', (operation, failure) => {
    expect(patched({ a: [1] }, operation)).toBe(failure);
  });

  test('every value of the result traces to where it was before, or to the operation', () => {
    const before = { list: ['a', 'b', 'c'] };
    const result = jsonPatch(before, [
      { op: 'add', path: '/list/1', value: 'new' },
      { op: 'remove', path: '/list/0' },
    ]);
    if ('failure' in result) throw new Error(result.failure);
    expect(result.value).toEqual({ list: ['new', 'b', 'c'] });
    expect(result.trace(['list', 0])).toEqual({ operation: 0, rest: [] });
    expect(result.trace(['list', 1])).toEqual({ before: ['list', 1] });
    expect(result.trace(['list', 2])).toEqual({ before: ['list', 2] });
  });

  test('an own `__proto__` key stays a key', () => {
    const result = patched({}, { op: 'add', path: '/__proto__', value: { polluted: true } });
    expect(Object.keys(result as object)).toEqual(['__proto__']);
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });
});

describe('strategic merge', () => {
  const leaf = fc.oneof(fc.integer(), fc.stringMatching(/^[a-z]{0,4}$/));
  const { tree } = fc.letrec<{ tree: Record<string, unknown> }>((tie) => ({
    tree: fc.dictionary(fc.constantFrom('a', 'b', 'c', 'env'), fc.oneof({ maxDepth: 3 }, leaf, tie('tree'))),
  }));

  test('an object merged over itself is itself', () => {
    fc.assert(
      fc.property(tree, (object) => {
        expect(strategicMerge(object, structuredClone(object), true)?.value).toEqual(object);
      }),
    );
  });

  test('every leaf of the result is where its provenance says', () => {
    fc.assert(
      fc.property(tree, tree, (object, patch) => {
        const merged = strategicMerge(object, patch, true);
        if (!merged) throw new Error('deleted');
        for (const path of leaves(merged.value)) {
          const { from, path: source } = provenanceOf(merged.provenance, path);
          expect(valueAt(from === 'object' ? object : patch, source)).toEqual(valueAt(merged.value, path));
        }
      }),
    );
  });

  test('ports of a Service merge by number and protocol', () => {
    const object = { ports: [{ port: 53 }, { port: 53, protocol: 'UDP', name: 'old' }] };
    const merged = strategicMerge(object, { ports: [{ port: 53, protocol: 'UDP', name: 'new' }] }, true);
    expect(merged?.value).toEqual({ ports: [{ port: 53 }, { port: 53, protocol: 'UDP', name: 'new' }] });
  });

  function leaves(value: unknown, path: string[] = []): string[][] {
    if (typeof value !== 'object' || value === null) return [path];
    return Object.entries(value).flatMap(([key, item]) => leaves(item, [...path, key]));
  }
});
