import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from '@jest/globals';
import { rulePageName } from '../../src/rules/page-name.ts';
import { WRITTEN_HEADS } from '../../src/rules/registry.ts';
import { runRuleOf } from './fixture.ts';

const DOCS = join(dirname(fileURLToPath(import.meta.url)), '../../docs/rules');

/** The YAML examples below a heading of a page. */
function examples(page: string, heading: string): string[] {
  const section = page.split(/^## /m).find((part) => part.startsWith(`${heading}\n`)) ?? '';
  return [...section.matchAll(/^```yaml\n([\s\S]*?)^```$/gm)].map((match) => match[1] ?? '');
}

function findingsIn(id: string, text: string, before?: string, beside?: string): string[] {
  return runRuleOf(id, { path: join(DOCS, 'example.yaml'), text }, before, beside).findings.map(
    ({ message }) => message,
  );
}

describe('the examples of each page do what the page says', () => {
  test.each(WRITTEN_HEADS.map((rule) => rule.id))('%s', (id) => {
    const path = join(DOCS, rulePageName(id));
    expect(existsSync(path)).toBe(true);
    const page = readFileSync(path, 'utf8');
    const bad = examples(page, 'Bad');
    const good = examples(page, 'Good');
    const [before] = examples(page, 'Before');
    const [beside] = examples(page, 'Beside');
    expect(bad.length).toBeGreaterThan(0);
    expect(good.length).toBeGreaterThan(0);
    for (const text of bad) expect(findingsIn(id, text, before, beside)).not.toEqual([]);
    for (const text of good) expect(findingsIn(id, text, before, beside)).toEqual([]);
    for (const heading of ['Why it matters', 'Known false positives']) {
      expect(page).toMatch(new RegExp(`## ${heading}\\n\\n\\S`));
    }
  });
});
