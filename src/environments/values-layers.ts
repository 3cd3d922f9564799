import type { Location, Path } from '../vocabulary.ts';
import { parseText } from '../yaml/parse.ts';
import type { HelmRelease } from '../render/helm-release.ts';
import type { Repository } from '../render/repository.ts';
import { locationIn } from './kustomization.ts';
import { asMap, fieldAt, valueAt, type Fields } from '../untyped.ts';

/** Helm values from one place: a file, a field of a manifest. */
export interface ValuesLayer {
  readonly values: Fields;
  readonly at: (path: Path) => Location;
}

/** The values a release gets from layers, the weakest first. */
export function mergedValues(layers: readonly ValuesLayer[]): Fields {
  return layers.reduce<Fields>((merged, { values }) => deepMerged(merged, values), {});
}

/** Where the strongest layer that has `path` says it; `undefined` when none does. */
export function placeOfValue(layers: readonly ValuesLayer[], path: Path): Location | undefined {
  return layers.findLast(({ values }) => valueAt(values, path) !== undefined)?.at(path);
}

/** What Helm is given of layers; nothing when there are none. */
export function given(
  layers: readonly ValuesLayer[],
  otherwise: () => Location,
): Pick<HelmRelease, 'values' | 'valuesAt'> {
  if (layers.length === 0) return {};
  return { values: mergedValues(layers), valuesAt: (path) => placeOfValue(layers, path) ?? otherwise() };
}

/** As `helm --set` reads it: true, false, null and whole numbers are what they say. */
export function setValue(text: string): unknown {
  if (text === 'true' || text === 'false') return text === 'true';
  if (text === 'null') return null;
  return /^(?:0|-?[1-9]\d{0,15})$/.test(text) ? Number(text) : text;
}

/** A values file of the repository; `undefined` when it is not there or no mapping. An empty one gives nothing. */
export function valuesFile(path: string, repository: Repository): ValuesLayer | undefined {
  const parsed = repository.files.get(path)?.parsed;
  const [document] = parsed?.documents ?? [];
  if (!document) {
    const isEmpty = parsed !== undefined && parsed.problems.length === 0;
    return isEmpty ? { values: {}, at: () => ({ file: path, line: 1, column: 1, endLine: 1 }) } : undefined;
  }
  const values = document.value === null ? {} : asMap(document.value);
  return values && { values, at: (inner) => locationIn(path, document, inner) };
}

/** Values written as text in a manifest: a block scalar of an Application, a key of a ConfigMap. */
export function valuesText(text: string, scalar: Location): ValuesLayer | undefined {
  const [document] = parseText(text).documents;
  if (!document) return text.trim() === '' ? { values: {}, at: () => scalar } : undefined;
  const values = document.value === null ? {} : asMap(document.value);
  const lines = text.replace(/\n$/, '').split('\n').length;
  // Text that fills its place is a file, whose lines are those of the text.
  const isFile = scalar.endLine - scalar.line + 1 === lines && scalar.column === 1 && lines > 1;
  const place = isFile ? { ...scalar, line: scalar.line - 1 } : scalar;
  return values && { values, at: (path) => lineInBlock(place, document.locate(path)) };
}

/** A block scalar's text begins on the line after its indicator; a text on one line has only that line. */
export function lineInBlock(scalar: Location, inside: Omit<Location, 'file'>): Location {
  if (scalar.endLine === scalar.line) return scalar;
  const line = Math.min(scalar.line + inside.line, scalar.endLine);
  const endLine = Math.min(scalar.line + inside.endLine, scalar.endLine);
  return { file: scalar.file, line, column: scalar.column, endLine };
}

/** Helm's merge of values: mappings by key, everything else replaced. */
function deepMerged(below: Fields, above: Fields, depth = 0): Fields {
  const merged: Record<string, unknown> = { ...below };
  for (const [key, value] of Object.entries(above)) {
    const [lower, upper] = [asMap(fieldAt(below, key)), asMap(value)];
    if (key === '__proto__') continue;
    merged[key] = lower && upper && depth < 50 ? deepMerged(lower, upper, depth + 1) : value;
  }
  return merged;
}
