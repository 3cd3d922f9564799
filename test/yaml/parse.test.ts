import { describe, expect, test } from '@jest/globals';
import { parseFile, parseText } from '../../src/yaml/parse.ts';
import type { ParsedFile } from '../../src/yaml/document.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const values = (file: ParsedFile): unknown[] => file.documents.map(({ value }) => value);
const faults = (file: ParsedFile): string[] =>
  file.problems.map(({ kind, line, column }) => `${kind} ${line}:${column}`);

describe('documents', () => {
  test.each<[string, string, unknown[]]>([
    ['an empty file', '', []],
    ['comments only', '# nothing\n\n# here\n', []],
    ['markers only', '---\n---\n...\n', []],
    ['empty documents between others', '---\n---\na: 1\n---\n# c\n---\nb: 2\n', [{ a: 1 }, { b: 2 }]],
    ['null is a document', 'null\n---\na: 1\n', [null, { a: 1 }]],
    ['a directive', '%YAML 1.2\n---\na: yes\n', [{ a: true }]],
    ['the end marker', 'a: 1\n...\nb: 2\n...\n', [{ a: 1 }, { b: 2 }]],
    ['a marker inside a block scalar ends the document', 'a: |\n  x\n---\nb: 2\n', [{ a: 'x\n' }, { b: 2 }]],
    ['a byte order mark', '\ufeffa: 1\n', [{ a: 1 }]],
    ['a byte order mark per document', '\ufeffa: 1\n---\n\ufeffb: 2\n', [{ a: 1 }, { b: 2 }]],
    ['CR LF', 'a:\r\n  b: |\r\n    x\r\n    y\r\n', [{ a: { b: 'x\ny\n' } }]],
    ['merge keys', 'a: &a {x: 1}\nb: {<<: *a, z: 2}\n', [{ a: { x: 1 }, b: { x: 1, z: 2 } }]],
    ['a list', '- a\n- b\n', [['a', 'b']]],
  ])('%s', (_, text, expected) => {
    const file = parseFile(bytes(text));
    expect(values(file)).toEqual(expected);
    expect(faults(file)).toEqual([]);
    expect(file.documents.map(({ index }) => index)).toEqual(expected.map((_, index) => index));
  });

  test('the line of a document is that of its first key', () => {
    const file = parseFile(bytes('# c\n\na: 1\n---\n# d\n\nb: 2\n'));
    expect(file.documents.map(({ line }) => line)).toEqual([3, 7]);
  });

  test('keys that JavaScript treats specially are keys', () => {
    const [value] = values(parseFile(bytes('__proto__: {polluted: 1}\nconstructor: {prototype: 2}\n')));
    expect(Object.keys(value as object)).toEqual(['__proto__', 'constructor']);
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
    expect((value as Record<string, unknown>)['polluted']).toBe(undefined);
    expect(({} as Record<string, unknown>)['polluted']).toBe(undefined);
  });
});

