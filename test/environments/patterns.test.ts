import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { matchesPathGlob } from '../../src/environments/path-glob.ts';
import { matchesNamePattern } from '../../src/environments/name-pattern.ts';
import { matchesSelectorText } from '../../src/environments/label-selector.ts';
import { resolvePath } from '../../src/environments/repository-path.ts';
import { isRemote } from '../../src/environments/kustomize-graph.ts';
import { setAsideAt } from '../../src/environments/set-aside.ts';
import { isStageName } from '../../src/environments/environment-names.ts';

describe('path globs', () => {
  test.each([
    ['apps/*', 'apps/web', true],
    ['apps/*', 'apps/web/base', false],
    ['apps/**', 'apps/web/base', true],
    ['**/overlays/prod', 'a/b/overlays/prod', true],
    ['**/overlays/prod', 'overlays/prod', true],
    ['a?c/x', 'abc/x', true],
    ['./apps/*.yaml', 'apps/a.yaml', true],
    ['apps/*.yaml', 'apps/a.yml', false],
  ])('%s on %s: %s', (glob, path, expected) => {
    expect(matchesPathGlob(glob, path)).toBe(expected);
  });

  test('a path matches itself, and hostile patterns end soon', () => {
    fc.assert(
      fc.property(fc.array(fc.stringMatching(/^[a-z]{1,5}$/), { minLength: 1 }), (steps) => {
        expect(matchesPathGlob(steps.join('/'), steps.join('/'))).toBe(true);
      }),
    );
    expect(matchesPathGlob('*a'.repeat(200), 'a'.repeat(5000) + 'b')).toBe(false);
  });
});

describe('name patterns of patch targets', () => {
  test.each([
    ['', 'web', true],
    ['web', 'web', true],
    ['web', 'web-1', false],
    ['web.*', 'web-1', true],
    ['.+', '', false],
    ['(shop|cart)', 'cart', true],
    ['^shop$', 'shop', true],
    ['sh.p', 'shop', true],
    ['[a-z]+', 'shop', undefined],
    ['(a+)+', 'aaaa', undefined],
  ])('%s on %s: %s', (pattern, name, expected) => {
    expect(matchesNamePattern(pattern, name)).toBe(expected);
  });
});

describe('selector texts', () => {
  const labels = { app: 'web', tier: 'front' };
  test.each([
    ['app=web', true],
    ['app==web,tier!=back', true],
    ['app in (api, web)', true],
    ['app notin (web)', false],
    ['missing notin (x)', true],
    ['!missing', true],
    ['app', true],
    ['constructor', false],
    ['substitution.flux.home.arpa/disabled notin (true)', true],
    ['a b c', false],
  ])('%s: %s', (selector, expected) => {
    expect(matchesSelectorText(selector, labels)).toBe(expected);
  });
});

test.each([
  ['a/b', '../c.yaml', 'a/c.yaml'],
  ['', './x', 'x'],
  ['a', '../../x', undefined],
  ['a', '/etc/passwd', undefined],
  ['', '/clusters/prod', 'clusters/prod'],
])('from %s, %s is %s', (dir, relative, expected) => {
  expect(resolvePath(dir, relative)).toBe(expected);
});

test.each([
  ['https://example.com/a.yaml', true],
  ['github.com/org/repo//base?ref=v1', true],
  ['git@github.com:org/repo.git', true],
  ['git::https://example.com/repo', true],
  ['../base', false],
  ['github.com.yaml', false],
])('%s is remote: %s', (entry, expected) => {
  expect(isRemote(entry)).toBe(expected);
});

test.each([
  ['kubernetes/.archive/a.yaml', 'retired'],
  ['examples/a.yaml', 'shown'],
  ['src/testdata/a.yaml', 'foreign'],
  ['apps/archive.yaml', undefined],
  ['latest/a.yaml', undefined],
])('%s is set aside as %s', (path, expected) => {
  expect(setAsideAt(path)?.as).toBe(expected);
});

test.each([
  ['prod', true],
  ['prod-eu-1', true],
  ['eu-prod', true],
  ['staging', true],
  ['dev2', true],
  ['internal', false],
  ['product', false],
  ['testdata', false],
  ['developer-portal', false],
])('%s is the name of a stage: %s', (name, expected) => {
  expect(isStageName(name)).toBe(expected);
});
