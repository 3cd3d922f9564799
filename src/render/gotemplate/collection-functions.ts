import { asList, asMap } from '../../untyped.ts';
import { kept, MOST_TEXT, TooMuch } from './limits.ts';
import {
  copied,
  newMap,
  sortedKeys,
  TemplateError,
  textOf,
  truthOf,
  type TemplateFunction,
} from './values.ts';

/** Lists that a template makes are not longer than this. */
const LONGEST_LIST = 1000;

type Changeable = Record<string, unknown>;

/** Sprig's functions on mappings and lists. `set` and `merge` change what they are given, as in Go. */
export const COLLECTION_FUNCTIONS: ReadonlyMap<string, TemplateFunction> = new Map<string, TemplateFunction>([
  ['dict', (...entries) => dictionary(entries)],
  ['set', (map, key, value) => ((changeable(map)[textOf(key)] = value), map)],
  ['unset', (map, key) => (Reflect.deleteProperty(changeable(map), textOf(key)), map)],
  ['hasKey', (map, key) => Object.hasOwn(asMap(map) ?? {}, textOf(key))],
  ['keys', (...maps) => maps.flatMap((map) => sortedKeys(asMap(map) ?? {}))],
  ['values', (map) => Object.values(asMap(map) ?? {})],
  ['pick', (map, ...keys) => selected(map, (key) => keys.includes(key))],
  ['omit', (map, ...keys) => selected(map, (key) => !keys.includes(key))],
  ['dig', (...args) => dug(args)],
  ['merge', (map, ...others) => (others.forEach((other) => merge(changeable(map), other, false)), map)],
  [
    'mergeOverwrite',
    (map, ...others) => (others.forEach((other) => merge(changeable(map), other, true)), map),
  ],
  ['len', (value) => lengthOf(value)],
  ['index', (value, ...keys) => keys.reduce(entryOf, value)],
  ['first', (list) => asList(list)[0]],
  ['last', (list) => asList(list).at(-1)],
  ['rest', (list) => asList(list).slice(1)],
  ['initial', (list) => asList(list).slice(0, -1)],
  ['append', (list, item) => [...asList(list), item]],
  ['prepend', (list, item) => [item, ...asList(list)]],
  ['concat', (...lists) => lists.flatMap((list) => asList(list))],
  ['uniq', (list) => [...new Set(asList(list))]],
  ['compact', (list) => asList(list).filter((item) => truthOf(item) === true)],
  ['without', (list, ...items) => asList(list).filter((item) => !items.includes(item))],
  ['has', (item, list) => asList(list).includes(item)],
  ['reverse', (list) => asList(list).toReversed()],
  ['sortAlpha', (list) => asList(list).map(textOf).sort()],
  ['join', (separator, list) => (Array.isArray(list) ? joined(list, textOf(separator)) : textOf(list))],
  ['splitList', (separator, text) => textOf(text).split(textOf(separator))],
  [
    'split',
    (separator, text) =>
      newMap(kept(textOf(text).split(textOf(separator))).map((part, at) => [`_${at}`, part] as const)),
  ],
  [
    'until',
    (count) => Array.from({ length: Math.min(Number(count) || 0, LONGEST_LIST) }, (_, index) => index),
  ],
]);

function changeable(map: unknown): Changeable {
  if (asMap(map)) return map as Changeable;
  throw new TemplateError('not a mapping');
}

function dictionary(entries: readonly unknown[]): Changeable {
  const map = newMap();
  for (let at = 0; at < entries.length; at += 2) map[textOf(entries[at])] = entries[at + 1];
  return map;
}

function selected(map: unknown, wants: (key: string) => boolean): Changeable {
  return newMap(Object.entries(asMap(map) ?? {}).filter(([key]) => wants(key)));
}

/** `dig "a" "b" fallback map`. */
function dug(args: readonly unknown[]): unknown {
  let current: unknown = args.at(-1);
  for (const key of args.slice(0, -2)) {
    const map = asMap(current);
    if (!map || !Object.hasOwn(map, textOf(key))) return args.at(-2);
    current = map[textOf(key)];
  }
  return current;
}

function merge(into: Changeable, from: unknown, overwrites: boolean): void {
  for (const [key, value] of Object.entries(asMap(from) ?? {})) {
    const own = into[key];
    if (asMap(own) && asMap(value)) merge(changeable(own), value, overwrites);
    else if (own === undefined || overwrites) into[key] = copied(value);
  }
}

function joined(list: readonly unknown[], separator: string): string {
  const length = list.reduce<number>((sum, item) => sum + textOf(item).length + separator.length, 0);
  if (length > MOST_TEXT) throw new TooMuch('the templates make too much text');
  return list.map(textOf).join(separator);
}

function lengthOf(value: unknown): number {
  if (typeof value === 'string') return new TextEncoder().encode(value).length;
  return Array.isArray(value) ? value.length : Object.keys(asMap(value) ?? {}).length;
}

function entryOf(value: unknown, key: unknown): unknown {
  if (Array.isArray(value)) {
    if (typeof key === 'number' && key >= 0 && key < value.length) return value[key] as unknown;
    throw new TemplateError('out of range');
  }
  const map = asMap(value);
  if (!map) throw new TemplateError('not a collection');
  return Object.hasOwn(map, textOf(key)) ? map[textOf(key)] : undefined;
}
