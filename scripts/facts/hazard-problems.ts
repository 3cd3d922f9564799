import type { Hazard, Signal } from '../../src/facts/hazards/hazard.ts';
import { parseIstioVersion } from '../../src/facts/versions.ts';
import { ODD_NAMES } from '../../src/rules/upgrade/hazards/odd.ts';

const SEVERITIES = ['high', 'medium', 'low'];
const BRACES = /[{}]/;

/** What is wrong with the data of hazards: schema beyond its types, sources, order. Empty when all is well. */
export function hazardProblems(hazards: readonly Hazard[], ruleIds: ReadonlySet<string>): string[] {
  const ids = hazards.map(({ id }) => id);
  const repeated = ids.filter((id, index) => ids.indexOf(id) < index);
  return [
    ...repeated.map((id) => `${id}: the id is used twice`),
    ...hazards.flatMap((hazard) => ownProblems(hazard, ruleIds).map((problem) => `${hazard.id}: ${problem}`)),
    ...hazards.flatMap(({ id, toldBy }) =>
      toldBy === undefined || ids.includes(toldBy) ? [] : [`${id}: there is no hazard ${toldBy}`],
    ),
    ...orderProblems(hazards),
  ];
}

function ownProblems(hazard: Hazard, ruleIds: ReadonlySet<string>): string[] {
  const { id, version, title, what, advice, sources, signals, coveredBy, detectability, endsIn, kind } =
    hazard;
  const problem = (wrong: boolean, text: string): string[] => (wrong ? [text] : []);
  return [
    ...problem(!/^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(id), 'the id is not kebab-case'),
    ...problem(!/^1\.\d{1,2}$/.test(version), 'version is not a minor'),
    ...problem(title.endsWith('.'), 'the title ends with a full stop'),
    ...problem(!what.endsWith('.') || !advice.endsWith('.'), 'a sentence does not end with a full stop'),
    ...problem(
      [title, what, advice].some((text) => text === '' || BRACES.test(text)),
      'a text is empty or has braces',
    ),
    ...problem(sources.length === 0 || sources.includes(''), 'it has no sources'),
    ...problem(coveredBy !== undefined && !ruleIds.has(coveredBy), `there is no rule ${coveredBy ?? ''}`),
    ...problem(endsIn !== undefined && kind !== 'deprecation', 'endsIn is for deprecations'),
    ...problem(
      detectability === 'exact' && signals.length === 0 && coveredBy === undefined,
      'it is exact and has no signal',
    ),
    ...releaseProblems(hazard),
    ...signals.flatMap(oddNames).flatMap((name) => problem(!ODD_NAMES.includes(name), `no odd look ${name}`)),
  ];
}

function releaseProblems({ version, from = [], within = [], wayBack = [] }: Hazard): string[] {
  const releases = [...from, ...within.flat()];
  const minors = from.flatMap((text) => parseIstioVersion(text)?.minor ?? []);
  const ascending = minors.every((minor, index) => index === 0 || minor > (minors[index - 1] ?? 0));
  const whole = releases.every((text) => parseIstioVersion(text)?.patch !== undefined);
  const ends = wayBack.filter(({ since, until }) => until !== undefined && minorOf(until) <= minorOf(since));
  return [
    ...(releases.length === 0 || (from.length > 0 && within.length > 0)
      ? ['it needs either from or within']
      : []),
    ...(whole ? [] : ['a release has no patch']),
    ...(ascending ? [] : ['from is not ascending']),
    ...(minors.length > 0 && Math.min(...minors) > minorOf(version)
      ? ['version is older than every release in from']
      : []),
    ...ends.map(({ says }) => `the way back ${says} ends before it begins`),
  ];
}

function orderProblems(hazards: readonly Hazard[]): string[] {
  return hazards.flatMap((hazard, index) => {
    const before = hazards[index - 1];
    if (!before) return [];
    const later = minorOf(hazard.version) - minorOf(before.version);
    if (later < 0) return [`${hazard.id}: it stands behind a later version`];
    const worse = SEVERITIES.indexOf(hazard.severity) - SEVERITIES.indexOf(before.severity);
    return later === 0 && worse < 0 ? [`${hazard.id}: worse ones come first within a version`] : [];
  });
}

function oddNames(signal: Signal): string[] {
  if (signal.look === 'odd') return [signal.name];
  if (signal.look === 'all') return signal.of.flatMap(oddNames);
  return signal.look === 'unless' ? [...oddNames(signal.signal), ...oddNames(signal.other)] : [];
}

function minorOf(text: string): number {
  return parseIstioVersion(text)?.minor ?? NaN;
}
