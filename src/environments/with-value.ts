import type { Path } from '../vocabulary.ts';
import { type Fields, asList, asMap, fieldAt } from '../untyped.ts';

/** A copy of `map` in which `key` is `value`; any key, `__proto__` included, becomes an own property. */
export function withEntry(map: Fields, key: string, value: unknown): Fields {
  const copy = { ...map };
  Object.defineProperty(copy, key, { value, enumerable: true, configurable: true, writable: true });
  return copy;
}

/** A copy of `map` without `key`. */
export function withoutEntry(map: Fields, key: string): Fields {
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
  return withEntry(asMap(root) ?? {}, step, withValueAt(fieldAt(root, step), rest, value));
}
