import type { Location } from '../vocabulary.ts';
import { isKnown } from '../yaml/placeholders.ts';
import type { SelectorNearMiss } from './mesh.ts';
import { SimilarNames } from './near-misses.ts';
import type { ComparisonBudget } from './near-misses.ts';
import type { Labels } from './selectors.ts';

/** Pods as candidates for what a selector was meant to select. */
export interface NearbyPods {
  readonly what: string;
  readonly labels: Labels;
  /** Where the label is written, or what makes the pods. */
  at(label: string): Location;
}

/** What Istio's installers call their gateways unless told otherwise; they may run although nothing here says so. */
const USUAL_GATEWAYS = new Set(['ingressgateway', 'egressgateway', 'eastwestgateway']);

/**
 * The first of the pods that the selector would select but for one value, which is a slip away or a gateway release's name
 * with its `istio-` (Istio's gateway chart takes that off for the label `istio`).
 */
export function selectorNearMiss(
  selector: Labels,
  pods: Iterable<NearbyPods>,
  budget: ComparisonBudget,
): SelectorNearMiss | undefined {
  const pairs = Object.entries(selector);
  if (!pairs.flat().every(isKnown)) return undefined;
  for (const pod of pods) {
    if (budget.left-- <= 0) return undefined;
    const wrong = pairs.filter(([key, value]) => pod.labels[key] !== value);
    const [label, written] = wrong[0] ?? ['', ''];
    const value = pod.labels[label];
    if (wrong.length !== 1 || value === undefined || !isKnown(value)) continue;
    if (isMisread(label, written, value, budget)) {
      return { what: pod.what, label, value, at: pod.at(label) };
    }
  }
  return undefined;
}

function isMisread(label: string, written: string, value: string, budget: ComparisonBudget): boolean {
  if (label === 'istio') {
    if (USUAL_GATEWAYS.has(written)) return false;
    if (written === `istio-${value}`) return true;
  }
  return new SimilarNames([value], budget).nearest(written) !== undefined;
}
