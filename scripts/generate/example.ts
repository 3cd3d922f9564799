import { fileURLToPath } from 'node:url';
import { DEFAULT_SETTINGS, type Settings } from '../../src/config/settings.ts';
import { toMarkdown } from '../../src/report/markdown.ts';
import { toTerminal } from '../../src/report/terminal.ts';
import { review } from '../../src/review.ts';
import { openDirectorySnapshot } from '../../src/source/directory.ts';

const BASE = 'examples/canary/base';
const HEAD = 'examples/canary/head';
const START = '<!-- demo -->';
const END = '<!-- /demo -->';

/** A fixed day, so that the texts are the same tomorrow; the test of the golden comment has the same. */
const SETTINGS: Settings = { ...DEFAULT_SETTINGS, today: '2026-11-01' };

const at = (path: string): string => fileURLToPath(new URL(`../../${path}`, import.meta.url));

/** What derives from the review of the example: the golden comment, and the part of the README between its marks. */
export async function exampleFiles(readme: string): Promise<[path: string, text: string][]> {
  const result = await review(
    await openDirectorySnapshot(at(BASE)),
    await openDirectorySnapshot(at(HEAD)),
    SETTINGS,
  );
  const terminal = toTerminal({ ...result, base: BASE, head: HEAD }, { color: false });
  const markdown = toMarkdown({ ...result, base: 'base', head: 'head' });
  return [
    ['test/review/golden/canary.md', markdown],
    ['README.md', withDemo(readme, terminal)],
  ];
}

function withDemo(readme: string, terminal: string): string {
  const start = readme.indexOf(START);
  const end = readme.indexOf(END);
  if (start < 0 || end < start) throw new Error(`README.md has no ${START} ... ${END}`);
  return `${readme.slice(0, start)}${START}\n\n\`\`\`text\n${terminal.trimEnd()}\n\`\`\`\n\n${readme.slice(end)}`;
}
