/**
 * How long a review of one changed file takes, against parsing alone.
 *
 *   npm run bench [-- --runs N] [--only RESOURCES] [--json]
 *
 * Generates repositories of 100, 1,000 and 10,000 resources, with the manifests of a service in one file and with one
 * manifest a file. Reviews each in fresh processes, in turn with js-yaml over the same documents, and takes medians.
 * The goal: 10,000 resources in at most twice the time of js-yaml alone, in less than 500 MB.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { build } from 'esbuild';
import type { Measurement } from './child.ts';
import { makeRepository, type BenchRepository, type Layout } from './repository.ts';
import { table, type Row } from './table.ts';

const SIZES = [100, 1000, 10_000];
const LAYOUTS: readonly Layout[] = ['grouped', 'single'];

const { values } = parseArgs({
  options: { runs: { type: 'string', default: '5' }, only: { type: 'string' }, json: { type: 'boolean' } },
});
const runs = Number(values.runs);
const sizes = SIZES.filter((size) => values.only === undefined || size === Number(values.only));
if (!(runs >= 1) || sizes.length === 0) {
  console.error(`usage: npm run bench [-- --runs N] [--only ${SIZES.join('|')}] [--json]`);
  process.exit(2);
}

const scratch = mkdtempSync(join(tmpdir(), 'bench-'));
try {
  const child = await bundleChild();
  const rows = sizes.flatMap((size) =>
    LAYOUTS.map((layout) => measure(child, makeRepository(join(scratch, `${size}-${layout}`), size, layout))),
  );
  console.log(values.json ? JSON.stringify(rows, null, 2) : table(rows));
} finally {
  rmSync(scratch, { recursive: true, force: true });
}

/** The measured program is bundled as the released one is, so that loading TypeScript is not measured. */
async function bundleChild(): Promise<string> {
  const outfile = join(scratch, 'child.mjs');
  const entryPoints = [resolve(import.meta.dirname, 'child.ts')];
  await build({ entryPoints, outfile, bundle: true, platform: 'node', format: 'esm', target: 'node20' });
  return outfile;
}

/** Both kinds of run in turn, so that a busy moment of the machine meets both. */
function measure(child: string, repository: BenchRepository): Row {
  const reviews: Measurement[] = [];
  const parses: Measurement[] = [];
  for (let run = 0; run < runs; run += 1) {
    reviews.push(once(child, 'review', repository.directory));
    parses.push(once(child, 'yaml', repository.directory));
  }
  const ms = median(reviews.map((run) => run.ms));
  const yamlMs = median(parses.map((run) => run.ms));
  const phases = Object.keys(reviews[0]?.phases ?? {});
  const { resources, layout, files, bytes } = repository;
  return {
    ...{ resources, layout, files, bytes, ms, yamlMs },
    ratio: ms / yamlMs,
    cpuRatio: median(reviews.map((run) => run.cpuMs)) / median(parses.map((run) => run.cpuMs)),
    phases: Object.fromEntries(
      phases.map((phase) => [phase, median(reviews.map((run) => run.phases[phase] ?? 0))]),
    ),
    megabytes: Math.max(...reviews.map((run) => run.megabytes)),
    yamlMegabytes: Math.max(...parses.map((run) => run.megabytes)),
    summary: reviews[0]?.summary ?? '',
  };
}

function once(child: string, mode: 'review' | 'yaml', directory: string): Measurement {
  const output = execFileSync(process.execPath, [child, mode, directory], {
    encoding: 'utf8',
    env: { ...process.env, NODE_OPTIONS: '' },
  });
  return JSON.parse(output) as Measurement;
}

function median(numbers: readonly number[]): number {
  return [...numbers].sort((a, b) => a - b)[numbers.length >> 1] ?? 0;
}
