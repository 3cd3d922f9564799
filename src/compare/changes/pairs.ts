/** Things of both sides that are the same thing, and those that only one side has. */
export interface Pairs<T> {
  readonly both: readonly (readonly [base: T, head: T])[];
  readonly removed: readonly T[];
  readonly added: readonly T[];
}

/**
 * Pairs things by identity. Of several with one identity (two clusters in one environment, two owners), those in the same
 * file belong together, then they pair in order.
 */
export function pairUp<T>(
  base: readonly T[],
  head: readonly T[],
  identity: (one: T) => string,
  file: (one: T) => string,
): Pairs<T> {
  const both: (readonly [T, T])[] = [];
  let removed = [...base];
  let added = [...head];
  for (const key of [(one: T) => `${identity(one)} ${file(one)}`, identity]) {
    const waiting = new Map<string, T[]>();
    for (const one of removed) waiting.set(key(one), [...(waiting.get(key(one)) ?? []), one]);
    const left: T[] = [];
    const paired = new Set<T>();
    for (const one of added) {
      const match = waiting.get(key(one))?.shift();
      if (match === undefined) left.push(one);
      else {
        both.push([match, one]);
        paired.add(match);
      }
    }
    removed = removed.filter((one) => !paired.has(one));
    added = left;
  }
  return { both, removed, added };
}
