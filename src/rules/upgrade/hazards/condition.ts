import type { Condition, Conditions } from '../../../facts/hazards/hazard.ts';
import type { Path } from '../../../vocabulary.ts';
import { isKnown } from '../../../yaml/placeholders.ts';
import { isMapping } from '../../../untyped.ts';
import { reach } from './reach.ts';

/** Longest text a pattern is tried on. */
const LONGEST_TEXT = 64 * 1024;

/** A part that met its conditions. */
export interface Met {
  /** Of the value that met the first condition, else of the part itself. */
  readonly path: Path;
  readonly value: unknown;
}

/** The parts under `each` that meet every condition of `where`. */
export function partsMeeting(
  root: unknown,
  each: readonly string[] | undefined,
  where: Conditions | undefined,
): Met[] {
  return (each ?? ['']).flatMap((path) =>
    reach(root, path).flatMap((part) => {
      const met = meetsAll(part.value, where ?? {});
      return met ? [{ path: [...part.path, ...met.path], value: met.value ?? part.value }] : [];
    }),
  );
}

function meetsAll(part: unknown, where: Conditions): Met | undefined {
  let first: Met | undefined;
  for (const [path, condition] of Object.entries(where)) {
    const met = meets(part, path, condition);
    if (!met) return undefined;
    if (condition.test !== 'absent') first ??= met;
  }
  return first ?? { path: [], value: undefined };
}

function meets(part: unknown, path: string, condition: Condition): Met | undefined {
  const reached = reach(part, path);
  // An empty list says no more than none.
  if (condition.test === 'absent') {
    return reached.every(({ value }) => Array.isArray(value) && value.length === 0)
      ? { path: [], value: undefined }
      : undefined;
  }
  return reached.find(({ value }) => holds(value, condition));
}

/** Whether a value that is there meets a condition. A placeholder is any value, so it proves only that it is there. */
export function holds(value: unknown, condition: Condition): boolean {
  switch (condition.test) {
    case 'present':
      return true;
    case 'absent':
      return false;
    case 'is':
    case 'isNot': {
      const text = textOf(value);
      if (text === undefined || !isKnown(text)) return false;
      return condition.values.some((wanted) => String(wanted) === text) === (condition.test === 'is');
    }
    case 'like':
    case 'unlike': {
      const text = textOf(value);
      if (text === undefined || text.length > LONGEST_TEXT) return false;
      const matches = condition.pattern.test(text);
      return condition.test === 'like' ? matches : !matches && isKnown(text);
    }
    case 'below':
      return numberOf(value) < condition.than;
    case 'above':
      return numberOf(value) > condition.than;
    case 'key':
      return isMapping(value) && Object.keys(value).some((key) => condition.pattern.test(key));
    case 'empty':
      return Array.isArray(value)
        ? value.length === 0
        : (isMapping(value) && Object.keys(value).length === 0) || value === '';
    case 'items':
      return Array.isArray(value) && value.length >= condition.atLeast;
  }
}

function textOf(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;
}

function numberOf(value: unknown): number {
  if (typeof value === 'number') return value;
  return typeof value === 'string' && /^-?\d{1,15}$/.test(value) ? Number(value) : NaN;
}
