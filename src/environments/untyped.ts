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

/** A number or boolean as a person wrote it, a string as it is; `undefined` for anything else. */
export function scalarText(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;
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

/** A copy of `map` in which `key` is `value`; any key, `__proto__` included, becomes an own property. */
export function withEntry(map: UntypedMap, key: string, value: unknown): UntypedMap {
  const copy = { ...map };
  Object.defineProperty(copy, key, { value, enumerable: true, configurable: true, writable: true });
  return copy;
}

/** A copy of `map` without `key`. */
export function withoutEntry(map: UntypedMap, key: string): UntypedMap {
  const copy: Record<string, unknown> = { ...map };
  Reflect.deleteProperty(copy, key);
  return copy;
}

/** A copy of `root` in which the value at `path` is `value`; mappings on the way are created, siblings are shared. */
export function withValueAt(root: unknown, path: Path, value: unknown): unknown {
  const [step, ...rest] = path;
  if (step === undefined) return value;
  if (typeof step === 'number') {
    const list = [...asList(root)];
    list[step] = withValueAt(list[step], rest, value);
    return list;
  }
  return withEntry(asMap(root) ?? {}, step, withValueAt(field(root, step), rest, value));
}
