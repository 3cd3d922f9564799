import { describe, expect, test } from '@jest/globals';
import { HAZARDS } from '../../../../src/facts/hazards/all.ts';
import type { Hazard } from '../../../../src/facts/hazards/hazard.ts';
import type { Input } from '../../../../src/rules/rule.ts';
import type { Finding } from '../../../../src/vocabulary.ts';
import { inputsOf } from '../../../../src/rules/upgrade/hazards/inputs.ts';
import { DETECTED } from '../../../../src/rules/upgrade/hazards/rules.ts';
import { allCases, type Case, listOf, runOf, sparingOf, versionsAround } from './case.ts';

const cases = allCases();
const told = DETECTED.map((hazard) => [hazard.id, hazard] as const);

function messages(hazard: Hazard, one: Case): string[] {
  return runOf(hazard, one).findings.map(({ message }) => message);
}

describe('the rule of each hazard', () => {
  test.each(told)('%s', (id, hazard) => {
    const own = cases.get(id) ?? {};
    if (hazard.detectability === 'exact') {
      expect(own).toMatchObject({ hit: expect.anything(), miss: expect.anything() });
      expect(Object.keys(own)).toContain(hasWayOut(hazard) ? 'spared' : 'mended');
    }
    // What a rule reads and does not declare may change without anybody looking again.
    const undeclared = new Set<Input>();
    const declared = new Set(inputsOf(hazard));
    const run = (one: Case): readonly Finding[] => {
      const { findings, read } = runOf(hazard, one);
      for (const input of read) if (!declared.has(input)) undeclared.add(input);
      return findings;
    };
    for (const one of listOf(own.hit)) {
      const [finding, ...more] = run(one);
      expect({ case: one, finding: finding?.message ?? 'none' }).not.toMatchObject({ finding: 'none' });
      expect(finding?.message).not.toMatch(/[{}]|undefined|\[object/);
      expect(finding?.advice).not.toBe('');
      expect(more.length === 0 || hazard.kind === 'deprecation' || hazard.needed).toBe(true);
    }
    for (const one of listOf(own.spared)) {
      expect({ case: one, sparedBy: sparingOf(hazard, one) }).not.toMatchObject({ sparedBy: [] });
    }
    for (const quiet of [...listOf(own.miss), ...listOf(own.spared), ...listOf(own.mended)]) {
      const said = run(quiet).map(({ message }) => message);
      expect({ case: quiet, told: said }).toEqual({ case: quiet, told: [] });
    }
    expect([...undeclared]).toEqual([]);
  });
});

/** A deprecated thing has no way back but to be written otherwise. */
function hasWayOut({ wayBack = [], sparedBy = [], kind }: Hazard): boolean {
  return kind !== 'deprecation' && wayBack.length + sparedBy.length > 0;
}

describe('a way back ends', () => {
  const ending = told.filter(
    ([, { wayBack = [], sparedBy = [], kind, toldBy }]) =>
      kind !== 'deprecation' &&
      // So far on, the hazard that says more of it speaks.
      toldBy === undefined &&
      wayBack.length > 0 &&
      sparedBy.length === 0 &&
      wayBack.every(({ until }) => until),
  );

  test.each(ending)('%s', (id, hazard) => {
    const minors = hazard.wayBack?.map(({ until }) => Number(until?.split('.')[1])) ?? [];
    const to = `1.${Math.max(...minors)}.0`;
    for (const one of listOf(cases.get(id)?.spared)) expect(messages(hazard, { ...one, to })).not.toEqual([]);
  });
});

test('every case belongs to a hazard with a rule', () => {
  const known = new Set(DETECTED.map(({ id }) => id));
  expect([...cases.keys()].filter((id) => !known.has(id))).toEqual([]);
});

test('what no file shows has no signals that nobody looks at', () => {
  for (const { id, signals, detectability } of HAZARDS) {
    if (detectability === 'not-from-manifests') expect({ id, signals }).toEqual({ id, signals: [] });
  }
});

test('a step over two releases that change the same is told of once', () => {
  const twice = told.filter(([, { toldBy }]) => toldBy !== undefined);
  expect(twice.length).toBeGreaterThan(5);
  for (const [id, hazard] of twice) {
    const further = HAZARDS.find((one) => one.id === hazard.toldBy);
    const { to } = versionsAround(further ?? hazard);
    const { from } = versionsAround(hazard);
    const minors = [from, versionsAround(further ?? hazard).from].map((text) => Number(text.split('.')[1]));
    const across = { from: `1.${Math.min(...minors)}.0`, to };
    for (const one of listOf(cases.get(id)?.hit)) {
      expect({ id, told: messages(hazard, { ...one, ...across }) }).toEqual({ id, told: [] });
    }
  }
});
