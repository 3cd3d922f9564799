/** Rewrites test/review/golden: what the example's review looks like as a comment. Read the difference before committing it. */
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { DEFAULT_SETTINGS } from '../src/config/settings.ts';
import { toMarkdown } from '../src/report/markdown.ts';
import { review } from '../src/review.ts';
import { openDirectorySnapshot } from '../src/source/directory.ts';

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

const result = await review(
  await openDirectorySnapshot(at('../examples/canary/base')),
  await openDirectorySnapshot(at('../examples/canary/head')),
  { ...DEFAULT_SETTINGS, today: '2026-11-01' },
);
writeFileSync(at('../test/review/golden/canary.md'), toMarkdown({ ...result, base: 'base', head: 'head' }));
