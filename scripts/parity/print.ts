import type { Comparison, Verdict } from './compare-head.ts';

export function comparisonLines({ where, what, kind, ...ways }: Comparison, verbose: boolean): string[] {
  const lines = Object.entries(ways).flatMap(([way, verdict]: [string, Verdict]) => {
    const { answer, why, differences } = verdict;
    if (answer === 'equal' || answer === 'plain-fails') return [];
    if (way !== 'sandbox' && !verbose) return [];
    const shown = differences.slice(0, 5).map(({ part, says }) => `       ${part}: ${says}`);
    return [`  ${way}: ${answer}${why === '' ? '' : ` (${why.slice(0, 300)})`}`, ...shown];
  });
  return lines.length === 0 ? [] : [`${where} ${kind} ${what}`, ...lines];
}

export function summary(all: readonly Comparison[]): string[] {
  const overlays = all.filter(({ kind }) => kind === 'overlay');
  const charts = all.filter(({ kind }) => kind === 'chart');
  return [
    '',
    ...share(
      'overlays, the tool in our sandbox',
      overlays.map(({ sandbox }) => sandbox),
    ),
    ...share(
      'overlays, as a review with tools sees them',
      overlays.flatMap(({ pipeline }) => pipeline ?? []),
    ),
    ...share(
      'overlays, read without a tool',
      overlays.flatMap(({ graph }) => graph ?? []),
    ),
    ...parts(overlays.flatMap(({ graph }) => graph ?? [])),
    ...share(
      'charts, the tool in our sandbox',
      charts.map(({ sandbox }) => sandbox),
    ),
  ];
}

function share(title: string, verdicts: readonly Verdict[]): string[] {
  const count = (answer: Verdict['answer']): number => verdicts.filter((one) => one.answer === answer).length;
  const offline = verdicts.length - count('plain-fails') - count('we-succeed-alone');
  const equal = count('equal');
  const percent = offline === 0 ? '-' : `${((100 * equal) / offline).toFixed(1)} %`;
  const rest = (['different', 'unchecked', 'plain-fails', 'we-succeed-alone'] as const)
    .map((answer) => `${count(answer)} ${answer}`)
    .join(', ');
  return [`${title}: ${equal} of ${offline} equal (${percent}); ${rest}`, ...reasons(verdicts)];
}

function reasons(verdicts: readonly Verdict[]): string[] {
  const tally = new Map<string, number>();
  for (const { answer, why } of verdicts) {
    if (answer !== 'unchecked') continue;
    const reason =
      why
        .split('; ')[0]
        ?.replace(/[^\s:]*\/[^\s:]*/g, '...')
        .slice(0, 140) ?? '';
    tally.set(reason, (tally.get(reason) ?? 0) + 1);
  }
  return [...tally]
    .sort((a, b) => b[1] - a[1])
    .slice(0, 12)
    .map(([reason, count]) => `    ${count}x ${reason}`);
}

/** How far our own reading goes where it is not equal in everything. */
function parts(verdicts: readonly Verdict[]): string[] {
  const built = verdicts.filter(({ answer }) => answer !== 'plain-fails');
  const without = (part: string): number =>
    built.filter(({ differences }) => !differences.some((one) => one.part === part)).length;
  return [
    `    same objects, names and namespaces: ${without('membership')} of ${built.length}; same labels and selectors: ${without('labels')}`,
  ];
}
