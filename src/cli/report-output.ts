import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { expiredSentences } from '../config/expired.ts';
import type { Settings } from '../config/settings.ts';
import { FORMATS, PLAN_FORMATS, formatPlan, formatReview } from '../report/formats.ts';
import type { Review } from '../report/review.ts';
import { distinctFindings } from '../report/sections.ts';
import type { TerminalOptions } from '../report/terminal.ts';
import { fails } from '../report/threshold.ts';
import { RULE_HEADS } from '../rules/registry.ts';
import type { Arguments } from './arguments.ts';
import { EXIT, type ExitCode } from './exit-code.ts';
import type { Io } from './io.ts';
import { readRulePages, rulePagesIn } from './rule-page.ts';
import { UsageError } from './usage-error.ts';

/** Widest text that is still pleasant to read. */
const WIDEST = 110;

/**
 * Writes the report where the arguments say and gives the exit code, which does not depend on the format.
 * @throws UsageError when the output file cannot be written.
 */
export async function deliver(
  review: Review,
  settings: Settings,
  args: Arguments,
  io: Io,
): Promise<ExitCode> {
  const format = args.choice('format', FORMATS) ?? 'terminal';
  const text = formatReview(review, format, {
    ...{ ...terminalOptions(args, io), failOn: settings.failOn, rules: RULE_HEADS },
    notes: expiredSentences(settings),
    ...(format === 'sarif' && io.rulePages && { ruleHelp: await ruleHelp(review, io.rulePages) }),
  });
  return write(text, review, settings, args, io);
}

async function ruleHelp(review: Review, folder: URL) {
  const rules = distinctFindings(review).map(({ rule }) => rule);
  const pages = await readRulePages(rules, rulePagesIn(folder));
  return { page: (rule: string) => pages.get(rule) };
}

/**
 * The same for the plans of a review alone.
 * @throws UsageError when the output file cannot be written.
 */
export function deliverPlan(review: Review, settings: Settings, args: Arguments, io: Io): Promise<ExitCode> {
  const format = args.choice('format', PLAN_FORMATS) ?? 'terminal';
  return write(formatPlan(review, format, terminalOptions(args, io)), review, settings, args, io);
}

function terminalOptions(args: Arguments, io: Io): TerminalOptions {
  const { columns } = io.stdout;
  return {
    color: args.text('output') === undefined && usesColor(io),
    ...(columns !== undefined && columns > 40 && { width: Math.min(columns, WIDEST) }),
  };
}

async function write(
  text: string,
  review: Review,
  { failOn }: Settings,
  args: Arguments,
  io: Io,
): Promise<ExitCode> {
  const file = args.text('output');
  if (file === undefined) io.stdout.write(text);
  else await writeReport(resolve(io.cwd, file), file, text);
  return fails(review, failOn) ? EXIT.findings : EXIT.ok;
}

/** https://no-color.org: any value but the empty one. */
function usesColor({ stdout, env }: Io): boolean {
  return stdout.isTTY === true && (env['NO_COLOR'] ?? '') === '' && env['TERM'] !== 'dumb';
}

async function writeReport(path: string, shown: string, text: string): Promise<void> {
  try {
    await writeFile(path, text);
  } catch {
    throw new UsageError(`--output ${shown} cannot be written.`, 'Does its directory exist?');
  }
}

/**
 * A misspelt `--environment` would otherwise look like a review without findings.
 * @throws UsageError when the review knows no such environment.
 */
export function requireEnvironment(review: Review, { environment }: Settings): void {
  if (environment === undefined) return;
  const known = [...review.environments.map(({ name }) => name), ...review.untouched];
  if (known.includes(environment)) return;
  throw new UsageError(
    `This repository has no environment "${environment}".`,
    'Without --environment the report names them.',
  );
}
