import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { dump, loadAll } from 'js-yaml';
import { KUBERNETES_SCHEMA } from '../../src/yaml/kubernetes-schema.ts';
import { parseFile, parseText } from '../../src/yaml/parse.ts';
import type { Path } from '../../src/vocabulary.ts';

const key = fc.constantFrom(
  'a',
  'b',
  'name',
  'spec',
  'x-y',
  'with space',
  'istio.io/rev',
  'yes',
  '010',
  'key: odd',
  '',
);
const text = fc.oneof(
  fc.constantFrom(
    'plain',
    '1-20',
    'yes',
    '# no comment',
    'two\nlines\n',
    'it"s',
    "it's",
    '- x',
    '',
    ' edge ',
    '{{ x }}',
  ),
  fc.string({ maxLength: 12 }),
);
const scalar = fc.oneof(text, fc.integer(), fc.boolean(), fc.constant(null));
const { tree } = fc.letrec((tie) => ({
  tree: fc.oneof({ depthSize: 'small' }, scalar, tie('list'), tie('map')),
  list: fc.array(tie('tree'), { maxLength: 4 }),
  map: fc.dictionary(key, tie('tree'), { maxKeys: 4 }),
}));
const root = fc.dictionary(key, tree, { minKeys: 1, maxKeys: 4 });

const styles = [
  { name: 'block style', options: {} },
  { name: 'block style, sequences not indented', options: { seqNoIndent: true } },
  { name: 'flow style', options: { flowLevel: 0 } },
  { name: 'flow inside block style', options: { flowLevel: 2 } },
];

function* leaves(value: unknown, path: Path = []): Generator<{ path: Path; leaf: unknown }> {
  if (typeof value !== 'object' || value === null) yield { path, leaf: value };
  else {
    for (const [name, item] of Object.entries(value)) {
      yield* leaves(item, [...path, Array.isArray(value) ? Number(name) : name]);
    }
  }
}

/** What a one-line text says from `column` on, when it is read as the value of a key. */
function readAt(lines: readonly string[], line: number, column: number): string {
  return (lines[line - 1] ?? '').slice(column - 1);
}

describe('generated documents come back, and every value is found where it is written', () => {
  test.each(styles)('$name', ({ options }) => {
    fc.assert(
      fc.property(root, (value) => {
        const written = dump(value, { schema: KUBERNETES_SCHEMA, lineWidth: -1, ...options });
        const { documents, problems } = parseText(`# one\n---\n${written}`);
        expect(problems).toEqual([]);
        expect(documents.map((document) => document.value)).toEqual([value]);
        const lines = `# one\n---\n${written}`.split('\n');
        for (const { path, leaf } of leaves(value)) {
          const at = documents[0]!.locate(path);
          const rest = readAt(lines, at.line, at.column);
          if (typeof leaf === 'number' || typeof leaf === 'boolean')
            expect(rest).toMatch(startOf(String(leaf)));
          if (typeof leaf === 'string' && /^[a-z]+$/.test(leaf))
            expect(rest).toMatch(new RegExp(`^["']?${leaf}`));
          if (typeof leaf === 'string' && /\n/.test(leaf)) expect(rest).toMatch(/^[|>"'?]/);
          expect(at.endLine).toBeGreaterThanOrEqual(at.line);
          expect(at.endLine).toBeLessThanOrEqual(lines.length);
        }
      }),
      { numRuns: 300 },
    );
  });

  function startOf(literal: string): RegExp {
    return new RegExp(`^${literal.replace(/[+.]/g, '\\$&')}`);
  }

  test('JSON', () => {
    fc.assert(
      fc.property(root, (value) => {
        const file = parseFile(new TextEncoder().encode(JSON.stringify(value, null, 2)), { json: true });
        expect(file.documents.map((document) => document.value)).toEqual([value]);
        for (const { path } of leaves(value)) expect(file.documents[0]!.locate(path).line).toBeGreaterThan(1);
      }),
    );
  });
});

test('cutting a file into documents first changes nothing about what they say', () => {
  const line = fc.constantFrom(
    ...[
      '---',
      '--- # c',
      '--- {a: 1}',
      '--- |',
      '...',
      '%YAML 1.2',
      '# c',
      '',
      'a: 1',
      'b: [x]',
      '- a',
      '  c: 2',
      'd:',
    ],
    ...['e: |\n  ---', '---x', ' ...', '"', "f: 'g", "h'", 'plain text'],
  );
  const file = fc
    .array(line, { maxLength: 12 })
    .chain((lines) => fc.constantFrom('\n', '\r\n').map((end) => lines.join(end) + end));
  let compared = 0;
  fc.assert(
    fc.property(file, (source) => {
      const expected = reference(source);
      if (expected === undefined) return;
      compared += 1;
      const { documents } = parseText(source);
      expect(documents.map(({ value }) => value).filter((value) => value !== null)).toEqual(expected);
    }),
    { numRuns: 5000 },
  );
  expect(compared).toBeGreaterThan(200);
});

/** What the parser makes of the file as a whole; `undefined` when it refuses it. Empty documents are left out. */
function reference(source: string): unknown[] | undefined {
  try {
    return loadAll(source, { schema: KUBERNETES_SCHEMA }).filter((value) => value !== null);
  } catch {
    return undefined;
  }
}
