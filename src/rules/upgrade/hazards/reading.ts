import type { Hazard } from '../../../facts/hazards/hazard.ts';
import { HAZARDS } from '../../../facts/hazards/all.ts';
import type { Mesh } from '../../../mesh/mesh.ts';
import type { Reading } from '../../../vocabulary.ts';
import { exposureOf, stepsFor } from './exposure.ts';
import { adviceFor } from './hazard-text.ts';
import { stepsBetween } from './steps.ts';

/**
 * What lies between the versions in hand and no file can show, and what a setting of this repository holds back: for a
 * person to read, in the order of versions.
 */
export function readingOf(before: Mesh, after: Mesh): Reading[] {
  const steps = stepsBetween(before, after);
  if (steps.length === 0) return [];
  return HAZARDS.flatMap((hazard) => {
    const [step] = stepsFor(hazard, after, steps);
    if (!step) return [];
    if (isForReading(hazard)) return [entry(hazard, hazard.title, `${hazard.what} ${hazard.advice}`)];
    if (!hazard.wayBack && !hazard.sparedBy) return [];
    const exposure = exposureOf(hazard, after, steps);
    if (!exposure || exposure.hits.length > 0 || exposure.sparedBy.length === 0) return [];
    const title = `Held back here by ${exposure.sparedBy.join(' and ')}: ${hazard.title}`;
    return [entry(hazard, title, adviceFor(hazard, exposure.step))];
  });
}

/** Nothing in a manifest tells whether it matters. */
function isForReading({ signals, coveredBy, detectability }: Hazard): boolean {
  return coveredBy === undefined && (signals.length === 0 || detectability === 'not-from-manifests');
}

function entry({ id, version }: Hazard, title: string, advice: string): Reading {
  return { id: `upgrade/${id}`, version, title, advice };
}
