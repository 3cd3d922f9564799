import { describe, expect, test } from '@jest/globals';
import {
  atLeast,
  compareVersions,
  formatVersion,
  minorDistance,
  parseIstioVersion,
  versionTextOfNumber,
} from '../../src/facts/versions.ts';

function read(text: string): string | undefined {
  const version = parseIstioVersion(text);
  return version && formatVersion(version);
}

describe('parseIstioVersion', () => {
  test.each([
    ['1.10.0', '1.10.0'],
    ['1.10.0-distroless', '1.10.0'],
    ['v1.30.3', '1.30.3'],
    ['1.9.9-cray1-distroless', '1.9.9'],
    ['1.10.4-asm.6', '1.10.4'],
    ['1.15.7-2', '1.15.7'],
    ['1.24.3-tetratefips0', '1.24.3'],
    ['1.29.1-jammy-fips-rfcurated-rfhardened', '1.29.1'],
    ['104.5.0+up1.23.2', '1.23.2'],
    ['1.31.0-rc.0', '1.31.0'],
    ['v1.30-latest', '1.30'],
    ['1.28', '1.28'],
    ['1.28.x', '1.28'],
    ['1.28.*', '1.28'],
    ['~1.28.0', '1.28'],
    ['~> 1.28.3', '1.28'],
    ['>=1.24.2 <1.25', '1.24'],
    ['>=1.24.2, <1.25.0', '1.24'],
    ['>= 1.24.2 <= 1.24.9', '1.24'],
  ])('%s is %s', (text, version) => {
    expect(read(text)).toBe(version);
  });

  test.each([
    '',
    '*',
    'x',
    '^1.28.0',
    '>=1.24.0',
    '>=1.24.2 <1.26',
    '>=1.24.2 <=1.25',
    '>=1.24.2 <1.25.3',
    '1.24.0 || 1.25.0',
    '1.24.0 - 1.26.0',
    '${version}',
    '{{ .Values.tag }}',
    'latest',
    'master',
    '2.6.0',
    '101.28.0',
    '1.280.0',
    '1.2.3.4',
    'sha256:1.10.0',
    `>=${'1'.repeat(500)}`,
  ])('%s names no release', (text) => {
    expect(read(text)).toBeUndefined();
  });
});

test('a number keeps its version only where the float has lost nothing', () => {
  expect([1.28, 1.9, 1.1, 1.2, 1.3, 1].map(versionTextOfNumber)).toEqual([
    '1.28',
    '1.9',
    undefined,
    undefined,
    undefined,
    undefined,
  ]);
});

test('order, distance and thresholds', () => {
  const [old, range, recent] = ['1.9.5', '1.28', '1.28.3'].map((text) => parseIstioVersion(text)!);
  expect(compareVersions(old!, recent!)).toBeLessThan(0);
  expect(compareVersions(recent!, range!)).toBeGreaterThan(0);
  expect(minorDistance(old!, recent!)).toBe(19);
  expect(minorDistance(recent!, old!)).toBe(-19);
  expect([atLeast(old, 10), atLeast(recent, 28), atLeast(undefined, 10)]).toEqual([false, true, undefined]);
});
