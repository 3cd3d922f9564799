import type { Location, Path } from '../../vocabulary.ts';
import { fieldAt, isMapping, type Fields } from '../../untyped.ts';
import type { ValuesLayer } from './installation.ts';

/**
 * `over` laid on `under` as Helm does it: mappings merge, lists and scalars replace, `null` removes. Neither argument is
 * changed; the result has no prototype, so that `__proto__` is a key like any other.
 */
export function mergeValues(under: Fields, over: Fields): Fields {
  const merged = Object.create(null) as Record<string, unknown>;
  for (const [key, value] of Object.entries(under)) merged[key] = value;
  for (const [key, value] of Object.entries(over)) {
    const below = merged[key];
    if (value === null) Reflect.deleteProperty(merged, key);
    else merged[key] = isMapping(below) && isMapping(value) ? mergeValues(below, value) : value;
  }
  return merged;
}

/** The layers as one, each value placed where the layer that decides it writes it. `fallback` is for values nobody sets. */
export function mergeLayers(layers: readonly ValuesLayer[], fallback: Location): ValuesLayer {
  const empty = Object.create(null) as Fields;
  return {
    values: layers.reduce((merged, { values }) => mergeValues(merged, values), empty),
    at: (path) => decidingLayer(layers, path)?.at(path) ?? fallback,
  };
}

function decidingLayer(layers: readonly ValuesLayer[], path: Path): ValuesLayer | undefined {
  for (let length = path.length; length > 0; length--) {
    const asked = path.slice(0, length);
    const layer = layers.findLast(({ values }) => fieldAt(values, ...asked) !== undefined);
    if (layer) return layer;
  }
  return undefined;
}

/** `{ a: { b: value } }` for `['a', 'b']`. */
export function nested(path: readonly string[], value: unknown): Fields {
  return path.reduceRight<unknown>((inner, key) => {
    const map = Object.create(null) as Record<string, unknown>;
    map[key] = inner;
    return map;
  }, value) as Fields;
}