describe('a broken document is a located problem, and its neighbours are read', () => {
  test.each<[string, string, string, unknown[]]>([
    ['syntax', 'a: 1\n---\nb: [1\n---\nc: 3\n', 'syntax 4:1', [{ a: 1 }, undefined, { c: 3 }]],
    ['indentation', 'a:\n  b: 1\n c: 2\n---\nd: 4\n', 'syntax 3:2', [undefined, { d: 4 }]],
    ['tab indentation', 'a: 1\n---\nb:\n\tc: 1\n', 'syntax 4:1', [{ a: 1 }, undefined]],
    ['an unknown alias', 'a: *x\n---\nb: 1\n', 'syntax 1:5', [undefined, { b: 1 }]],
    ['an unclosed quote', 'a: "x\n---\nb: 1\n', 'syntax 2:1', [undefined, { b: 1 }]],
    ['a NUL byte', 'a: 1\n---\nb: \0\n---\nc: 3\n', 'encoding 3:4', [{ a: 1 }, undefined, { c: 3 }]],
    ['a Helm template', 'a: 1\n---\nb: {{ .Values.b }}\n', 'template 3:4', [{ a: 1 }, undefined]],
    ['a Helm block', '{{- if .Values.x }}\na: 1\n{{- end }}\n', 'template 1:1', [undefined]],
    ['Jinja', '{% if x %}\na: 1\n{% endif %}\n', 'template 1:1', [undefined]],
    ['an alias of itself', 'a: &a [*a]\n---\nb: 1\n', 'limit 1:1', [undefined, { b: 1 }]],
  ])('%s', (_, text, fault, expected) => {
    const file = parseFile(bytes(text));
    expect(file.problems.map(({ kind }) => kind)).toEqual([fault.split(' ')[0]]);
    expect(values(file)).toEqual(expected);
    expect(faults(file)).toEqual([fault]);
  });

  test('a template that happens to be YAML is read', () => {
    const file = parseFile(bytes('name: "{{ .Release.Name }}"\n'));
    expect(values(file)).toEqual([{ name: '{{ .Release.Name }}' }]);
    expect(file.problems).toEqual([]);
  });

  test('one template document makes no fault of its neighbours a template', () => {
    expect(faults(parseFile(bytes('a: {{ x }}\n---\nb: [1\n')))).toEqual(['template 1:4', 'syntax 4:1']);
  });

  test('a repeated key: the last one wins, and it is said where', () => {
    const file = parseFile(bytes('a: 1\nb:\n  c: 1\n  d: [{x: 1, x: 2}]\n  c: 2\na: 3\n'));
    expect(values(file)).toEqual([{ a: 3, b: { c: 2, d: [{ x: 2 }] } }]);
    expect(faults(file)).toEqual(['duplicate-key 4:14', 'duplicate-key 5:3', 'duplicate-key 6:1']);
    expect(file.problems[0]?.message).toContain('`x`');
  });

  test('a key repeated in a template, of which one branch is rendered, is no fault', () => {
    const ytt = 'a: 1\n#@overlay/match missing_ok=True\na: 2\n';
    expect(parseFile(bytes(ytt)).problems).toEqual([]);
    expect(parseFile(bytes('# {{ if .x }}\na: 1\n# {{ else }}\na: 2\n')).problems).toEqual([]);
  });

  test('a key repeated beside a text that holds template syntax is one', () => {
    const alert = 'summary: "{{ $labels.pod }}"\na: 1\na: 2\n';
    expect(faults(parseFile(bytes(alert)))).toEqual(['duplicate-key 3:1']);
  });

  test('git-crypt: the file is encrypted', () => {
    const file = parseFile(Uint8Array.from([...bytes('\0GITCRYPT\0'), 0xff, 0x2d, 0x0a, 0x80]));
    expect(file.documents).toEqual([]);
    expect(faults(file)).toEqual(['encrypted 1:1']);
  });

  test('SOPS: the document is read, and said to be encrypted', () => {
    const file = parseFile(bytes('a: 1\n---\nb: ENC[AES256_GCM,data:x]\nsops:\n  mac: x\n'));
    expect(values(file)).toHaveLength(2);
    expect(faults(file)).toEqual(['encrypted 4:1']);
  });
});

describe('bytes', () => {
  test('Latin-1: the document that holds it is lost, its neighbours are not', () => {
    const latin = [...bytes('a: 1\n---\n# caf'), 0xe9, ...bytes('\nb: 2\n---\nc: 3\n')];
    const file = parseFile(Uint8Array.from(latin));
    expect(values(file)).toEqual([{ a: 1 }, undefined, { c: 3 }]);
    expect(faults(file)).toEqual(['encoding 3:6']);
  });

  test('U+FFFD written as such is a character like any other', () => {
    expect(values(parseFile(bytes('a: \ufffd\n')))).toEqual([{ a: '\ufffd' }]);
  });

  test.each([
    [0xff, 0xfe, 0x61, 0x00],
    [0xfe, 0xff, 0x00, 0x61],
  ])('UTF-16 (%i, %i)', (...units) => {
    const file = parseFile(Uint8Array.from(units));
    expect(file.documents).toEqual([]);
    expect(faults(file)).toEqual(['encoding 1:1']);
  });
});

