/** More text than a chart of a person makes, in characters. */
export const MOST_TEXT = 1_000_000;

/** More than values of a person hold: entries, at any depth. */
const MOST_ENTRIES = 50_000;

/** A template takes or makes more than we look at. */
export class TooMuch extends Error {
  override readonly name = 'TooMuch';
}

/** @throws TooMuch for a text or a list that has grown too long */
export function kept<T>(value: T): T {
  if (typeof value === 'string' && value.length > MOST_TEXT)
    throw new TooMuch('the templates make too much text');
  if (Array.isArray(value) && value.length > MOST_ENTRIES)
    throw new TooMuch('the templates make too long a list');
  return value;
}

/**
 * Mappings may hold each other many times over, so that walking through them never ends.
 * @throws TooMuch
 */
export function walkable(values: readonly unknown[]): void {
  let left = MOST_ENTRIES;
  const open: unknown[] = [...values];
  while (open.length > 0) {
    const value = open.pop();
    if (typeof value !== 'object' || value === null) continue;
    for (const item of Object.values(value)) {
      if (left-- <= 0) throw new TooMuch('the values are too large');
      open.push(item);
    }
  }
}
