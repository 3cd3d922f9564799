import type { Atom } from './collisions.ts';

/** Objects two files of one directory must both hold to be each a whole of its own. */
export const TWIN_OBJECTS = 4;

/** An object that stands in more files than this is an example, or a namespace everybody brings along. */
const MOST_FILES = 20;

/**
 * Are there two files that hold the same objects again: a tool's output for each cluster, alternatives side by side?
 * @param shown they are examples, of which a reader takes one: it is enough that one file holds all of the other again
 */
export function holdVariants(files: readonly Atom[], shown: boolean): boolean {
  const places = new Map<string, number[]>();
  for (const [index, { ids }] of files.entries()) {
    for (const id of new Set(ids)) {
      const at = places.get(id);
      if (at) at.push(index);
      else places.set(id, [index]);
    }
  }
  const shared = new Map<string, number>();
  for (const at of places.values()) {
    if (at.length < 2 || at.length > MOST_FILES) continue;
    for (const [a, b] of pairs(at)) {
      const count = (shared.get(`${a} ${b}`) ?? 0) + 1;
      const smaller = Math.min(files[a]?.ids.length ?? 0, files[b]?.ids.length ?? 0);
      if (count >= TWIN_OBJECTS && count >= smaller / 2) return true;
      if (shown && count === smaller) return true;
      shared.set(`${a} ${b}`, count);
    }
  }
  return false;
}

function pairs(indexes: readonly number[]): [number, number][] {
  return indexes.flatMap((a, at) => indexes.slice(at + 1).map((b): [number, number] => [a, b]));
}
