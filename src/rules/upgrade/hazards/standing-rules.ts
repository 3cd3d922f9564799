import type { Hazard } from '../../../facts/hazards/hazard.ts';
import type { IstioVersion } from '../../../facts/versions.ts';
import type { Mesh } from '../../../mesh/mesh.ts';
import { defineRule, type Reporting, type Rule } from '../../rule.ts';
import { placedAt } from '../../subject.ts';
import { carriedBy, minorOf } from './crossing.ts';
import { adviceFor, headOf } from './hazard-text.ts';
import type { Hit } from './hit.ts';
import { inputsOf } from './inputs.ts';
import { look } from './look.ts';

/** How many further places a finding shows as evidence. */
const MOST_PLACES = 8;

/** The rule of something deprecated: a notice while it is written. */
export function deprecationRule(hazard: Hazard): Rule<'written'> {
  const { title, what, version, endsIn } = hazard;
  const gone = endsIn === undefined ? '' : `, gone in ${endsIn}`;
  return defineRule({
    ...headOf(hazard),
    inputs: inputsOf(hazard),
    messages: { written: `${title} (since Istio ${version}${gone}). ${what} Here: {place}.` },
    check({ mesh, report }) {
      const isOn = versionsOf(mesh, hazard).some(
        (one) => carriedBy(one, hazard) && !(endsIn !== undefined && one.minor >= minorOf(endsIn)),
      );
      if (isOn) reportEach(hazard, mesh, report);
    },
  });
}

/** The rule of something that needs a release which carries it, and that no version here does. */
export function neededRule(hazard: Hazard): Rule<'written'> {
  const { title, what, version } = hazard;
  return defineRule({
    ...headOf(hazard),
    inputs: inputsOf(hazard),
    messages: { written: `${title} (from Istio ${version} on). ${what} Here: {place}.` },
    check({ mesh, report }) {
      const versions = versionsOf(mesh, hazard);
      if (versions.length > 0 && versions.every((one) => !carriedBy(one, hazard))) {
        reportEach(hazard, mesh, report);
      }
    },
  });
}

/** One finding for each object, however often it is written there. */
function reportEach(hazard: Hazard, mesh: Mesh, report: Reporting<'written'>['report']): void {
  const bySubject = new Map<string, Hit[]>();
  for (const hit of hazard.signals.flatMap((signal) => look(mesh, signal))) {
    const { kind, namespace, name } = hit.subject;
    const key = JSON.stringify([kind, namespace, name]);
    bySubject.set(key, [...(bySubject.get(key) ?? []), hit]);
  }
  for (const [first, ...others] of bySubject.values()) {
    if (!first) continue;
    const options = {
      advice: adviceFor(hazard, undefined),
      ...([first, ...others].every(({ likely }) => likely) && { confidence: 'likely' as const }),
      evidence: others.slice(0, MOST_PLACES).map(({ says, at }) => ({ says, at: at() })),
    };
    report(placedAt(first.subject, first.at()), [], 'written', { place: first.says }, options);
  }
}

/** The versions that decide: of the hazard's part, else of the control planes. */
function versionsOf({ components }: Mesh, { part = 'istiod' }: Hazard): IstioVersion[] {
  const of = (wanted: string) =>
    components.flatMap(({ component, version }) => (component === wanted && version ? [version] : []));
  const own = of(part);
  return own.length > 0 ? own : of('istiod');
}
