/**
 * One measurement in a process of its own: `child.mjs review|yaml REPOSITORY`. Prints a Measurement as JSON.
 * `yaml` is js-yaml alone over the documents of the head, their bytes already in memory.
 */
import { loadAll } from 'js-yaml';
import { DEFAULT_SETTINGS } from '../src/config/settings.ts';
import { review } from '../src/review.ts';
import { GitRepository } from '../src/source/git.ts';

export interface Measurement {
  readonly ms: number;
  /** Milliseconds of CPU in the same stretch, of all threads. */
  readonly cpuMs: number;
  /** Milliseconds by phase, in order; empty for `yaml`. */
  readonly phases: Readonly<Record<string, number>>;
  /** Peak resident size in MB. */
  readonly megabytes: number;
  /** What the review found, to see that it did the work. */
  readonly summary: string;
}

const [mode, directory = '.'] = process.argv.slice(2);
const measured = mode === 'yaml' ? await measureYaml() : await measureReview();
const megabytes = Math.round(process.resourceUsage().maxRSS / 1024);
process.stdout.write(JSON.stringify({ ...measured, megabytes }));

async function measureReview(): Promise<Omit<Measurement, 'megabytes'>> {
  const cpu = process.cpuUsage();
  const marks: [phase: string, at: number][] = [['open', performance.now()]];
  const repository = await GitRepository.open(directory);
  const base = await repository.snapshot('base');
  const head = await repository.snapshot('head');
  const result = await review(base, head, DEFAULT_SETTINGS, (phase) =>
    marks.push([phase, performance.now()]),
  );
  marks.push(['end', performance.now()]);
  const cpuMs = cpuSince(cpu);
  await repository.close();
  const phases = Object.fromEntries(
    marks.slice(0, -1).map(([phase, at], i) => [phase, (marks[i + 1]?.[1] ?? at) - at]),
  );
  const resources = result.environments.reduce((sum, environment) => sum + environment.resources, 0);
  const findings = result.environments.reduce((sum, environment) => sum + environment.findings.length, 0);
  const summary = `${result.verdict}, ${resources} resources, ${findings} findings`;
  return { ms: sum(Object.values(phases)), cpuMs, phases, summary };
}

async function measureYaml(): Promise<Omit<Measurement, 'megabytes'>> {
  const repository = await GitRepository.open(directory);
  const head = await repository.snapshot('head');
  const texts = await Promise.all(
    head.list().map(async ({ path }) => Buffer.from(await head.read(path)).toString('utf8')),
  );
  await repository.close();
  const cpu = process.cpuUsage();
  const start = performance.now();
  const documents = texts.map((text) => loadAll(text));
  const ms = performance.now() - start;
  return { ms, cpuMs: cpuSince(cpu), phases: {}, summary: `${documents.flat().length} documents` };
}

function cpuSince(start: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1000;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
