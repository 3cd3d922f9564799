import { asMap, fieldAt } from '../../untyped.ts';
import { Unknown } from './unknown.ts';

/** Gets its arguments as they are; only the lenient ones are asked with an `Unknown` among them. */
export type TemplateFunction = (...args: readonly unknown[]) => unknown;

/** A method that a template calls: `.Capabilities.APIVersions.Has "apps/v1"`. */
export type Method = (...args: readonly unknown[]) => unknown;

/** Helm stops at this: a field of nothing, `required`, `fail`. */
export class TemplateError extends Error {
  override readonly name = 'TemplateError';
}

/** Go's idea of it: nothing, zero, no text and empty collections are false. `undefined`: cannot tell. */
export function truthOf(value: unknown): boolean | undefined {
  if (value instanceof Unknown) return undefined;
  if (Array.isArray(value)) return value.length > 0;
  if (typeof value === 'object' && value !== null) return Object.keys(value).length > 0;
  return Boolean(value);
}

/** As `{{ }}` prints it; nothing is printed as nothing (Helm takes `<no value>` out). */
export function printed(value: unknown): string | Unknown {
  if (value === undefined || value === null) return '';
  if (value instanceof Unknown || typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  // `map[a:b]` and `[a b]`: nobody wants that in a manifest.
  return Unknown.of('printed collection');
}

/** A scalar as text functions see it; '' for everything else. */
export function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
}

/** The field of a value. A missing key of a mapping is nothing; a field of nothing is an error. */
export function fieldOf(value: unknown, path: readonly string[], source: string): unknown {
  let current = value;
  for (const step of path) {
    if (current instanceof Unknown) return Unknown.of(source);
    if (current === undefined || current === null) throw new TemplateError(`nil has no field ${step}`);
    if (asMap(current) === undefined) throw new TemplateError(`no field ${step}`);
    current = fieldAt(current, step);
  }
  return current;
}

/** A mapping without prototype, so that `constructor` is a key like any other. */
export function newMap(entries: Iterable<readonly [string, unknown]> = []): Record<string, unknown> {
  const map = Object.create(null) as Record<string, unknown>;
  for (const [key, value] of entries) map[key] = value;
  return map;
}

/** The keys of a mapping as Go ranges over them. */
export function sortedKeys(map: object): string[] {
  return Object.keys(map).sort();
}

/** Deep copy; templates change their copies with `set` and `merge`. */
export function copied(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(copied);
  if (value instanceof Unknown || typeof value === 'function') return value;
  const map = asMap(value);
  return map ? newMap(Object.entries(map).map(([key, item]) => [key, copied(item)] as const)) : value;
}

/** Is something unknown in it, at any depth? */
export function holdsUnknown(value: unknown): boolean {
  if (value instanceof Unknown) return true;
  if (Array.isArray(value)) return value.some(holdsUnknown);
  const map = asMap(value);
  return map !== undefined && Object.values(map).some(holdsUnknown);
}
