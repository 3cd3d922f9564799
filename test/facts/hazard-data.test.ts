import { expect, test } from '@jest/globals';
import { hazardProblems } from '../../scripts/facts/hazard-problems.ts';
import { latestPatches, withDay, withPatches } from '../../scripts/facts/releases-table.ts';
import { HAZARDS } from '../../src/facts/hazards/all.ts';
import type { Hazard } from '../../src/facts/hazards/hazard.ts';
import { RULE_HEADS } from '../../src/rules/registry.ts';

const rules = new Set(RULE_HEADS.map(({ id }) => id));

test('the data of hazards is sound', () => {
  expect(hazardProblems(HAZARDS, rules)).toEqual([]);
});

test('finds what is wrong with the data', () => {
  const [sound] = HAZARDS;
  if (!sound) throw new Error('no hazards');
  const broken: Hazard = {
    ...sound,
    id: 'Bad_Id',
    title: 'A title.',
    from: ['1.10.0', '1.9.8'],
    coveredBy: 'no-such-rule',
    sources: [],
    wayBack: [{ setting: { look: 'odd', name: 'x', with: [] }, says: 'X', since: '1.12', until: '1.10' }],
  };
  const found = hazardProblems([broken], rules).join('\n');
  for (const part of ['kebab-case', 'full stop', 'no sources', 'no rule', 'ascending', 'ends before']) {
    expect(found).toContain(part);
  }
  expect(hazardProblems([sound, sound], rules).join('\n')).toContain('twice');
});

test('takes the newest patch of each minor, and no pre-release', () => {
  const versions = ['v1.31.0', 'v1.31.2', 'v1.31.10', 'v1.32.0-rc.1', 'v1.31.0-rc.0.0.2026', 'junk'];
  expect([...latestPatches(versions)]).toEqual([[31, 10]]);
});

test('rewrites the table without losing or lowering anything', () => {
  const source =
    'a\nconst LATEST_PATCH: ReadonlyMap<number, number> = new Map([\n  [30, 5],\n  [31, 1],\n]);\nb';
  const latest = new Map([
    [29, 1],
    [30, 4],
    [31, 3],
    [32, 0],
  ]);
  expect(withPatches(source, latest)).toBe(
    'a\nconst LATEST_PATCH: ReadonlyMap<number, number> = new Map([\n  [30, 5],\n  [31, 3],\n  [32, 0],\n]);\nb',
  );
  expect(() => withPatches('nothing', latest)).toThrow('LATEST_PATCH');
  expect(withDay("x = { asOf: '2026-01-01' }", '2026-02-03')).toBe("x = { asOf: '2026-02-03' }");
});
