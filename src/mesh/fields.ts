/**
 * Reading fields out of manifests that may be malformed: a wrong type reads as absent, and only own properties count,
 * so that a key such as `__proto__` or `constructor` never reaches an inherited value.
 */
export type Fields = Readonly<Record<string, unknown>>;

const NOTHING: Fields = Object.freeze(Object.create(null) as Record<string, unknown>);
const NO_ITEMS: readonly unknown[] = Object.freeze([]);

export function isMapping(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The value under `path`, or `undefined` where a step is missing or not a mapping or sequence. */
export function fieldAt(value: unknown, ...path: readonly (string | number)[]): unknown {
  let here = value;
  for (const step of path) {
    if (typeof here !== 'object' || here === null || !Object.hasOwn(here, step)) return undefined;
    here = (here as Record<string | number, unknown>)[step];
  }
  return here;
}

/** The mapping under `path`, `{}` for anything else. */
export function mappingAt(value: unknown, ...path: readonly (string | number)[]): Fields {
  const found = fieldAt(value, ...path);
  return isMapping(found) ? found : NOTHING;
}

/** The sequence under `path`, `[]` for anything else. */
export function listAt(value: unknown, ...path: readonly (string | number)[]): readonly unknown[] {
  const found = fieldAt(value, ...path);
  return Array.isArray(found) ? (found as readonly unknown[]) : NO_ITEMS;
}

/** The string under `path`, '' for anything else. */
export function textAt(value: unknown, ...path: readonly (string | number)[]): string {
  const found = fieldAt(value, ...path);
  return typeof found === 'string' ? found : '';
}

/** A finite number under `path`, `undefined` for anything else. */
export function numberAt(value: unknown, ...path: readonly (string | number)[]): number | undefined {
  const found = fieldAt(value, ...path);
  return typeof found === 'number' && Number.isFinite(found) ? found : undefined;
}

/** The string items of the sequence under `path`. */
export function textsAt(value: unknown, ...path: readonly (string | number)[]): readonly string[] {
  return listAt(value, ...path).filter((item) => typeof item === 'string');
}

/**
 * The mapping under `path` as text to text. Numbers and booleans become their text (Kubernetes would refuse them, but the
 * intention is plain); other values are left out.
 */
export function textMapAt(
  value: unknown,
  ...path: readonly (string | number)[]
): Readonly<Record<string, string>> {
  const texts = Object.create(null) as Record<string, string>;
  for (const [key, item] of Object.entries(mappingAt(value, ...path))) {
    if (typeof item === 'string') texts[key] = item;
    else if (typeof item === 'number' || typeof item === 'boolean') texts[key] = String(item);
    else if (item === null) texts[key] = '';
  }
  return texts;
}
