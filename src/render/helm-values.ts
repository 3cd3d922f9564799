import type { Location, Path } from '../vocabulary.ts';
import { asMap, valueAt } from '../untyped.ts';

/** Values as one file, or one object in place, gives them. */
export interface ValuesLayer {
  /** The subchart they are the defaults of: names or aliases from the top; empty for the chart itself. */
  readonly chart: Path;
  readonly value: unknown;
  readonly at: (path: Path) => Location;
}

/** A value as a template sees it, and the key that gives it. */
export interface PlacedValue {
  readonly value: unknown;
  readonly at: Location;
}

/** The values a release is rendered with, and where each is written. */
export class HelmValues {
  readonly #layers: readonly ValuesLayer[];
  readonly #texts = new Map<string, ReadonlyMap<string, readonly Path[]>>();

  /** @param layers from the weakest to the strongest */
  constructor(layers: readonly ValuesLayer[]) {
    this.#layers = layers;
  }

  /** What `.Values.<path>` is in a template of `chart`, and the strongest layer's line for it. */
  find(chart: Path, path: Path): PlacedValue | undefined {
    for (const layer of this.#layers.toReversed()) {
      const inside = pathInLayer(layer, chart, path);
      const value = inside && valueAt(layer.value, inside);
      if (inside && value !== undefined && value !== null) return { value, at: layer.at(inside) };
    }
    return undefined;
  }

  /**
   * The key whose value reads as `text`, when that is beyond doubt: the only one that the template line mentions by its
   * name, or the only one at all for a text that is not common.
   */
  giving(chart: Path, text: string, isMentioned: (key: string) => boolean): Location | undefined {
    const paths = this.#textsOf(chart).get(text) ?? [];
    const mentioned = paths.filter((path) => isMentioned(String(path.at(-1))));
    const [path, second] = mentioned.length === 1 || isCommon(text) ? mentioned : paths;
    return path && !second ? this.find(chart, path)?.at : undefined;
  }

  #textsOf(chart: Path): ReadonlyMap<string, readonly Path[]> {
    const id = chart.join('/');
    const known = this.#texts.get(id);
    if (known) return known;
    const places = new Map<string, Map<string, Path>>();
    for (const layer of this.#layers) {
      const start = pathInLayer(layer, chart, []);
      for (const { path, text } of start ? scalarsIn(valueAt(layer.value, start)) : []) {
        if (scalarText(this.find(chart, path)?.value) !== text) continue;
        places.set(text, (places.get(text) ?? new Map<string, Path>()).set(JSON.stringify(path), path));
      }
    }
    const texts = new Map([...places].map(([text, paths]) => [text, [...paths.values()]]));
    this.#texts.set(id, texts);
    return texts;
  }
}

/** Values so common that finding one of them among the values says nothing. */
function isCommon(text: string): boolean {
  return text.length < 3 || text === 'true' || text === 'false';
}

/** Where a layer has what a template of `chart` calls `path`. A subchart sees its own part, and everybody's `global`. */
function pathInLayer(layer: ValuesLayer, chart: Path, path: Path): Path | undefined {
  const isAbove = layer.chart.every((step, index) => step === chart[index]);
  if (!isAbove) return undefined;
  return path[0] === 'global' ? path : [...chart.slice(layer.chart.length), ...path];
}

/** A scalar as it reads in a manifest; `undefined` for mappings, sequences and null. */
export function scalarText(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;
}

/** Every scalar in a value, with its path. */
export function* scalarsIn(
  value: unknown,
  path: Path = [],
): Generator<{ readonly path: Path; readonly text: string }> {
  const text = scalarText(value);
  if (text !== undefined) yield { path, text };
  else if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) yield* scalarsIn(item, [...path, index]);
  } else {
    for (const [key, item] of Object.entries(asMap(value) ?? {})) yield* scalarsIn(item, [...path, key]);
  }
}
