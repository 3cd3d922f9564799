import { plainValue } from './kubernetes-schema.ts';

/** How many keys are remembered at most, and how long they are: all those of Kubernetes and of one repository. */
const SLOTS = 4096;
const LONGEST = 64;

/**
 * Manifests have the same few hundred keys over and over. One that was seen before is no new text, and one that the engine
 * knows as the name of a property already. A later key takes the slot of an earlier one: no input makes this grow.
 */
const known = new Array<string | undefined>(SLOTS).fill(undefined);

/**
 * The plain key from `start` to `end` of `source`; `undefined` for one that is no text, such as `yes` or `1`.
 * @param hash any number that its characters decide
 */
export function plainKey(source: string, start: number, end: number, hash: number): string | undefined {
  const slot = hash & (SLOTS - 1);
  const before = known[slot];
  if (before?.length === end - start && source.startsWith(before, start)) return before;
  const text = source.slice(start, end);
  if (typeof plainValue(text) !== 'string') return undefined;
  if (text.length > LONGEST) return text;
  return (known[slot] = propertyName(text));
}

/** The same text as the engine keeps it for objects: a slice would keep alive the whole file that it was cut from. */
function propertyName(slice: string): string {
  return Object.keys({ [slice]: true })[0] ?? slice;
}
