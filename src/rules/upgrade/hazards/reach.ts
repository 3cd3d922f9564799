import { isMapping } from '../../../untyped.ts';
import type { FieldPath } from '../../../facts/hazards/hazard.ts';
import type { Path, PathSegment } from '../../../vocabulary.ts';
import { fieldName } from '../../body.ts';

/** A value and the way to it. */
export interface Reached {
  readonly value: unknown;
  readonly path: Path;
}

/** Most values one look may pass: a manifest of a stranger may be large and deep. */
const MOST_STEPS = 20_000;
const DEEPEST = 40;

const PARSED = new Map<FieldPath, readonly string[]>();

/** `spec.http[].match` as `spec`, `http`, `[]`, `match`; a quoted part is one key. */
export function segmentsOf(path: FieldPath): readonly string[] {
  const known = PARSED.get(path);
  if (known) return known;
  const segments = [...path.matchAll(/"([^"]+)"|(\[\])|([^.[\]"]+)/g)].map(
    ([, quoted, list, plain]) => quoted ?? list ?? plain ?? '',
  );
  PARSED.set(path, segments);
  return segments;
}

/** Every value under `root` that the path leads to. Absent and `null` values are not reached. */
export function reach(root: unknown, path: FieldPath): Reached[] {
  const found: Reached[] = [];
  const budget = { left: MOST_STEPS };
  walk(root, segmentsOf(path), [], found, budget);
  return found;
}

function walk(
  value: unknown,
  segments: readonly string[],
  path: readonly PathSegment[],
  found: Reached[],
  budget: { left: number },
): void {
  if (value === undefined || value === null || budget.left-- <= 0) return;
  const [segment, ...rest] = segments;
  if (segment === undefined) {
    found.push({ value, path });
  } else if (segment === '**') {
    walk(value, rest, path, found, budget);
    if (path.length < DEEPEST) {
      for (const [key, inner] of children(value)) walk(inner, segments, [...path, key], found, budget);
    }
  } else if (segment === '[]') {
    if (!Array.isArray(value)) return;
    for (const [index, item] of value.entries()) walk(item, rest, [...path, index], found, budget);
  } else if (segment === '*') {
    if (!isMapping(value)) return;
    for (const [key, inner] of Object.entries(value)) walk(inner, rest, [...path, key], found, budget);
  } else if (isMapping(value)) {
    const key = fieldName(value, segment);
    if (Object.hasOwn(value, key)) walk(value[key], rest, [...path, key], found, budget);
  }
}

function children(value: unknown): [PathSegment, unknown][] {
  if (Array.isArray(value)) return [...value.entries()];
  return isMapping(value) ? Object.entries(value) : [];
}
