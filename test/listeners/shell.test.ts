import { describe, expect, test } from '@jest/globals';
import { cpuTime } from './cpu-time.ts';
import { shellCommands } from '../../src/listeners/shell.ts';

const KNOWN: Readonly<Record<string, string>> = { HOST: '127.0.0.1', OPTS: '--a 1 --b 2' };
const lookup = {
  valueOf: (name: string): string | undefined => (Object.hasOwn(KNOWN, name) ? KNOWN[name] : undefined),
  mayBeSet: (name: string): boolean => name === 'SECRET',
  script: (file: string): string | undefined => (file === '/env.sh' ? 'export HERE=::1' : undefined),
};
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
    ['set -- a "b c"; exec "$@" d', [['a', 'b c', 'd']]],
    ['A=(--a 1); A+=(--b 2); run "${A[@]}" x', [['run', '--a', '1', '--b', '2', 'x']]],
    ['A="-a 1"; A+=" -b"; run $A', [['run', '-a', '1', '-b']]],
    [
      ': ${NOPE:=x}; run $NOPE',
      [
        [':', 'x'],
        ['run', 'x'],
      ],
    ],
    ['run ${SECRET:-x}', [['run', '$SECRET']]],
    ['. /env.sh; run $HERE', [['run', '::1']]],
    ['source /elsewhere.sh; run $HERE', [['run', '$HERE']]],
    ['a "unclosed', [['a', 'unclosed']]],
  ])('%s', (script, expected) => {
    expect(words(script)).toEqual(expected);
  });

  test('here-documents belong to their command and are no commands', () => {
    const [cat, run] = shellCommands('cat <<EOF > /etc/a.conf\nlisten 1; rm x\nEOF\nrun', lookup);
    expect(cat).toMatchObject({ words: ['cat'], output: '/etc/a.conf', input: 'listen 1; rm x' });
    expect(run?.words).toEqual(['run']);
  });

  test.each([
    ['if [ $X ]; then A=1; else A=2; fi; run $A', '$A'],
    ['A=1; if [ $X ]; then A=2; fi; run $A', '$A'],
    ['A=1; [ $X ] && A=2; run $A', '$A'],
    ['A=1; case $X in a) A=2;; esac; run $A', '$A'],
    ['if [ -z "$A" ]; then A=1; fi; run $A', '1'],
    ['[ -z "$A" ] && A=1; run $A', '1'],
    ['[ -z "$SECRET" ] && SECRET=1; run $SECRET', '$SECRET'],
    ['if [ $X ]; then A=1; else A=2; fi; A=3; run $A', '3'],
  ])('a variable that a branch sets to something else is not known: %s', (script, expected) => {
    expect(words(script).at(-1)).toEqual(['run', expected]);
  });

  test('here-documents are filled in unless their end is quoted', () => {
    const texts = shellCommands(`a <<E\nlisten $HOST $NOPE;\nE\nb <<'E'\nlisten $HOST\nE\n`, lookup).map(
      ({ input }) => input,
    );
    expect(texts).toEqual(['listen 127.0.0.1 $NOPE;', 'listen $HOST']);
  });

  test('assignments count for their command, and exports for all', () => {
    const [first, second] = shellCommands('export A=1\nB=2 run\nstop', lookup);
    expect([[...(first?.assignments ?? [])], [...(first?.exported ?? [])]]).toEqual([
      [['B', '2']],
      [['A', '1']],
    ]);
    expect([...(second?.assignments ?? [])]).toEqual([]);
    const [, third] = shellCommands('set -a; . /env.sh; set +a; C=1; D=2; export D; run; stop', lookup);
    expect([...(third?.exported ?? [])]).toEqual([
      ['HERE', '::1'],
      ['D', '2'],
    ]);
  });
});

test.each([
  ['substitutions that never end', '$('.repeat(25_000)],
  ['quotes that never end', '"$OPTS'.repeat(8_000)],
  ['variables that make it long', '$OPTS '.repeat(8_000)],
  ['here-documents that never come', '<<E '.repeat(12_000)],
  ['nothing but backslashes', '\\'.repeat(50_000)],
])('%s take no time', (_, script) => {
  let length = 0;
  const time = cpuTime(() => {
    length = shellCommands(script, lookup)
      .flatMap((command) => command.words)
      .join('').length;
  });
  expect(time).toBeLessThan(1_500);
  expect(length).toBeLessThan(400_000);
});

test('a script of a hostile length is not read', () => {
  expect(shellCommands('a;'.repeat(30_000), lookup)).toEqual([]);
});

test('scripts that read each other many times over end', () => {
  const calls = { ...lookup, script: () => '. a\n'.repeat(2000) };
  expect(cpuTime(() => expect(shellCommands('. a\n'.repeat(2000), calls)).toEqual([]))).toBeLessThan(2_000);
  const once = { ...lookup, script: (file: string) => (file === 'a' ? 'x\n. b\n' : 'y\n') };
  expect(shellCommands('. a\n', once).map((command) => command.words)).toEqual([['x'], ['y']]);
});

test('arguments that double are not known any more, instead of filling the memory', () => {
  const doubling = `set -- a b\n${'set -- $@ $@\n'.repeat(40)}run $@\n`;
  expect(words(doubling)[0]?.length).toBeLessThan(2_000);
  expect(words('set -- a b\nset -- $@ c\nrun $@\n')).toEqual([['run', 'a', 'b', 'c']]);
});
