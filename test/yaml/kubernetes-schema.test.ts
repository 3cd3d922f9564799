import { describe, expect, test } from '@jest/globals';
import { load } from 'js-yaml';
import { KUBERNETES_SCHEMA } from '../../src/yaml/kubernetes-schema.ts';

/** What Helm, kubectl and kustomize make of a plain scalar. */
const SCALARS: [string, unknown][] = [
  ['yes', true],
  ['Yes', true],
  ['on', true],
  ['y', true],
  ['no', false],
  ['off', false],
  ['N', false],
  ['true', true],
  ['FALSE', false],
  ['yEs', 'yEs'],
  ['tRUE', 'tRUE'],
  ['enabled', 'enabled'],
  ['010', 8],
  ['-010', -8],
  ['0o10', 8],
  ['08', 8],
  ['0b11', 3],
  ['0x1F', 31],
  ['0', 0],
  ['1_000', 1000],
  ['+12', 12],
  ['1e3', 1000],
  ['1.10', 1.1],
  ['.5', 0.5],
  ['1.', 1],
  ['.', '.'],
  ['1-20-0', '1-20-0'],
  ['1.20.0', '1.20.0'],
  ['12:30', '12:30'],
  ['190:20:30', '190:20:30'],
  ['2026-01-01', '2026-01-01'],
  ['~', null],
  ['null', null],
  ['', null],
  ['none', 'none'],
  ['.inf', Infinity],
  ['-.INF', -Infinity],
  ['.nan', NaN],
  ['100m', '100m'],
  ['1Gi', '1Gi'],
  ['0x', '0x'],
  ['1__0', 10],
  ['"yes"', 'yes'],
  ["'010'", '010'],
];

describe('plain scalars are read as Kubernetes reads them', () => {
  test.each(SCALARS)('%j is %p', (text, expected) => {
    expect(load(`v: ${text}`, { schema: KUBERNETES_SCHEMA })).toEqual({ v: expected });
  });

  test('keys become text, so that `on:` is "true"', () => {
    expect(load('{on: 1, 010: 2}', { schema: KUBERNETES_SCHEMA })).toEqual({ true: 1, '8': 2 });
  });

  test('a number of a million digits is text, at no cost', () => {
    const digits = '9'.repeat(1_000_000);
    expect(load(`v: ${digits}`, { schema: KUBERNETES_SCHEMA })).toEqual({ v: digits });
  });
});

describe('tags of other tools are tolerated', () => {
  test.each([
    ['!vault abc', 'abc'],
    ['!Ref Bucket', 'Bucket'],
    ['!reference [.a, script]', ['.a', 'script']],
    ['!Join {a: 1}', { a: 1 }],
    ['!!timestamp 2026-01-01', '2026-01-01'],
    ['!!python/object:os.system x', 'x'],
    ['!!str 12', '12'],
    ['! 12', '12'],
  ])('%s', (text, expected) => {
    expect(load(`v: ${text}`, { schema: KUBERNETES_SCHEMA })).toEqual({ v: expected });
  });
});
