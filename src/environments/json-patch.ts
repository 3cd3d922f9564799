import type { Path, PathSegment } from '../vocabulary.ts';
import { asList, asMap, asText, fieldAt, valueAt } from '../untyped.ts';
import { withoutEntry, withValueAt } from './with-value.ts';

/** A patched value, and for each path of it: a path of the value before, or the operation that set it. */
export interface Patched {
  readonly value: unknown;
  readonly trace: (
    path: Path,
  ) => { readonly before: Path } | { readonly operation: number; readonly rest: Path };
}

/** An operation that cannot be applied: kustomize would refuse to build. */
export interface PatchFailure {
  readonly failure: string;
  readonly operation: number;
}

/** Applies RFC 6902 operations in order. */
export function jsonPatch(value: unknown, operations: readonly unknown[]): Patched | PatchFailure {
  let current: Patched = { value, trace: (path) => ({ before: path }) };
  for (const [index, operation] of operations.entries()) {
    const next = applyOperation(current, operation, index);
    if (typeof next === 'string') return { failure: next, operation: index };
    current = next;
  }
  return current;
}

function applyOperation(current: Patched, operation: unknown, index: number): Patched | string {
  const path = pointer(asText(fieldAt(operation, 'path')), current.value);
  const value = fieldAt(operation, 'value');
  if (path === undefined) return 'its path is no JSON pointer';
  switch (fieldAt(operation, 'op')) {
    case 'add':
      return add(current, path, value, index);
    case 'replace':
      if (valueAt(current.value, path) === undefined) return 'it replaces a field that does not exist';
      return set(current, path, value, index);
    case 'remove':
      if (valueAt(current.value, path) === undefined) return 'it removes a field that does not exist';
      return remove(current, path);
    case 'test':
      return current;
    case 'copy':
    case 'move':
      return relocate(current, operation, path, index);
    default:
      return 'its operation is not one of JSON Patch';
  }
}

function relocate(current: Patched, operation: unknown, path: Path, index: number): Patched | string {
  const from = pointer(asText(fieldAt(operation, 'from')), current.value);
  const value = from && valueAt(current.value, from);
  if (from === undefined || value === undefined) return 'it takes a field that does not exist';
  const rest = fieldAt(operation, 'op') === 'move' ? remove(current, from) : current;
  return add(rest, path, value, index);
}

function add(current: Patched, path: Path, value: unknown, operation: number): Patched | string {
  const parent = path.slice(0, -1);
  const last = path.at(-1);
  const holder = valueAt(current.value, parent);
  if (last === undefined) return set(current, path, value, operation);
  if (Array.isArray(holder)) {
    if (typeof last !== 'number' || last > holder.length) return 'its list index is out of range';
    const list = [...asList(holder)];
    list.splice(last, 0, value);
    return shifted(current, parent, list, (index) => (index < last ? index : index - 1), {
      index: last,
      operation,
    });
  }
  if (asMap(holder) === undefined) return 'it adds to a parent that does not exist';
  return set(current, path, value, operation);
}

function set(current: Patched, path: Path, value: unknown, operation: number): Patched {
  return {
    value: withValueAt(current.value, path, value),
    trace: (asked) =>
      path.every((step, index) => step === asked[index])
        ? { operation, rest: asked.slice(path.length) }
        : current.trace(asked),
  };
}

function remove(current: Patched, path: Path): Patched {
  const parent = path.slice(0, -1);
  const last = path.at(-1);
  const holder = valueAt(current.value, parent);
  if (Array.isArray(holder) && typeof last === 'number') {
    const list = asList(holder).filter((_, index) => index !== last);
    return shifted(current, parent, list, (index) => (index < last ? index : index + 1));
  }
  const map = withoutEntry(asMap(holder) ?? {}, String(last));
  return { value: withValueAt(current.value, parent, map), trace: current.trace };
}

/** A list with an element more or less: later elements were elsewhere before. */
function shifted(
  current: Patched,
  parent: Path,
  list: readonly unknown[],
  indexBefore: (index: number) => number,
  inserted?: { readonly index: number; readonly operation: number },
): Patched {
  return {
    value: withValueAt(current.value, parent, list),
    trace(asked) {
      const index = asked[parent.length];
      const inside = typeof index === 'number' && parent.every((step, depth) => step === asked[depth]);
      if (!inside) return current.trace(asked);
      const rest = asked.slice(parent.length + 1);
      if (inserted?.index === index) return { operation: inserted.operation, rest };
      return current.trace([...parent, indexBefore(index), ...rest]);
    },
  };
}

/** `/spec/hosts/-` as a path of `value`: list indexes become numbers, `-` the index after the last. */
function pointer(text: string, value: unknown): Path | undefined {
  if (text === '') return [];
  if (!text.startsWith('/')) return undefined;
  const path: PathSegment[] = [];
  let current = value;
  for (const raw of text.slice(1).split('/')) {
    const step = raw.replaceAll('~1', '/').replaceAll('~0', '~');
    if (Array.isArray(current)) {
      if (step !== '-' && !/^\d{1,6}$/.test(step)) return undefined;
      path.push(step === '-' ? current.length : Number(step));
    } else path.push(step);
    current = valueAt(current, path.slice(-1));
  }
  return path;
}
