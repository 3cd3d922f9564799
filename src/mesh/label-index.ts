import { isKnown } from '../yaml/placeholders.ts';
import { append } from './multimap.ts';
import { matchesLabels } from './selectors.ts';
import type { Labels } from './selectors.ts';

/**
 * Labels that controllers and Istio add to pods on their own, so a template without them proves nothing. A trailing `/`
 * means every label of that prefix.
 */
const ADDED_LATER = new Set([
  'pod-template-hash',
  'controller-revision-hash',
  'pod-template-generation',
  'rollouts-pod-template-hash',
  'statefulset.kubernetes.io/pod-name',
  'apps.kubernetes.io/pod-index',
  'job-name',
  'controller-uid',
  'batch.kubernetes.io/',
  'serving.knative.dev/',
  'deploymentconfig',
  'deployment',
  'istio.io/rev',
  'security.istio.io/tlsMode',
  'service.istio.io/canonical-name',
  'service.istio.io/canonical-revision',
  'topology.kubernetes.io/',
  'topology.istio.io/',
  'kubernetes.io/hostname',
]);

/** One pod that may match is as good as a thousand: it means that nothing can be said. */
const ENOUGH = 20;

/** Something that stands for pods. */
export interface Labelled {
  readonly labels: Labels;
  /** Why the labels cannot be seen; then they prove nothing. */
  readonly templateElsewhere?: string;
}

/** What a label map selects: for certain, and perhaps (no more than a few of these). */
export interface LabelMatches<T> {
  readonly yes: readonly T[];
  readonly maybe: readonly T[];
}

/** Answers "who has these labels" by the rarest pair of a selector, so that it does not visit every workload. */
export class LabelIndex<T extends Labelled> {
  readonly #items: readonly T[];
  readonly #openWorld: boolean;
  readonly #byPair = new Map<string, Map<string, T[]>>();
  /** Workloads whose value of a label is filled in later, by label. */
  readonly #vagueByKey = new Map<string, T[]>();
  /** Workloads that may have any label: a key is filled in later, or the template stands elsewhere. */
  readonly #vague: T[] = [];

  constructor(items: readonly T[], openWorld: boolean) {
    this.#items = items;
    this.#openWorld = openWorld;
    for (const item of items) this.#add(item);
  }

  matching(selector: Labels): LabelMatches<T> {
    const firm = this.#openWorld ? firmPairs(selector) : selector;
    const certain = Object.keys(firm).length === Object.keys(selector).length;
    const { plain, vague } = this.#candidates(firm);
    const yes: T[] = [];
    const maybe: T[] = [];
    for (const item of plain) {
      if (item.templateElsewhere !== undefined) continue;
      const answer = matchesLabels(firm, item.labels);
      if (answer === 'yes' && (certain || matchesLabels(selector, item.labels) === 'yes')) {
        yes.push(item);
      } else if (answer !== 'no' && maybe.length < ENOUGH) {
        maybe.push(item);
      }
    }
    for (const item of vague) {
      if (maybe.length >= ENOUGH) break;
      if (matchesLabels(firm, item.labels) === 'unknown' || item.templateElsewhere !== undefined) {
        maybe.push(item);
      }
    }
    return { yes, maybe };
  }

  /** Every item that may match is among these; one that matches for certain is among the plain ones. */
  #candidates(selector: Labels): { plain: readonly T[]; vague: readonly T[] } {
    let best: { plain: readonly T[]; vague: readonly T[] } | undefined;
    for (const [key, value] of Object.entries(selector)) {
      if (!isKnown(key) || !isKnown(value)) continue;
      const plain = this.#byPair.get(key)?.get(value) ?? [];
      if (!best || plain.length < best.plain.length) {
        best = { plain, vague: this.#vagueByKey.get(key) ?? [] };
      }
    }
    if (!best) return { plain: this.#items, vague: this.#vague };
    return this.#vague.length === 0 ? best : { ...best, vague: [...best.vague, ...this.#vague] };
  }

  #add(item: T): void {
    let anyLabel = item.templateElsewhere !== undefined;
    for (const [key, value] of Object.entries(item.labels)) {
      if (!isKnown(key)) anyLabel = true;
      else if (!isKnown(value)) append(this.#vagueByKey, key, item);
      else {
        const values = this.#byPair.get(key) ?? new Map<string, T[]>();
        if (values.size === 0) this.#byPair.set(key, values);
        append(values, value, item);
      }
    }
    if (anyLabel) this.#vague.push(item);
  }
}

/** The pairs that a template would have to write itself; pairs that are added later cannot rule anything out. */
function firmPairs(selector: Labels): Labels {
  const firm = Object.create(null) as Record<string, string>;
  for (const [key, value] of Object.entries(selector)) if (!isAddedLater(key)) firm[key] = value;
  return firm;
}

function isAddedLater(key: string): boolean {
  return ADDED_LATER.has(key) || ADDED_LATER.has(key.slice(0, key.indexOf('/') + 1));
}
