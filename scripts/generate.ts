/**
 * Writes what is derived from the code: docs/rules/, schema/, the example's golden comment, and the demo in the README.
 *   npm run generate             writes
 *   npm run generate:check       writes nothing; exit code 1 when a file is not current
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { format, resolveConfig } from 'prettier';
import { exampleFiles } from './generate/example.ts';
import { hazardPages, hazardRows } from './generate/hazard-pages.ts';
import { indexPage, rulePage, writtenPart } from './generate/rule-pages.ts';
import { schemaFiles } from './generate/schemas.ts';
import { rulePageName } from '../src/rules/page-name.ts';
import { WRITTEN_HEADS } from '../src/rules/registry.ts';

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..');
const { values } = parseArgs({ options: { check: { type: 'boolean', default: false } } });

const files = new Map<string, string>([
  ...WRITTEN_HEADS.map((rule): [string, string] => {
    const path = `docs/rules/${rulePageName(rule.id)}`;
    return [path, rulePage(rule, writtenPart(current(path)))];
  }),
  ['docs/rules/README.md', indexPage(WRITTEN_HEADS, hazardRows())],
  ...hazardPages(),
  ...schemaFiles(),
]);

const wantedTexts = [
  ...(await Promise.all(
    [...files].map(async ([path, text]) => [path, await formatted(path, text)] as const),
  )),
  ...(await exampleFiles(current('README.md'))),
];

let stale = 0;
for (const [path, wanted] of wantedTexts) {
  if (current(path) === wanted) continue;
  stale += 1;
  console.log(values.check ? `not current: ${path}` : `written: ${path}`);
  if (!values.check) writeFileSync(join(ROOT, path), wanted);
}
if (values.check && stale > 0) {
  console.error('run: npm run generate');
  process.exitCode = 1;
}

function current(path: string): string {
  const full = join(ROOT, path);
  return existsSync(full) ? readFileSync(full, 'utf8') : '';
}

async function formatted(path: string, text: string): Promise<string> {
  const config = await resolveConfig(join(ROOT, path));
  return format(text, { ...config, filepath: path });
}
