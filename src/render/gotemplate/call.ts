import { FUNCTIONS, LENIENT } from './functions.ts';
import { kept, walkable, type Work } from './limits.ts';
import { Unknown } from './unknown.ts';

/** Functions that go through all of a value. */
const WALKING = new Set(['toYaml', 'toJson', 'deepCopy', 'merge', 'mergeOverwrite']);

/**
 * What a function gives; unknown where an argument is, and for functions that are not worked out.
 * @throws TooMuch for what grows without end, TemplateError where Helm stops
 */
export function callFunction(name: string, args: readonly unknown[], source: string, work: Work): unknown {
  if (WALKING.has(name)) work.spend(walkable(args) >> 1);
  for (const arg of args) work.over(arg);
  const lenient = LENIENT.get(name);
  if (lenient) return kept(lenient(...args));
  const known = FUNCTIONS.get(name);
  return known && !args.some(isUnknown) ? kept(known(...args)) : Unknown.of(source);
}

function isUnknown(value: unknown): boolean {
  return value instanceof Unknown || (Array.isArray(value) && value.some((item) => item instanceof Unknown));
}
