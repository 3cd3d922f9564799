import { Unknown } from './unknown.ts';

/** More text than a chart of a person makes, in characters. */
export const MOST_TEXT = 1_000_000;

/** More than values of a person hold: entries, at any depth. */
const MOST_ENTRIES = 50_000;

/** Deeper than values of a person nest. */
const DEEPEST = 100;

/** A template takes or makes more than we look at. */
export class TooMuch extends Error {
  override readonly name = 'TooMuch';
}

/** @throws TooMuch for a text or a list that has grown too long */
export function kept<T>(value: T): T {
  const text = value instanceof Unknown ? value.text : value;
  if (typeof text === 'string' && text.length > MOST_TEXT)
    throw new TooMuch('the templates make too much text');
  if (Array.isArray(value) && value.length > MOST_ENTRIES)
    throw new TooMuch('the templates make too long a list');
  return value;
}

/**
 * Mappings may hold each other many times over, so that walking through them never ends, and nest as deep as a loop goes.
 * @returns the number of entries that a walk comes upon
 * @throws TooMuch
 */
export function walkable(values: readonly unknown[]): number {
  let [entries, text] = [0, 0];
  const open = values.map((value) => ({ value, depth: 0 }));
  for (let next = open.pop(); next; next = open.pop()) {
    const { value, depth } = next;
    if (typeof value === 'string') text += value.length;
    if (typeof value !== 'object' || value === null) continue;
    for (const item of Object.values(value)) {
      entries += 1;
      open.push({ value: item, depth: depth + 1 });
    }
    if (entries > MOST_ENTRIES || text > MOST_TEXT || depth > DEEPEST)
      throw new TooMuch('the values are too large');
  }
  return entries;
}

/** Units for the templates of one chart: far more than those of a person take. */
const MOST_OF_CHART = 500_000;
/** The same for all charts of a review, on both sides. */
const MOST_OF_REVIEW = 5_000_000;

/**
 * What working templates out may cost. A unit is a step, 32 characters of text or four entries of a collection that a step goes
 * over: a loop around something large costs what it takes, and not a step.
 */
export class Work {
  #left: number;
  readonly #whole: Work | undefined;

  private constructor(most: number, whole?: Work) {
    this.#left = most;
    this.#whole = whole;
  }

  static ofReview(): Work {
    return new Work(MOST_OF_REVIEW);
  }

  static ofChart(review?: Work): Work {
    return new Work(MOST_OF_CHART, review);
  }

  /** @throws TooMuch when nothing is left, of this or of the whole */
  spend(units: number): void {
    this.#whole?.spend(units);
    this.#left -= units;
    if (this.#left < 0) throw new TooMuch('the templates take too many steps');
  }

  step(): void {
    this.spend(1);
  }

  /** Going over a text, or over the entries of one collection. */
  over(value: unknown): void {
    if (typeof value === 'string') this.spend(value.length >> 5);
    else if (value instanceof Unknown) this.spend(value.text.length >> 5);
    else if (Array.isArray(value)) this.spend(value.length >> 2);
    else if (typeof value === 'object' && value !== null) this.spend(Object.keys(value).length >> 2);
  }
}
