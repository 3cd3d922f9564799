import { describe, expect, test } from '@jest/globals';
import { WRITTEN_HEADS } from '../../src/rules/registry.ts';
import type { Input } from '../../src/rules/rule.ts';
import { allFixtures, expectedLines, type Fixture, runRuleOf } from './fixture.ts';

const fixtures = allFixtures();

function check(fixture: Fixture) {
  return runRuleOf(fixture.rule, fixture);
}

describe('findings are where the fixtures mark them', () => {
  test.each(fixtures.map((fixture) => [`${fixture.rule}/${fixture.name}`, fixture] as const))(
    '%s',
    (_, fixture) => {
      const { findings } = check(fixture);
      const found = findings.map(({ at, message }) => ({ line: at.line, message }));
      const lines = found.map(({ line }) => line).sort((a, b) => a - b);
      const expected = expectedLines(fixture.text, fixture.rule).sort((a, b) => a - b);
      expect({ lines, found }).toEqual({ lines: expected, found });
    },
  );
});

describe('every rule', () => {
  test.each(WRITTEN_HEADS.map((rule) => [rule.id, rule] as const))('%s', (id, rule) => {
    const own = fixtures.filter((fixture) => fixture.rule === id);
    expect(own.map(({ name }) => name)).toContain('ok.yaml');
    const read = new Set<Input>();
    const messages = new Set<string>();
    for (const fixture of own) {
      const result = check(fixture);
      for (const input of result.read) read.add(input);
      for (const { message, advice } of result.findings) {
        messages.add(message);
        expect(message).not.toMatch(/[{}]|undefined|\[object/);
        expect(advice).not.toBe('');
      }
    }
    expect([...read].sort()).toEqual([...rule.inputs].sort());
    expect(messages.size).toBeGreaterThan(0);
  });
});

test('an ok.yaml marks nothing', () => {
  for (const { name, text } of fixtures) {
    if (name === 'ok.yaml') expect(text).not.toContain('# expect');
  }
});
