import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { parseFile, parseText } from '../../src/yaml/parse.ts';
import { costOf } from '../cost.ts';

/** What a hostile file of at most a megabyte may cost: far less than anything quadratic does. */
const PATIENCE = 200;

function timed<T>(work: () => T): T {
  const results: T[] = [];
  expect(costOf(() => results.push(work()))).toBeLessThan(PATIENCE);
  const [result] = results;
  return result as T;
}

function laughs(levels: number, width: number): string {
  const lines = ['a0: &a0 [lol, lol, lol]'];
  for (let n = 1; n <= levels; n += 1) {
    lines.push(`a${n}: &a${n} [${Array.from({ length: width }, () => `*a${n - 1}`).join(', ')}]`);
  }
  return lines.join('\n');
}

/** Nodes somebody walking the value would see. */
function walked(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 1;
  return Object.values(value).reduce((sum: number, item) => sum + walked(item), 1);
}

describe('aliases', () => {
  test('that expand to billions of nodes are refused, and the next document is read', () => {
    const file = timed(() => parseText(`${laughs(9, 9)}\n---\nb: 1\n`));
    expect(file.problems.map(({ kind }) => kind)).toEqual(['limit']);
    expect(file.documents.map(({ value }) => value)).toEqual([undefined, { b: 1 }]);
  });

  test('within reason are read', () => {
    const file = parseText(laughs(3, 5));
    expect(file.problems).toEqual([]);
    expect(walked(file.documents[0]?.value)).toBeLessThan(3000);
  });

  test('cannot expand a little in each of very many documents', () => {
    const file = timed(() => parseText(Array.from({ length: 3000 }, () => laughs(4, 8)).join('\n---\n')));
    const total = file.documents.reduce((sum, { value }) => sum + walked(value), 0);
    expect(total).toBeLessThan(4_000_000);
    expect(file.problems.length).toBeGreaterThan(0);
    expect(file.problems.length).toBeLessThanOrEqual(100);
  });

  test('cannot build a value deeper than one could write', () => {
    const chain = Array.from({ length: 500 }, (_, n) => `a${n + 1}: &a${n + 1} [*a${n}]`);
    const file = timed(() => parseText(['a0: &a0 [x]', ...chain].join('\n')));
    expect(file.problems.map(({ kind }) => kind)).toEqual(['limit']);
  });

  test('cannot repeat a long text without end', () => {
    const uses = Array.from({ length: 2000 }, () => '*t').join(', ');
    const file = timed(() => parseText(`t: &t "${'x'.repeat(100_000)}"\nuses: [${uses}]\n`));
    expect(file.problems.map(({ kind }) => kind)).toEqual(['limit']);
  });

  test('cannot merge without end', () => {
    const keys = Array.from({ length: 1000 }, (_, n) => `k${n}: 1`).join(', ');
    const merges = Array.from({ length: 2000 }, () => '- {<<: *m}').join('\n');
    const file = timed(() => parseText(`m: &m {${keys}}\nl:\n${merges}\n`));
    expect(file.problems.map(({ kind }) => kind)).toEqual(['limit']);
  });
});

describe('large and odd files', () => {
  test.each<[string, string]>([
    ['200 levels of nesting', Array.from({ length: 200 }, (_, n) => `${' '.repeat(n)}a:`).join('\n')],
    ['flow nesting', '{a: '.repeat(100_000)],
    ['block nesting', '- '.repeat(200_000)],
    ['a long line', `a: ${'x'.repeat(1_000_000)}`],
    ['a long key', `${'x'.repeat(1_000_000)}: 1`],
    ['many markers', '---\n'.repeat(200_000)],
    ['many directives', '%YAML 1.2\n'.repeat(90_000)],
    ['directives and markers', '%X\n---\n'.repeat(100_000)],
    ['many quotes', '"'.repeat(1_000_000)],
    ['many colons', 'a: '.repeat(300_000)],
    ['many colons in flow', `[${'a: b, '.repeat(100_000)}]`],
    ['many question marks', '? '.repeat(300_000)],
    ['many anchors', '&a '.repeat(300_000)],
    ['many tags', '!a '.repeat(300_000)],
    ['many pipes', `a: ${'| '.repeat(300_000)}`],
    ['many byte order marks', '\ufeff\n'.repeat(300_000)],
    ['many repeated keys', 'a: 1\n'.repeat(150_000)],
    ['many braces', '{{'.repeat(400_000)],
    ['blank lines', ' \n'.repeat(500_000)],
    ['comments', '# x\n'.repeat(250_000)],
    ['kind on every line of a text', `a: |\n${'  kind:\n'.repeat(100_000)}`],
    ['broken documents', '---\na: [\n'.repeat(50_000)],
  ])('%s', (_, text) => {
    const file = timed(() => parseText(text));
    expect(file.problems.length).toBeLessThanOrEqual(100);
    timed(() => file.documents[0]?.locate(['a', 'a', 0, 'a']));
  });

  test('a ConfigMap of 20 MB', () => {
    const text = `kind: ConfigMap\ndata:\n  x: |\n${`    ${'y'.repeat(95)}\n`.repeat(200_000)}`;
    const file = timed(() => parseText(text));
    expect(file.problems).toEqual([]);
    expect(file.documents[0]?.locate(['data', 'x'])).toEqual({ line: 3, column: 6, endLine: 200_003 });
  });
});

describe('whatever the bytes, parsing gives an answer', () => {
  const options = [{}, { json: true }];

  test.each(options)('%j: arbitrary bytes', (option) => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        const file = parseFile(bytes, option);
        for (const document of file.documents) expect(document.locate(['a', 0]).line).toBeGreaterThan(0);
      }),
      { numRuns: 500 },
    );
  });

  test.each(options)('%j: the characters that YAML is made of', (option) => {
    const unit = fc.constantFrom(
      ...[
        'a',
        'b',
        ':',
        ': ',
        '- ',
        '\n',
        '\n  ',
        '  ',
        '---\n',
        '...\n',
        '[',
        ']',
        '{',
        '}',
        ',',
        '&a ',
        '*a',
        '<<: ',
        '!t ',
      ],
      ...[
        '|',
        '>',
        '"',
        "'",
        '# ',
        '\t',
        '\r\n',
        '{{',
        '}}',
        '%',
        '\ufeff',
        '\0',
        '? ',
        '\\',
        '1',
        'sops:',
        '__proto__',
      ],
    );
    fc.assert(
      fc.property(fc.array(unit, { maxLength: 60 }), (units) => {
        const file = parseText(units.join(''), option);
        for (const document of file.documents) {
          expect(document.locate(['a', 'b', 0]).line).toBeGreaterThan(0);
          expect(document.line).toBeGreaterThan(0);
        }
        for (const { line, column } of file.problems) expect(Math.min(line, column)).toBeGreaterThan(0);
      }),
      { numRuns: 3000 },
    );
  });
});
