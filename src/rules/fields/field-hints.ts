import type { FieldTree } from '../../facts/field-tree.ts';
import { editDistance } from '../../mesh/near-misses.ts';

/** From this length on a name can be recognised in spite of one slip, and of two. */
const ONE_SLIP_FROM = 4;
const TWO_SLIPS_FROM = 8;
/** No field of Istio is longer; a longer key is not compared. */
const LONGEST = 60;

/** What Istio reads is camelCase; it takes snake_case for the same. */
export function camelCase(name: string): string {
  return name.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}

/** The field of `tree` that a misspelt name was meant to be. */
export function meantField(written: string, tree: FieldTree): string | undefined {
  if (written.length > LONGEST) return undefined;
  const name = camelCase(written);
  const lower = name.toLowerCase();
  const fields = Object.keys(tree).sort();
  const alike = fields.find((field) => field.toLowerCase() === lower || isPlural(field, name));
  if (alike !== undefined) return alike;
  for (const most of [1, 2]) {
    if (name.length < (most === 1 ? ONE_SLIP_FROM : TWO_SLIPS_FROM)) return undefined;
    const near = fields.find(
      (field) => field.length >= ONE_SLIP_FROM && editDistance(name, field, most) <= most,
    );
    if (near !== undefined) return near;
  }
  return undefined;
}

/** Whether one is the other's plural: `host`, `hosts`; `address`, `addresses`. */
function isPlural(one: string, other: string): boolean {
  return ['s', 'es'].some((ending) => one === `${other}${ending}` || other === `${one}${ending}`);
}

/** A mapping on the way from the root to an unknown field: what may stand in it, and how people write the way to it. */
export interface Level {
  readonly tree: FieldTree;
  readonly place: string;
}

/**
 * Where a field that stands in the wrong place belongs: inside a neighbour, or further out, nearest first.
 * `levels` is the way from the root to the mapping that holds it.
 */
export function placesOf(written: string, levels: readonly Level[]): string[] {
  const name = camelCase(written);
  const here = levels.at(-1);
  if (here === undefined) return [];
  const inside = Object.keys(here.tree)
    .sort()
    .filter((field) => Object.hasOwn(here.tree[field] ?? {}, name))
    .map((field) => joined(here.place, field, name));
  if (inside.length > 0) return inside;
  const outside = levels.slice(0, -1).findLast(({ tree }) => Object.hasOwn(tree, name));
  return outside ? [joined(outside.place, name)] : [];
}

export function joined(...parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join('.');
}
