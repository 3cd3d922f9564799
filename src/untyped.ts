import type { Path } from './vocabulary.ts';

/**
 * Reading values of unknown shape: manifests, values files, settings. A wrong type reads as absent, and only own
 * properties count, so that a key such as `__proto__` or `constructor` never reaches an inherited value.
 */
export type Fields = Readonly<Record<string, unknown>>;

const NOTHING: Fields = Object.freeze(Object.create(null) as Record<string, unknown>);
const NO_ITEMS: readonly unknown[] = Object.freeze([]);

type Steps = readonly (string | number)[];

export function isMapping(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The value as a mapping; `undefined` for sequences, scalars and null. */
export function asMap(value: unknown): Fields | undefined {
  return isMapping(value) ? value : undefined;
}

/** The value as a sequence; empty when it is none. */
export function asList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? (value as readonly unknown[]) : NO_ITEMS;
}

/** The value as text; '' when it is no string. */
export function asText(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** A number or boolean as a person wrote it, a string as it is; `undefined` for anything else. */
export function scalarText(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;
}

/** The value under `steps`, or `undefined` where a step is missing or not a mapping or sequence. */
export function fieldAt(value: unknown, ...steps: Steps): unknown {
  return valueAt(value, steps);
}

/** The value at `path`; `undefined` when a step is missing. */
export function valueAt(value: unknown, path: Path): unknown {
  let here = value;
  for (const step of path) {
    if (typeof here !== 'object' || here === null || !Object.hasOwn(here, step)) return undefined;
    if (step === 'length' && Array.isArray(here)) return undefined;
    here = (here as Record<string | number, unknown>)[step];
  }
  return here;
}

/** The mapping under `steps`, `{}` for anything else. */
export function mappingAt(value: unknown, ...steps: Steps): Fields {
  return asMap(valueAt(value, steps)) ?? NOTHING;
}

/** The sequence under `steps`, `[]` for anything else. */
export function listAt(value: unknown, ...steps: Steps): readonly unknown[] {
  return asList(valueAt(value, steps));
}

/** The string under `steps`, '' for anything else. */
export function textAt(value: unknown, ...steps: Steps): string {
  return asText(valueAt(value, steps));
}

/** A finite number under `steps`, `undefined` for anything else. */
export function numberAt(value: unknown, ...steps: Steps): number | undefined {
  const found = valueAt(value, steps);
  return typeof found === 'number' && Number.isFinite(found) ? found : undefined;
}

/** The string items of the sequence under `steps`. */
export function textsAt(value: unknown, ...steps: Steps): readonly string[] {
  return listAt(value, ...steps).filter((item) => typeof item === 'string');
}

/**
 * The mapping under `steps` as text to text. Numbers and booleans become their text (Kubernetes would refuse them, but
 * the intention is plain), null becomes ''; other values are left out.
 */
export function textMapAt(value: unknown, ...steps: Steps): Readonly<Record<string, string>> {
  const texts = Object.create(null) as Record<string, string>;
  for (const [key, item] of Object.entries(mappingAt(value, ...steps))) {
    const text = item === null ? '' : scalarText(item);
    if (text !== undefined) texts[key] = text;
  }
  return texts;
}

/** The longest beginning of `path` that exists in `value`. */
export function existingPart(value: unknown, path: Path): Path {
  let length = path.length;
  while (length > 0 && valueAt(value, path.slice(0, length)) === undefined) length -= 1;
  return path.slice(0, length);
}

/**
 * Equal as YAML values, whatever the order of keys.
 * @param as what stands for a scalar of `a` that is not equal as it is
 */
export function isSame(a: unknown, b: unknown, as: (scalar: unknown) => unknown = (one) => one): boolean {
  if (a === b) return true;
  if (Array.isArray(a)) {
    return Array.isArray(b) && a.length === b.length && a.every((item, index) => isSame(item, b[index], as));
  }
  const [left, right] = [asMap(a), asMap(b)];
  if (!left || !right) return as(a) === b;
  const keys = Object.keys(left);
  return (
    keys.length === Object.keys(right).length &&
    keys.every((key) => Object.hasOwn(right, key) && isSame(left[key], right[key], as))
  );
}

/** Every text in a value, at any depth, with its path. */
export function* textsIn(
  value: unknown,
  path: Path = [],
): Generator<{ readonly path: Path; readonly text: string }> {
  if (typeof value === 'string') yield { path, text: value };
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) yield* textsIn(item, [...path, index]);
  }
  for (const [key, item] of Object.entries(asMap(value) ?? {})) yield* textsIn(item, [...path, key]);
}
