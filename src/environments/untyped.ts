import type { Path } from '../vocabulary.ts';
import { type UntypedMap, asList, asMap, field } from '../render/untyped.ts';

export { type UntypedMap, asList, asMap, asText, field, valueAt } from '../render/untyped.ts';

/** A number or boolean as a person wrote it, a string as it is; `undefined` for anything else. */
export function scalarText(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;
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
