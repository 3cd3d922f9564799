import type { Path } from '../vocabulary.ts';

/**
 * Reading values of unknown shape. Only own properties count: a manifest that says `constructor` or `__proto__` gets no
 * behaviour out of us.
 */
export type UntypedMap = Readonly<Record<string, unknown>>;

/** The value as a mapping; `undefined` for sequences, scalars and null. */
export function asMap(value: unknown): UntypedMap | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as UntypedMap)
    : undefined;
}

/** The value as a sequence; empty when it is none. */
export function asList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? (value as readonly unknown[]) : [];
}

/** The value as text; '' when it is no string. */
export function asText(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** The own property `key` of a mapping. */
export function field(value: unknown, key: string): unknown {
  const map = asMap(value);
  return map !== undefined && Object.hasOwn(map, key) ? map[key] : undefined;
}

/** The value at `path`; `undefined` when a step is missing. */
export function valueAt(value: unknown, path: Path): unknown {
  let current = value;
  for (const step of path) {
    current = typeof step === 'number' ? asList(current)[step] : field(current, step);
    if (current === undefined) return undefined;
  }
  return current;
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