describe('JSON', () => {
  test('with tabs and its own escapes', () => {
    const file = parseFile(bytes('{\n\t"a": "\\/x",\n\t"b": [1e3, true, null]\n}\n'), { json: true });
    expect(values(file)).toEqual([{ a: '/x', b: [1000, true, null] }]);
    expect(file.documents[0]?.line).toBe(1);
    expect(file.documents[0]?.locate(['b', 1]).line).toBe(3);
  });

  test('with comments is still read', () => {
    expect(values(parseFile(bytes('{"a": 1} # why\n'), { json: true }))).toEqual([{ a: 1 }]);
  });

  test('broken', () => {
    expect(faults(parseFile(bytes('{"a": \n'), { json: true }))).toEqual(['syntax 2:1']);
  });

  test('empty', () => {
    expect(parseFile(bytes(' \n'), { json: true }).documents).toEqual([]);
  });

  test.each([true, false])('nested beyond reading (json: %p)', (json) => {
    const file = parseFile(bytes('['.repeat(5000) + ']'.repeat(5000)), { json });
    expect(values(file)).toEqual([undefined]);
    expect(file.problems.map(({ kind }) => kind)).toEqual(['limit']);
  });
});

describe('documents nobody asks for', () => {
  const text = 'apiVersion: v1\nkind: A\nspec: {x: 1}\n---\nkind: "B"\nspec:\n  broken: [\n---\na: 1\n';

  test('are recognised without being parsed', () => {
    const file = parseFile(bytes(text), { wants: ({ kind }) => kind !== 'B' });
    expect(values(file)).toEqual([{ apiVersion: 'v1', kind: 'A', spec: { x: 1 } }, undefined, { a: 1 }]);
    expect(file.skipped).toBe(1);
    expect(file.problems).toEqual([]);
    expect(file.documents[1]?.line).toBe(5);
  });

  test('are read up to their spec when only that is wanted', () => {
    const file = parseFile(bytes(text), { wants: ({ kind }) => (kind === 'B' ? 'head' : true) });
    expect(values(file)[1]).toEqual({ kind: 'B' });
    expect(file.skipped).toBe(0);
    expect(file.documents[1]?.locate(['kind']).line).toBe(5);
  });

  test('are read without their schemas when only the outline is wanted', () => {
    const definition = [
      'kind: B',
      'spec:',
      '  versions:',
      '  - name: v1alpha1',
      '    schema:',
      '      openAPIV3Schema: [',
      '',
      '    served: true',
      '  - schema:',
      '      openAPIV3Schema: {',
      '    name: v1',
      '  scope: Namespaced',
      '',
    ].join('\n');
    const file = parseFile(bytes(definition), { wants: () => 'outline' });
    expect(values(file)).toEqual([
      {
        kind: 'B',
        spec: {
          versions: [
            { name: 'v1alpha1', schema: null, served: true },
            { name: 'v1', schema: null },
          ],
          scope: 'Namespaced',
        },
      },
    ]);
    expect(file.documents[0]?.locate(['spec', 'versions', 1, 'name']).line).toBe(11);
  });

  test.each([
    ['kind: B', 'B'],
    ['kind: B # c', 'B'],
    ["kind:   'B'", 'B'],
    ['kind: B\r', 'B'],
    ['  kind: B', ''],
    ['# kind: B', ''],
    ['kindness: B', ''],
  ])('%j says kind %j', (line, kind) => {
    const seen: string[] = [];
    parseText(`apiVersion: v1\n${line}\n`, { wants: (header) => seen.push(header.kind) > 0 });
    expect(seen).toEqual([kind]);
  });
});
