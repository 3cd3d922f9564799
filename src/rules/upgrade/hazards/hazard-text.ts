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
  return [advice, ...wayBack.map((way) => wayBackText(way, step))].join(' ');
}

function wayBackText(way: WayBack, step: Pick<Step, 'to' | 'toText'> | undefined): string {
  const ends = way.until === undefined ? '' : ` until ${way.until}, which drops it`;
  if (!step || works(way, step))
    return `To keep the old behaviour for now: ${way.says} (since ${way.since}${ends}).`;
  return `${way.says} kept the old behaviour, and is gone since ${way.until ?? ''}: ${formatVersion(step.to)} has no such way back.`;
}
