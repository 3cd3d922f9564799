import { describe, expect, test } from '@jest/globals';
import { byImportance, compareFindings } from '../../src/compare/findings.ts';
import { verdictOf } from '../../src/compare/verdict.ts';
import type { Change, Finding } from '../../src/vocabulary.ts';

function finding(fingerprint: string, more: Partial<Finding> = {}): Finding {
  return {
    rule: 'IST0101',
    level: 'error',
    confidence: 'certain',
    resource: { kind: 'VirtualService', namespace: 'shop', name: 'cart' },
    at: { file: 'a.yaml', line: 1, column: 1, endLine: 1 },
    message: fingerprint,
    evidence: [],
    advice: '',
    fingerprint,
    ...more,
  };
}

const statuses = (findings: readonly Finding[]): string[] =>
  findings.map(({ fingerprint, status }) => `${fingerprint} ${status ?? '-'}`);

describe('compareFindings', () => {
  test('tells new, gone and old apart by fingerprint, not by line', () => {
    const old = finding('old');
    const moved = finding('old', { at: { file: 'b.yaml', line: 9, column: 1, endLine: 9 } });
    expect(statuses(compareFindings([old, finding('gone')], [moved, finding('new')])).sort()).toEqual([
      'gone fixed',
      'new introduced',
      'old existing',
    ]);
  });

  test('of two equal findings where the base had one, one is introduced', () => {
    expect(statuses(compareFindings([finding('x')], [finding('x'), finding('x')]))).toEqual([
      'x existing',
      'x introduced',
    ]);
  });

  test('a notice that becomes an error is not fixed', () => {
    const compared = compareFindings([finding('will break', { level: 'info' })], [finding('breaks')]);
    expect(statuses(compared)).toEqual(['breaks introduced']);
  });

  test('an error that becomes a notice is', () => {
    const compared = compareFindings([finding('breaks')], [finding('will break', { level: 'info' })]);
    expect(statuses(compared)).toEqual(['breaks fixed', 'will break introduced']);
  });
});

test('the worst comes first, then file, line and rule', () => {
  const at = (file: string, line: number) => ({ file, line, column: 1, endLine: line });
  const sorted = [
    finding('5', { level: 'info' }),
    finding('4', { level: 'warning' }),
    finding('3', { at: at('b.yaml', 1) }),
    finding('2', { at: at('a.yaml', 2) }),
    finding('1', { at: at('a.yaml', 1) }),
  ].sort(byImportance);
  expect(sorted.map(({ fingerprint }) => fingerprint)).toEqual(['1', '2', '3', '4', '5']);
});

describe('verdictOf', () => {
  const introduced = (level: Finding['level']) => finding('x', { level, status: 'introduced' });
  const change = (kind: Change['kind']): Change => ({
    kind,
    subject: '',
    message: '',
    evidence: [],
    blastRadius: { namespaces: [], workloads: [], services: [] },
  });

  test.each([
    ['unsafe', [introduced('error')], [], 0],
    ['caution', [introduced('warning')], [], 0],
    ['safe', [introduced('info')], [], 0],
    ['safe', [finding('old', { status: 'existing' })], [], 0],
    ['caution', [], [change('tag-retargeted')], 0],
    ['safe', [], [change('revision-added'), change('tag-created')], 0],
    ['unknown', [], [], 1],
    ['unsafe', [introduced('error')], [], 3],
  ] as const)('%s', (verdict, findings, changes, unread) => {
    expect(verdictOf(findings, changes, unread)).toBe(verdict);
  });
});
