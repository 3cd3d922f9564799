import { HAZARDS } from '../../../facts/hazards/all.ts';
import type { Hazard, Signal, WayBack } from '../../../facts/hazards/hazard.ts';
import type { Mesh } from '../../../mesh/mesh.ts';
import { isKnown } from '../../../yaml/placeholders.ts';
import { crosses, minorOf } from './crossing.ts';
import type { Hit } from './hit.ts';
import { look, without } from './look.ts';
import type { Step } from './steps.ts';

/** What a hazard touches on one step, and what keeps it from doing so. */
export interface Exposure {
  readonly step: Step;
  readonly hits: readonly Hit[];
  /** The settings that spare what would be hit. */
  readonly sparedBy: readonly string[];
}

/** The widest of the steps that meet the hazard, and what it touches there; `undefined` when none does. */
export function exposureOf(hazard: Hazard, mesh: Mesh, steps: readonly Step[]): Exposure | undefined {
  for (const step of stepsFor(hazard, mesh, steps)) {
    const hits = distinct(hazard.signals.flatMap((signal) => look(mesh, signal))).filter((hit) =>
      isTaken(hit, step),
    );
    if (hits.length === 0) continue;
    const { left, sparedBy } = spared(hazard, mesh, step, hits);
    return { step, hits: left, sparedBy };
  }
  return undefined;
}

/** The steps that carry the mesh over the hazard. A part that is not installed on its own goes with istiod. */
export function stepsFor(hazard: Hazard, { components }: Mesh, steps: readonly Step[]): Step[] {
  const { part = 'istiod' } = hazard;
  const own = components.some(({ component, version }) => component === part && version !== undefined);
  const deciding = own ? part : 'istiod';
  const further = hazard.toldBy === undefined ? undefined : HAZARDS.find(({ id }) => id === hazard.toldBy);
  return steps.filter(
    (step) =>
      step.part === deciding &&
      crosses(step.from, step.to, hazard) &&
      !(further && crosses(step.from, step.to, further)),
  );
}

/** Settings belong to one control plane; of objects, those in namespaces that move. */
function isTaken({ setting, revision, subject }: Hit, step: Step): boolean {
  if (setting) {
    if (step.how === 'move') return false;
    const named = [revision, step.revision].every((name) => name !== undefined && isKnown(name));
    return !named || revision === step.revision;
  }
  return step.namespaces === undefined || step.namespaces.has(subject.namespace);
}

function distinct(hits: readonly Hit[]): Hit[] {
  const seen = new Map<string, Hit>();
  for (const hit of hits) {
    const { kind, namespace, name } = hit.subject;
    const { file, line, column } = hit.at();
    // Every part that an IstioOperator installs shows the same values.
    const what = hit.setting ? [hit.says] : [kind, namespace, name];
    const key = JSON.stringify([...what, file, line, column]);
    const known = seen.get(key);
    if (!known || (known.likely && !hit.likely)) seen.set(key, hit);
  }
  return [...seen.values()];
}

function spared(
  { sparedBy = [], wayBack = [] }: Hazard,
  mesh: Mesh,
  step: Step,
  hits: readonly Hit[],
): { left: readonly Hit[]; sparedBy: readonly string[] } {
  let left = hits;
  const because: string[] = [];
  const spare = (signal: Signal, says: string | undefined): void => {
    if (left.length === 0) return;
    const sparing = look(mesh, signal).filter((hit) => !hit.setting || settles(hit, step));
    const scope = sparing.some(({ setting }) => setting)
      ? 'mesh'
      : signal.look === 'object'
        ? 'namespace'
        : 'object';
    const rest = without(left, sparing, scope);
    if (rest.length < left.length) because.push(says ?? sparing[0]?.says ?? '');
    left = rest;
  };
  for (const signal of sparedBy) spare(signal, undefined);
  for (const way of wayBack) if (works(way, step)) spare(way.setting, way.says);
  return { left, sparedBy: because };
}

/** Does a setting speak for the control plane that the step leads to? */
function settles({ revision }: Hit, step: Step): boolean {
  const named = [revision, step.revision].every((name) => name !== undefined && isKnown(name));
  return !named || revision === step.revision;
}

/** Does the release know the setting still? */
export function works({ until }: WayBack, { to }: Pick<Step, 'to'>): boolean {
  return until === undefined || to.minor < minorOf(until);
}
