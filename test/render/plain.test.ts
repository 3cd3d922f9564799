import { describe, expect, test } from '@jest/globals';
import type { Resource } from '../../src/render/resource.ts';
import { resourcesOf } from '../../src/render/plain.ts';
import { parseFile, parseText } from '../../src/yaml/parse.ts';

const read = (text: string): Resource[] => resourcesOf(parseText(text), 'apps/shop.yaml', 'blob');
const ids = (text: string): string[] =>
  read(text).map(({ kind, namespace, name }) => `${kind} ${namespace}/${name}`);

describe('what is a Kubernetes object', () => {
  test('an ordinary manifest', () => {
    const [resource] = read(`apiVersion: networking.istio.io/v1
kind: Gateway
metadata:
  name: public
  namespace: istio-system
  labels: {app: gw}
  annotations: {a: b}
spec: {selector: {istio: ingress}}
`);
    expect(resource).toMatchObject({
      apiVersion: 'networking.istio.io/v1',
      group: 'networking.istio.io',
      kind: 'Gateway',
      namespace: 'istio-system',
      name: 'public',
      labels: { app: 'gw' },
      annotations: { a: 'b' },
      body: { spec: { selector: { istio: 'ingress' } } },
    });
    expect(resource?.origin.at(['spec', 'selector'])).toEqual({
      file: 'apps/shop.yaml',
      line: 8,
      column: 18,
      endLine: 8,
    });
    expect(resource?.origin.through).toEqual([]);
  });

  test.each<[string, string]>([
    ['values of a chart', 'replicas: 2\nimage: x\n'],
    ['no kind', 'apiVersion: v2\nname: chart\n'],
    ['no apiVersion', 'kind: Service\nmetadata: {name: a}\n'],
    ['a kind that is no text', 'apiVersion: v1\nkind: 7\n'],
    ['an empty kind', 'apiVersion: v1\nkind: ""\n'],
    ['a list of texts', '- apiVersion: v1\n- kind: x\n'],
    ['text', 'hello\n'],
    ['a broken document', 'apiVersion: v1\nkind: A\nx: [\n'],
  ])('%s is none', (_, text) => {
    expect(ids(text)).toEqual([]);
  });

  test('the core group is empty', () => {
    expect(read('apiVersion: v1\nkind: Pod\n')[0]?.group).toBe('');
  });

  test('documents of one file, in order, beside a broken one', () => {
    expect(ids('apiVersion: v1\nkind: B\n---\nx: [\n---\napiVersion: v1\nkind: A\n')).toEqual(['B /', 'A /']);
  });
});

describe('fields of the wrong type are tolerated', () => {
  test.each([
    'metadata:',
    'metadata: text',
    'metadata: [a]',
    'metadata: {name: , namespace: {}, labels: , annotations: [x]}',
    'metadata: {name: [a], labels: text}',
  ])('%s', (metadata) => {
    const [resource] = read(`apiVersion: v1\nkind: Pod\n${metadata}\n`);
    expect(resource).toMatchObject({ name: '', namespace: '', labels: {}, annotations: {} });
  });

  test('a label that somebody forgot to quote shows what was meant', () => {
    const [resource] = read(
      'apiVersion: v1\nkind: Pod\nmetadata: {name: 12, labels: {a: true, b: 3, c: , d: [x]}}\n',
    );
    expect(resource?.name).toBe('12');
    expect(resource?.labels).toEqual({ a: 'true', b: '3' });
  });

  test('labels that JavaScript treats specially are labels', () => {
    const [resource] = read(
      'apiVersion: v1\nkind: Pod\nmetadata: {labels: {__proto__: a, constructor: b, toString: c}}\n',
    );
    expect(Object.entries(resource?.labels ?? {})).toEqual([
      ['__proto__', 'a'],
      ['constructor', 'b'],
      ['toString', 'c'],
    ]);
    expect(read('apiVersion: v1\nkind: Pod\n')[0]?.labels['constructor']).toBe(undefined);
  });

  test('an object does not inherit its kind', () => {
    expect(ids('__proto__: {apiVersion: v1, kind: Pod}\n')).toEqual([]);
  });
});

describe('lists are unfolded', () => {
  const list = (kind: string, items: string): string => `apiVersion: v1\nkind: ${kind}\nitems:\n${items}`;

  test('with the places of their items', () => {
    const text = list(
      'List',
      '- apiVersion: v1\n  kind: A\n  metadata:\n    name: a\n- apiVersion: v1\n  kind: B\n',
    );
    expect(ids(text)).toEqual(['A /a', 'B /']);
    expect(read(text)[0]?.origin.at(['metadata', 'name']).line).toBe(7);
    expect(read(text)[1]?.origin.at([]).line).toBe(8);
    expect(read(text)[1]?.origin.at(['missing'])).toEqual(read(text)[1]?.origin.at([]));
  });

  test.each(['List', 'ServiceList', 'ConfigMapList'])('%s', (kind) => {
    expect(ids(list(kind, '- {apiVersion: v1, kind: A}\n- text\n-\n'))).toEqual(['A /']);
  });

  test('nested, but not without end', () => {
    const nested = (depth: number): unknown =>
      depth === 0
        ? { apiVersion: 'v1', kind: 'A' }
        : { apiVersion: 'v1', kind: 'List', items: [nested(depth - 1)] };
    expect(ids(JSON.stringify(nested(2)))).toEqual(['A /']);
    expect(ids(JSON.stringify(nested(40)))).toEqual([]);
  });

  test('a kind that only ends in List is an object', () => {
    expect(ids('apiVersion: x.io/v1\nkind: AllowList\nspec: {}\n')).toEqual(['AllowList /']);
  });

  test('JSON', () => {
    const json = '{"apiVersion": "v1", "kind": "List", "items": [\n{"apiVersion": "v1", "kind": "A"}]}';
    const parsed = parseFile(new TextEncoder().encode(json), { json: true });
    expect(resourcesOf(parsed, 'a.json')[0]?.origin.at(['kind']).line).toBe(2);
  });
});

describe('digests', () => {
  const digest = (text: string, file = 'a.yaml', blob?: string): string[] =>
    resourcesOf(parseText(text), file, blob).map((resource) => resource.digest);
  const TWO = 'apiVersion: v1\nkind: A\n---\napiVersion: v1\nkind: A\n';

  test('are equal for equal content in the same place', () => {
    expect(digest(TWO, 'a.yaml', 'x')).toEqual(digest(TWO, 'a.yaml', 'x'));
    expect(digest(TWO)).toEqual(digest(TWO));
  });

  test('tell objects of one file, files and contents apart', () => {
    const all = [...digest(TWO, 'a.yaml', 'x'), ...digest(TWO, 'b.yaml', 'x'), ...digest(TWO, 'a.yaml', 'y')];
    expect(new Set(all).size).toBe(6);
  });

  test('without the identity of the file depend on content and place', () => {
    const one = digest('apiVersion: v1\nkind: A\n');
    expect(digest('apiVersion: v1\nkind: B\n')).not.toEqual(one);
    expect(digest('\napiVersion: v1\nkind: A\n')).not.toEqual(one);
    expect(digest('apiVersion: v1\nkind: A\n', 'b.yaml')).not.toEqual(one);
  });
});
