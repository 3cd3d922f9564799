import type { Location, Unchecked } from '../vocabulary.ts';
import { byText } from './repository-path.ts';

/** How many places an aggregated note names. */
const EXAMPLES = 3;

/** Collects what could not be decided; the same `what` and `why` become one line with a count. */
export class Notes {
  private readonly tally = new Map<string, { what: string; why: string; count: number; at: Location[] }>();

  /** A place that is given as a function is only looked up when it will be named. */
  add(what: string, why: string, at?: Location | (() => Location), count = 1): void {
    const key = `${what}\n${why}`;
    const entry = this.tally.get(key) ?? { what, why, count: 0, at: [] };
    entry.count += count;
    if (at && entry.at.length < EXAMPLES) entry.at.push(typeof at === 'function' ? at() : at);
    this.tally.set(key, entry);
  }

  addAll(notes: readonly Unchecked[]): void {
    for (const { what, why, count, examples } of notes) {
      const [first, ...rest] = examples;
      this.add(what, why, first, count);
      for (const at of rest) this.add(what, why, at, 0);
    }
  }

  list(): readonly Unchecked[] {
    return [...this.tally.values()]
      .map(({ what, why, count, at }) => ({ what, why, count, examples: at }))
      .sort((a, b) => byText(a.what, b.what) || byText(a.why, b.why));
  }
}
