import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { parseSettings } from '../../src/config/load.ts';
import { RULE_HEADS } from '../../src/rules/registry.ts';

const read = (path: string): string => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');

test('the settings of the page are without a mistake, and every key of the schema is among them', () => {
  const [, example = ''] = /```yaml\n(# yaml-language-server[^]*?)```/.exec(read('docs/action.md')) ?? [];
  const { settings, problems } = parseSettings(Buffer.from(example), 'docs/action.md', RULE_HEADS);
  expect(problems).toEqual([]);
  const { properties } = JSON.parse(read('schema/config.schema.json')) as { properties: object };
  const keys = [...example.matchAll(/^(\w+):/gm)].map((match) => match[1]);
  expect(keys.sort()).toEqual(Object.keys(properties).sort());
  expect(settings.suppressions?.[0]?.until).toBe('2026-12-31');
});
