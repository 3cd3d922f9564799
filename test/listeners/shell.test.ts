import { describe, expect, test } from '@jest/globals';
import { shellCommands } from '../../src/listeners/shell.ts';

const KNOWN: Readonly<Record<string, string>> = { HOST: '127.0.0.1', OPTS: '--a 1 --b 2' };
const lookup = (name: string): string | undefined => (Object.hasOwn(KNOWN, name) ? KNOWN[name] : undefined);
const words = (script: string): string[][] => shellCommands(script, lookup).map((command) => command.words);

describe('a script is taken apart into its commands', () => {
  test.each([
    ['a b && c | d; e & f', [['a', 'b'], ['c'], ['d'], ['e'], ['f']]],
    ['if x; then exec y -z; fi', [['x'], ['y', '-z']]],
    ['(a; b)', [['a'], ['b']]],
    ['a \\\n  b', [['a', 'b']]],
    ['# a\nb # c\nd#e', [['b'], ['d#e']]],
    [`a "b c" 'd $HOST' e\\ f`, [['a', 'b c', 'd $HOST', 'e f']]],
    ['a $HOST:80 ${HOST} "$HOST" $NOPE', [['a', '127.0.0.1:80', '127.0.0.1', '127.0.0.1', '$NOPE']]],
    ['a ${NOPE:-x} ${HOST:-x}', [['a', 'x', '127.0.0.1']]],
    ['a $OPTS "$OPTS"', [['a', '--a', '1', '--b', '2', '--a 1 --b 2']]],
    ['X=1; a $X', [['a', '1']]],
    ['a $(curl http://127.0.0.1 | grep x) `b` c', [['a', '$', '$', 'c']]],
    ['a > /dev/null 2>&1 < in b', [['a', 'b']]],
    ['exec "$@"', [['$@']]],
    ['a "unclosed', [['a', 'unclosed']]],
  ])('%s', (script, expected) => {
    expect(words(script)).toEqual(expected);
  });

  test('here-documents belong to their command and are no commands', () => {
    const [cat, run] = shellCommands('cat <<EOF > /etc/a.conf\nlisten 1; rm x\nEOF\nrun', lookup);
    expect(cat).toMatchObject({ words: ['cat'], output: '/etc/a.conf', input: 'listen 1; rm x' });
    expect(run?.words).toEqual(['run']);
  });

  test('assignments count for their command, and exports for all', () => {
    const [first, second] = shellCommands('export A=1\nB=2 run\nstop', lookup);
    expect([[...(first?.assignments ?? [])], [...(first?.exported ?? [])]]).toEqual([
      [['B', '2']],
      [['A', '1']],
    ]);
    expect([...(second?.assignments ?? [])]).toEqual([]);
  });
});

test.each([
  ['substitutions that never end', '$('.repeat(25_000)],
  ['quotes that never end', '"$OPTS'.repeat(8_000)],
  ['variables that make it long', '$OPTS '.repeat(8_000)],
  ['here-documents that never come', '<<E '.repeat(12_000)],
  ['nothing but backslashes', '\\'.repeat(50_000)],
])('%s take no time', (_, script) => {
  const start = performance.now();
  const length = shellCommands(script, lookup)
    .flatMap((command) => command.words)
    .join('').length;
  expect(performance.now() - start).toBeLessThan(1_500);
  expect(length).toBeLessThan(400_000);
});

test('a script of a hostile length is not read', () => {
  expect(shellCommands('a;'.repeat(30_000), lookup)).toEqual([]);
});
