import { describe, expect, test } from '@jest/globals';
import { loadSettings, parseSettings } from '../../src/config/load.ts';
import { memorySnapshot } from '../../src/source/memory.ts';

const RULES = [
  { id: 'IST0101', summary: 'Something is missing.' },
  { id: 'dangling-revision', summary: 'A label names no revision.' },
];
const FILE = '.github/istio-upgrade-guard.yml';

function parse(text: string) {
  return parseSettings(new TextEncoder().encode(text), FILE, RULES);
}

/** `line:column message` of every problem. */
function problemsOf(text: string): string[] {
  return parse(text).problems.map(({ line, column, message }) => `${line}:${column} ${message}`);
}

test('every key', () => {
  const text = `
environments:
  - name: prod
    paths: ['clusters/prod/**']
rules:
  IST0101: warning
  dangling-revision: off
failOn: warning
suppressions:
  - rule: IST0101
    resource: VirtualService shop/*
    reason: moves next week
    until: 2030-01-31
externals: ['host *.example.com']
comment: on-findings
waves:
  - name: first
    namespaces: [canary, 'team-*']
  - namespaces: ['*']
`;
  expect(parse(text)).toEqual({
    problems: [],
    settings: {
      environments: [{ name: 'prod', paths: ['clusters/prod/**'] }],
      levels: { IST0101: 'warning', 'dangling-revision': 'off' },
      failOn: 'warning',
      suppressions: [
        {
          rule: 'IST0101',
          resource: 'VirtualService shop/*',
          reason: 'moves next week',
          until: '2030-01-31',
        },
      ],
      externals: ['host *.example.com'],
      comment: 'on-findings',
      waves: [{ name: 'first', namespaces: ['canary', 'team-*'] }, { namespaces: ['*'] }],
    },
  });
});

test.each(['', '# nothing yet\n', '---\n', '{}\n'])('%j has no settings and no problem', (text) => {
  expect(parse(text)).toEqual({ settings: {}, problems: [] });
});

describe('mistakes are located', () => {
  test.each([
    ['failon: error\n', ['1:1 unknown key "failon"; did you mean "failOn"?']],
    ['failOn: fatal\n', ['1:9 failOn: must be one of error, warning, info, never, not "fatal"']],
    [
      'rules:\n  IST0101: eror\n',
      [
        '2:12 rules.IST0101: must be one of error, warning, info, off, false, not "eror"; did you mean "error"?',
      ],
    ],
    ['rules:\n  IST0102: off\n', ['2:3 rules: unknown key "IST0102"; did you mean "IST0101"?']],
    ['environments:\n  prod: [a]\n', ['2:3 environments: must be a list, not a mapping']],
    ['environments:\n  - name: prod\n', ['2:5 environments[0]: "paths" is missing']],
    [
      'suppressions:\n  - rule: IST0101\n    resource: x\n    until: soon\n',
      ['4:12 suppressions[0].until: must be a day such as 2030-01-31, not "soon"'],
    ],
    ['externals: [1]\n', ['1:13 externals[0]: must be text, not 1']],
    ['- a\n', ['1:1 must be a mapping, not a list']],
    ['__proto__:\n  failOn: never\n', ['1:1 unknown key "__proto__"']],
    ['failOn: error\n---\nfailOn: never\n', ['3:1 settings are one document; this file begins another']],
  ])('%j', (text, expected) => {
    expect(problemsOf(text)).toEqual(expected);
  });

  test('what is not YAML', () => {
    expect(problemsOf('a: [1\nb: 2\n')).toHaveLength(1);
    expect(problemsOf('failOn: error\nfailOn: never\n')).toHaveLength(1);
    expect(parseSettings(new Uint8Array([0xff, 0xfe, 0x00]), FILE, RULES).problems).not.toEqual([]);
  });

  test('and the keys without one still count', () => {
    const { settings, problems } = parse('failOn: never\nexternals: [1]\n');
    expect(problems).toHaveLength(1);
    expect(settings).toEqual({ failOn: 'never' });
  });
});

describe('loading from a snapshot', () => {
  test('reads the file where it is expected', async () => {
    const snapshot = memorySnapshot('base', { [FILE]: 'failOn: info\n', 'a.yaml': 'failOn: never\n' });
    expect(await loadSettings(snapshot, RULES)).toEqual({ settings: { failOn: 'info' }, problems: [] });
  });

  test('also with the longer extension', async () => {
    const snapshot = memorySnapshot('base', { '.github/istio-upgrade-guard.yaml': 'failOn: info\n' });
    expect((await loadSettings(snapshot, RULES)).settings).toEqual({ failOn: 'info' });
  });

  test('no file and no base are no settings', async () => {
    expect(await loadSettings(undefined, RULES)).toEqual({ settings: {}, problems: [] });
    expect(await loadSettings(memorySnapshot('base', {}), RULES)).toEqual({ settings: {}, problems: [] });
  });
});
