import type { Hazard } from '../../../facts/hazards/hazard.ts';
import type { Evidence, Level } from '../../../vocabulary.ts';
import { type ChangeRule, type ChangeRuleContext, defineChangeRule } from '../../change-rule.ts';
import type { ReportOptions } from '../../rule.ts';
import { placedAt } from '../../subject.ts';
import { type Exposure, exposureOf } from './exposure.ts';
import { adviceFor, headOf, levelOf, milder } from './hazard-text.ts';
import type { Hit } from './hit.ts';
import { inputsOf } from './inputs.ts';
import { stepsBetween, type Step } from './steps.ts';

/** How many places a finding shows as evidence. */
const MOST_PLACES = 8;

const WEIGHTS = { high: 0, medium: 1, low: 2 } as const;

/** The rule of a hazard that is met on the way from one release to another. */
export function crossingRule(hazard: Hazard): ChangeRule<'hit'> {
  const { version, title, what } = hazard;
  return defineChangeRule({
    ...headOf(hazard),
    inputs: inputsOf(hazard),
    messages: { hit: `${title} (Istio ${version}). ${what} Concerned: {places}.` },
    check: (context) => checkSteps(hazard, context),
  });
}

function checkSteps(hazard: Hazard, { before, after, report, accepts }: ChangeRuleContext<'hit'>): void {
  const steps = stepsBetween(before, after);
  if (steps.length === 0) return;
  const exposure = exposureOf(hazard, after, steps);
  const hits = exposure?.hits.filter(({ subject }) => accepts(subject)) ?? [];
  const [first] = hits;
  if (!exposure || !first) return;
  const { step } = exposure;
  report(
    placedAt(first.subject, first.at()),
    [],
    'hit',
    { places: placesOf(hits) },
    {
      advice: adviceFor(hazard, step),
      ...optionsFor(hazard, exposure, hits),
      evidence: [stepEvidence(step), ...hits.slice(0, MOST_PLACES).map(placeEvidence), ...restEvidence(hits)],
    },
  );
}

function optionsFor(hazard: Hazard, { step }: Exposure, hits: readonly Hit[]): ReportOptions {
  const likely = hits.every((hit) => hit.likely);
  const unsure = likely || hazard.detectability === 'heuristic' || step.confidence === 'likely';
  return {
    level: levelOn(hazard, step, hits, likely),
    weight: WEIGHTS[hazard.severity],
    ...(unsure && { confidence: 'likely' as const }),
  };
}

/** A new revision beside the old one breaks only its own settings: what objects meet, they meet when they move. */
function levelOn(hazard: Hazard, step: Step, hits: readonly Hit[], likely: boolean): Level {
  const level = likely ? milder(levelOf(hazard)) : levelOf(hazard);
  const later = step.how === 'canary' && !hits.some(({ setting }) => setting);
  return later && level === 'error' ? 'warning' : level;
}

function placesOf(hits: readonly Hit[]): string[] {
  return [...new Set(hits.map(({ says }) => says))];
}

function placeEvidence({ says, at }: Hit): Evidence {
  return { says, at: at() };
}

function restEvidence(hits: readonly Hit[]): Evidence[] {
  const rest = hits.length - MOST_PLACES;
  return rest > 0 ? [{ says: `and ${rest} more ${rest === 1 ? 'place' : 'places'}` }] : [];
}

function stepEvidence({ how, fromText, toText, namespaces, revision, at }: Step): Evidence {
  const what =
    how === 'in place'
      ? `an upgrade from ${fromText} to ${toText}`
      : how === 'canary'
        ? `revision ${revision ?? ''} is ${toText}, and what moves to it comes from ${fromText}`
        : `${[...(namespaces ?? [])].sort().slice(0, 5).join(', ')} moves from ${fromText} to ${toText}`;
  return { says: what, ...(at && { at }) };
}
