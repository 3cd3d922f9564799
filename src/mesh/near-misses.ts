/** Names shorter than this, or with a differing part shorter than this, differ by one letter too easily. */
const SHORTEST = 4;
/** From this length on two slips are still recognisable. */
const TWO_SLIPS_FROM = 8;
/** The longest name Kubernetes allows. */
const LONGEST = 253;

/** How many more names may be compared letter by letter. Shared, so that no input can make the whole take long. */
export interface ComparisonBudget {
  left: number;
}

/** A set of names that answers which of them a misspelt one was meant to be. */
export class SimilarNames {
  readonly #names: readonly { readonly name: string; readonly letters: number }[];
  readonly #budget: ComparisonBudget;

  constructor(names: Iterable<string>, budget: ComparisonBudget) {
    this.#budget = budget;
    this.#names = [...new Set(names)].sort().map((name) => ({ name, letters: lettersOf(name) }));
  }

  /**
   * The name that differs from `written` by a slip of the finger: one letter missing, doubled, wrong or swapped with its
   * neighbour, two such slips in names of 8 letters and more, or its parts in another order. Names that differ in digits
   * (`reviews-v1`, `reviews-v2`) or in a short part (`shop-a`, `shop-b`) differ on purpose.
   */
  nearest(written: string): string | undefined {
    if (written.length < SHORTEST || written.length > LONGEST) return undefined;
    const letters = lettersOf(written);
    let best: { name: string; distance: number } | undefined;
    for (const candidate of this.#names) {
      const most = Math.min(written.length, candidate.name.length) >= TWO_SLIPS_FROM ? 2 : 1;
      // Each slip adds or takes at most two different letters.
      if (Math.abs(candidate.name.length - written.length) > most) continue;
      if (bitsIn(candidate.letters ^ letters) > 2 * most || this.#budget.left <= 0) continue;
      this.#budget.left--;
      const distance = slips(written, candidate.name, most);
      if (distance <= most && (!best || distance < best.distance)) best = { name: candidate.name, distance };
    }
    return best?.name;
  }
}

/** How many slips apart two names are; more than `most` when they are equal, or differ on purpose. */
function slips(a: string, b: string, most: number): number {
  if (a === b || a.replace(/\D/g, '') !== b.replace(/\D/g, '')) return most + 1;
  const [left, right] = [a.split(/[-.]/), b.split(/[-.]/)];
  if (left.length !== right.length) return editDistance(a, b, most);
  if ([...left].sort().join('-') === [...right].sort().join('-')) return 1;
  const short = left.some((part, i) => {
    const other = right[i] ?? '';
    return part !== other && Math.min(part.length, other.length) < SHORTEST;
  });
  return short ? most + 1 : editDistance(a, b, most);
}

/**
 * Edits (insert, delete, replace, swap neighbours) from a to b; anything above `most` is `most + 1`. Looks only at the band
 * around the diagonal in which a distance of `most` can run, so it takes length × most steps.
 */
export function editDistance(a: string, b: string, most: number): number {
  const far = most + 1;
  if (Math.abs(a.length - b.length) > most) return far;
  const blank = () => new Array<number>(b.length + 1).fill(far);
  let [beforeLast, last] = [blank(), blank().map((_, j) => Math.min(j, far))];
  for (let i = 1; i <= a.length; i++) {
    const row = blank();
    row[0] = Math.min(i, far);
    for (let j = Math.max(1, i - most); j <= Math.min(b.length, i + most); j++) {
      const replace = (last[j - 1] ?? far) + (a[i - 1] === b[j - 1] ? 0 : 1);
      let least = Math.min(replace, (last[j] ?? far) + 1, (row[j - 1] ?? far) + 1, far);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        least = Math.min(least, (beforeLast[j - 2] ?? far) + 1);
      }
      row[j] = least;
    }
    [beforeLast, last] = [last, row];
  }
  return last[b.length] ?? far;
}

/** Which characters a name holds, as bits: letters, digits and the rest share 32 places. */
function lettersOf(name: string): number {
  let letters = 0;
  for (let i = 0; i < name.length; i++) letters |= 1 << (name.charCodeAt(i) & 31);
  return letters;
}

function bitsIn(value: number): number {
  let bits = 0;
  for (let rest = value; rest !== 0; rest &= rest - 1) bits++;
  return bits;
}
