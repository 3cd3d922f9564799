/**
 * Keeps the facts about Istio's releases fresh.
 *   npm run facts               checks the data of hazards, and brings the table of releases up to date
 *   npm run facts -- --check    only checks; exit code 1 when something is wrong
 * Releases are read from the Go module proxy (GOPROXY, else proxy.golang.org).
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { hazardProblems } from './facts/hazard-problems.ts';
import { proxyOf, refresh } from './facts/refresh.ts';
import { DATA_VERSION } from '../src/facts/data-version.ts';
import { HAZARDS } from '../src/facts/hazards/all.ts';
import { RULE_HEADS } from '../src/rules/registry.ts';

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..');
const { values } = parseArgs({ options: { check: { type: 'boolean', default: false } } });

const problems = hazardProblems(HAZARDS, new Set(RULE_HEADS.map(({ id }) => id)));
for (const problem of problems) console.error(problem);
console.log(`${HAZARDS.length} hazards, ${problems.length} problems; facts as of ${DATA_VERSION.asOf}`);
if (problems.length > 0) process.exitCode = 1;
else if (!values.check) {
  await refresh({
    proxy: proxyOf(process.env['GOPROXY']),
    today: new Date().toISOString().slice(0, 10),
    read: (path) => readFileSync(join(ROOT, path), 'utf8'),
    write: (path, text) => {
      writeFileSync(join(ROOT, path), text);
    },
    say: (text) => {
      console.log(text);
    },
  });
}
