/**
 * Keeps the facts about Istio's releases fresh.
 *   npm run facts               checks the data of hazards, and brings the table of releases up to date
 *   npm run facts -- --check    only checks; exit code 1 when something is wrong
 * Releases are read from the Go module proxy (GOPROXY, else proxy.golang.org): istio.io/client-go is tagged with every one.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { hazardProblems } from './facts/hazard-problems.ts';
import { latestPatches, withDay, withPatches } from './facts/releases-table.ts';
import { DATA_VERSION } from '../src/facts/data-version.ts';
import { HAZARDS } from '../src/facts/hazards/all.ts';
import { parseIstioVersion } from '../src/facts/versions.ts';
import { RULE_HEADS } from '../src/rules/registry.ts';

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..');
const TIMEOUT_MS = 30_000;
const { values } = parseArgs({ options: { check: { type: 'boolean', default: false } } });

const problems = hazardProblems(HAZARDS, new Set(RULE_HEADS.map(({ id }) => id)));
for (const problem of problems) console.error(problem);
console.log(`${HAZARDS.length} hazards, ${problems.length} problems; facts as of ${DATA_VERSION.asOf}`);
if (problems.length > 0) process.exitCode = 1;
else if (!values.check) await refresh();

async function refresh(): Promise<void> {
  const latest = latestPatches(await releases());
  rewrite('src/facts/releases.ts', (source) => withPatches(source, latest));
  const today = new Date().toISOString().slice(0, 10);
  const newest = Math.max(...latest.keys());
  const covered = parseIstioVersion(DATA_VERSION.newest)?.minor ?? 0;
  if (newest > covered) {
    console.log(
      `1.${newest} has come out, and hazards end with ${DATA_VERSION.newest}: write src/facts/hazards/v1.${newest}.ts, then move data-version.ts on.`,
    );
  } else rewrite('src/facts/data-version.ts', (source) => withDay(source, today));
}

async function releases(): Promise<string[]> {
  const [proxy = ''] = (process.env['GOPROXY'] ?? '')
    .split(/[,|]/)
    .filter((entry) => entry.startsWith('http'));
  const url = `${proxy === '' ? 'https://proxy.golang.org' : proxy.replace(/\/$/, '')}/istio.io/client-go/@v/list`;
  const response = await fetch(url, { signal: AbortSignal.timeout(TIMEOUT_MS) });
  if (!response.ok) throw new Error(`${url} answers ${response.status}`);
  return (await response.text()).split('\n');
}

function rewrite(path: string, change: (source: string) => string): void {
  const full = join(ROOT, path);
  const before = readFileSync(full, 'utf8');
  const after = change(before);
  if (after === before) return;
  writeFileSync(full, after);
  console.log(`written: ${path}`);
}
