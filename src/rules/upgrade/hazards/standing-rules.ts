import type { Hazard } from '../../../facts/hazards/hazard.ts';
import type { IstioVersion } from '../../../facts/versions.ts';
import type { Mesh, MeshComponent } from '../../../mesh/mesh.ts';
import { defineRule, type Reporting, type ReportOptions, type Rule } from '../../rule.ts';
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

/**
 * The rule of something that needs a release which carries it, and that no version here does. Where a part of unknown version may
 * well carry it, and where the part that decides is installed from elsewhere, nothing is certain.
 */
export function neededRule(hazard: Hazard): Rule<'written'> {
  const { title, what, version, part } = hazard;
  return defineRule({
    ...headOf(hazard),
    inputs: inputsOf(hazard),
    messages: { written: `${title} (from Istio ${version} on). ${what} Here: {place}.` },
    check({ mesh, report, unchecked }) {
      const deciding = decidingParts(mesh, hazard);
      const versions = versionsOf(mesh, hazard);
      if (versions.length === 0 || versions.some((one) => carriedBy(one, hazard))) return;
      if (versions.length < deciding.length) {
        for (const { subject } of hazard.signals.flatMap((signal) => look(mesh, signal))) {
          unchecked('what needs a later release', 'not every control plane here says its version', subject);
        }
      } else {
        const isHere = part === undefined || deciding.every((one) => installs(one, part));
        reportEach(hazard, mesh, report, isHere ? {} : { level: 'warning', confidence: 'likely' });
      }
    },
  });
}

/** One finding for each object, however often it is written there. */
function reportEach(
  hazard: Hazard,
  mesh: Mesh,
  report: Reporting<'written'>['report'],
  asWell: Pick<ReportOptions, 'level' | 'confidence'> = {},
): void {
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
      ...asWell,
      evidence: others.slice(0, MOST_PLACES).map(({ says, at }) => ({ says, at: at() })),
    };
    report(placedAt(first.subject, first.at()), [], 'written', { place: first.says }, options);
  }
}

/** An IstioOperator brings the CRDs along. */
function installs({ component, installer }: MeshComponent, part: string): boolean {
  return component === part || (part === 'base' && ['istioctl', 'operator'].includes(installer));
}

/** Those of the hazard's part, else the control planes. */
function decidingParts({ components }: Mesh, { part = 'istiod' }: Hazard): readonly MeshComponent[] {
  const of = (wanted: string) => components.filter(({ component }) => component === wanted);
  const own = of(part).filter(({ version }) => version !== undefined);
  return own.length > 0 ? of(part) : of('istiod');
}

function versionsOf(mesh: Mesh, hazard: Hazard): IstioVersion[] {
  return decidingParts(mesh, hazard).flatMap(({ version }) => version ?? []);
}
