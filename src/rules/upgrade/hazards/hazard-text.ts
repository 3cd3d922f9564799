import type { Hazard, WayBack } from '../../../facts/hazards/hazard.ts';
import { formatVersion } from '../../../facts/versions.ts';
import type { Level } from '../../../vocabulary.ts';
import type { RuleHead } from '../../rule.ts';
import { works } from './exposure.ts';
import type { Step } from './steps.ts';

/** What every rule of a hazard says of itself. */
export function headOf(hazard: Hazard): Pick<RuleHead, 'id' | 'name' | 'level' | 'summary' | 'advice'> {
  const { id, version, title, advice } = hazard;
  const summary = `${title} (Istio ${version}).`;
  return { id: `upgrade/${id}`, name: id, level: levelOf(hazard), summary, advice };
}

const MILDER: Readonly<Record<Level, Level>> = { error: 'warning', warning: 'info', info: 'info' };

/** The level of a hazard where its signal is plain. What only warns of a later release is no more than a notice. */
export function levelOf({ kind, severity, detectability, breaks = false }: Hazard): Level {
  if (kind === 'deprecation') return 'info';
  if (breaks && detectability === 'exact') return 'error';
  const level = severity === 'low' ? 'info' : 'warning';
  return detectability === 'exact' || severity === 'high' ? level : MILDER[level];
}

export function milder(level: Level): Level {
  return MILDER[level];
}

/** What to do, and whether the way back is still there after the step. */
export function adviceFor(
  { advice, wayBack = [] }: Hazard,
  step: Pick<Step, 'to' | 'toText'> | undefined,
): string {
  const open = wayBack.filter((way) => !step || works(way, step));
  const gone = step ? wayBack.filter((way) => !works(way, step)).map((way) => goneText(way, step)) : [];
  const still = open.length === 0 ? [] : [`To keep the old behaviour for now: ${openText(open)}.`];
  return [advice, ...still, ...gone].join(' ');
}

function openText(ways: readonly WayBack[]): string {
  const texts = ways.map(({ says, since, until }) => {
    const ends = until === undefined ? '' : ` until ${until}, which drops it`;
    return `${says} (since ${since}${ends})`;
  });
  return texts.join(', or ');
}

function goneText({ says, until = '' }: WayBack, { to }: Pick<Step, 'to'>): string {
  return `${says} kept the old behaviour, and is gone since ${until}: ${formatVersion(to)} has no such way back.`;
}
