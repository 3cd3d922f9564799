import type { Location, Unchecked } from '../vocabulary.ts';

/** How many places an entry names; the count says how many there are. */
const EXAMPLES = 3;
/** How many reasons are told for one sort of thing. */
const REASONS = 4;

interface Entry {
  readonly what: string;
  readonly why: string;
  count: number;
  readonly places: Map<string, Location>;
}

/** Compares texts by code unit, the one order used for output. */
export function byText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

export function byPlace(a: Location, b: Location): number {
  return byText(a.file, b.file) || a.line - b.line || a.column - b.column;
}

/** Counts what could not be decided: the same `what` for the same reason is one entry with a few examples. */
export class UncheckedTally {
  readonly #entries = new Map<string, Entry>();

  add(what: string, why: string, at?: Location): void {
    const key = JSON.stringify([what, why]);
    const entry = this.#entries.get(key) ?? { what, why, count: 0, places: new Map<string, Location>() };
    this.#entries.set(key, entry);
    const place = at && `${at.file}:${at.line}:${at.column}`;
    if (place !== undefined && entry.places.has(place)) return;
    entry.count += 1;
    if (at && place !== undefined) entry.places.set(place, at);
  }

  /** Sorted by what, then why. */
  list(): Unchecked[] {
    return withFewReasons([...this.#entries.values()])
      .map(({ what, why, count, places }) => ({
        what,
        why,
        count,
        examples: [...places.values()].sort(byPlace).slice(0, EXAMPLES),
      }))
      .sort((a, b) => byText(a.what, b.what) || byText(a.why, b.why));
  }
}

/** Of many reasons for one sort of thing only the most frequent are told; the others are counted together. */
function withFewReasons(entries: readonly Entry[]): Entry[] {
  const byWhat = new Map<string, Entry[]>();
  for (const entry of entries) {
    const same = byWhat.get(entry.what);
    if (same) same.push(entry);
    else byWhat.set(entry.what, [entry]);
  }
  return [...byWhat.values()].flatMap((same) => {
    if (same.length <= REASONS) return same;
    const sorted = same.toSorted((a, b) => b.count - a.count || byText(a.why, b.why));
    const rest = sorted.slice(REASONS - 1);
    return [...sorted.slice(0, REASONS - 1), merged(rest)];
  });
}

function merged(entries: readonly Entry[]): Entry {
  const [first] = entries;
  return {
    what: first?.what ?? '',
    why: `${first?.why ?? ''}; and ${entries.length - 1} reasons like it`,
    count: entries.reduce((sum, { count }) => sum + count, 0),
    places: new Map(entries.flatMap(({ places }) => [...places])),
  };
}
