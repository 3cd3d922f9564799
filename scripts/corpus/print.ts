import { agrees, difference, type Outcome } from './outcome.ts';
import { LADDER } from './pairs.ts';
import type { EnvironmentReview } from '../../src/report/review.ts';
import type { Unchecked } from '../../src/vocabulary.ts';

/** Milliseconds after which a review is named in the summary. */
const SLOW = 3000;

export function outcomeLine(outcome: Outcome): string {
  const { pair, said, ms, megabytes, result, crash } = outcome;
  const mark =
    crash !== undefined ? 'CRASH' : agrees(outcome) ? 'ok' : difference(outcome) > 0 ? 'LOUD' : 'QUIET';
  return [
    mark.padEnd(5),
    pair.id.padEnd(42),
    pair.category.padEnd(34),
    `expect ${pair.expect}`.padEnd(15),
    `said ${said}`.padEnd(13),
    (result?.verdict ?? '-').padEnd(8),
    `${ms} ms`.padStart(8),
    `${megabytes} MB`.padStart(8),
  ].join(' ');
}

/** Everything a person needs to judge the outcome: the reviewer's words, and ours. */
export function outcomeDetails({ pair, result, crash }: Outcome): string[] {
  const lines = [`subject: ${pair.subject}`, `expected: ${pair.say}`];
  if (crash !== undefined) lines.push(crash);
  for (const environment of result?.environments ?? []) lines.push(...environmentLines(environment));
  if (result?.untouched.length) lines.push(`untouched: ${result.untouched.join(', ')}`);
  if (result?.notJudged.length) lines.push(`not judged: ${result.notJudged.join(', ')}`);
  lines.push(...(result?.unchecked ?? []).map(uncheckedLine));
  return lines.map((line) => `      ${line}`);
}

/** Counts, crashes, slow reviews and disagreements, the worst of each first. */
export function summary(outcomes: readonly Outcome[]): string[] {
  const crashes = outcomes.filter(({ crash }) => crash !== undefined);
  const slow = outcomes.filter(({ ms }) => ms > SLOW).sort((a, b) => b.ms - a.ms);
  const apart = outcomes.filter((outcome) => outcome.crash === undefined && !agrees(outcome));
  apart.sort((a, b) => Math.abs(difference(b)) - Math.abs(difference(a)) || difference(b) - difference(a));
  const agreeing = outcomes.filter(agrees).length;
  const exact = outcomes.filter((outcome) => agrees(outcome) && difference(outcome) === 0).length;
  const times = outcomes.map(({ ms }) => ms).sort((a, b) => a - b);
  return [
    '',
    `${outcomes.length} pairs: ${agreeing} agree (${exact} exactly), ${apart.length} disagree, ${crashes.length} crash`,
    `time: median ${times[times.length >> 1] ?? 0} ms, longest ${times.at(-1) ?? 0} ms`,
    ...confusion(outcomes),
    ...section(
      'crashes',
      crashes.map(({ pair, crash }) => `${pair.id}: ${crash?.split('\n')[0] ?? ''}`),
    ),
    ...section(
      `slower than ${SLOW} ms`,
      slow.map(({ pair, ms }) => `${pair.id}: ${ms} ms`),
    ),
    ...section('disagreements', apart.map(outcomeLine)),
  ];
}

/** How often each expectation met each answer. */
function confusion(outcomes: readonly Outcome[]): string[] {
  const count = (expect: string, said: string): number =>
    outcomes.filter((outcome) => outcome.pair.expect === expect && outcome.said === said).length;
  const row = (label: string, cells: readonly (string | number)[]): string =>
    label.padEnd(16) + cells.map((cell) => String(cell).padStart(9)).join('');
  return [
    row('expect \\ said', LADDER),
    ...LADDER.map((expect) =>
      row(
        expect,
        LADDER.map((said) => count(expect, said)),
      ),
    ),
  ];
}

function section(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : ['', `${title}:`, ...lines.map((line) => `  ${line}`)];
}

function environmentLines({
  name,
  because,
  resources,
  findings,
  changes,
  unchecked,
}: EnvironmentReview): string[] {
  const count = (status: string): number => findings.filter((finding) => finding.status === status).length;
  const counts = ['introduced', 'fixed', 'existing'].map((status) => `${count(status)} ${status}`).join(', ');
  const introduced = findings.filter(({ status }) => status === 'introduced');
  return [
    `environment ${name} (${because}): ${resources} resources, ${counts}`,
    ...introduced.map(
      ({ level, rule, at, message, confidence }) =>
        `  ${level} ${rule} ${at.file}:${at.line} ${message}${confidence === 'likely' ? ' (likely)' : ''}`,
    ),
    ...changes.map(({ kind, message }) => `  change ${kind}: ${message}`),
    ...unchecked.map((entry) => `  ${uncheckedLine(entry)}`),
  ];
}

function uncheckedLine({ what, why, count }: Unchecked): string {
  return `unchecked: ${what}: ${why} (${count})`;
}
