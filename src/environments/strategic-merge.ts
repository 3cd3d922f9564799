import type { Path, PathSegment } from '../vocabulary.ts';
import { asList, asMap, fieldAt, type Fields } from '../untyped.ts';
import { withEntry, withoutEntry } from './with-value.ts';

/** Where a merged value comes from: a path of the object, a path of the patch, or a mixture, step by step. */
export type Provenance =
  | { readonly from: 'object'; readonly path: Path }
  | { readonly from: 'patch'; readonly path: Path }
  | { readonly from: 'both'; readonly path: Path; readonly parts: ReadonlyMap<PathSegment, Provenance> };

export interface Merged {
  readonly value: unknown;
  readonly provenance: Provenance;
}

/**
 * Fields that identify an element of a list, by the list's field name: Kubernetes' `patchMergeKey`s that kustomize
 * follows. A list field that is not named here is replaced whole.
 */
const MERGE_KEYS: ReadonlyMap<string, readonly string[]> = new Map([
  ['containers', ['name']],
  ['initContainers', ['name']],
  ['ephemeralContainers', ['name']],
  ['env', ['name']],
  ['volumes', ['name']],
  ['imagePullSecrets', ['name']],
  ['secrets', ['name']],
  ['webhooks', ['name']],
  ['volumeMounts', ['mountPath']],
  ['volumeDevices', ['devicePath']],
  ['hostAliases', ['ip']],
  ['topologySpreadConstraints', ['topologyKey']],
  ['ports', ['containerPort', 'port']],
]);

/** Deeper patches are refused by what reads them; this bound only keeps the stack. */
const MAX_DEPTH = 100;

/**
 * `patch` merged over `object` as `kustomize build` does (v5): mappings by key, `null` deletes, lists by their merge key
 * when `keyed`, new elements first. `undefined`: the patch deletes the object (`$patch: delete`).
 */
export function strategicMerge(object: Fields, patch: Fields, keyed: boolean): Merged | undefined {
  if (fieldAt(patch, '$patch') === 'delete') return undefined;
  return mergeMaps(object, patch, { keyed, object: [], patch: [] });
}

interface Place {
  readonly keyed: boolean;
  readonly object: Path;
  readonly patch: Path;
}

function step(place: Place, object: PathSegment, patch: PathSegment): Place {
  return { ...place, object: [...place.object, object], patch: [...place.patch, patch] };
}

function mergeMaps(object: Fields, patch: Fields, place: Place): Merged {
  if (fieldAt(patch, '$patch') === 'replace') {
    return { value: withoutEntry(patch, '$patch'), provenance: { from: 'patch', path: place.patch } };
  }
  let value = object;
  const parts = new Map<PathSegment, Provenance>();
  for (const [key, change] of Object.entries(patch)) {
    if (key.startsWith('$')) continue;
    if (change === null) {
      value = withoutEntry(value, key);
      continue;
    }
    const merged = mergeField(key, fieldAt(object, key), change, step(place, key, key));
    if (merged === undefined) value = withoutEntry(value, key);
    else {
      value = merged.value === fieldAt(value, key) ? value : withEntry(value, key, merged.value);
      parts.set(key, merged.provenance);
    }
  }
  return { value, provenance: { from: 'both', path: place.object, parts } };
}

function mergeField(key: string, before: unknown, change: unknown, place: Place): Merged | undefined {
  const [beforeMap, changeMap] = [asMap(before), asMap(change)];
  if (changeMap && fieldAt(changeMap, '$patch') === 'delete') return undefined;
  if (place.patch.length < MAX_DEPTH) {
    if (beforeMap && changeMap) return mergeMaps(beforeMap, changeMap, place);
    if (changeMap) return { value: cleaned(changeMap), provenance: { from: 'patch', path: place.patch } };
    const keys = place.keyed ? MERGE_KEYS.get(key) : undefined;
    if (keys && Array.isArray(before) && Array.isArray(change)) {
      return mergeLists(before, change, keys, place);
    }
  }
  if (before === change) return { value: before, provenance: { from: 'object', path: place.object } };
  return { value: change, provenance: { from: 'patch', path: place.patch } };
}

/** A mapping the object did not have: keys set to null are not created. */
function cleaned(patch: Fields): Fields {
  return Object.entries(patch).some(([key, value]) => value === null || key === '$patch')
    ? Object.fromEntries(Object.entries(patch).filter(([key, value]) => value !== null && key !== '$patch'))
    : patch;
}

function mergeLists(
  before: readonly unknown[],
  change: readonly unknown[],
  keys: readonly string[],
  place: Place,
): Merged {
  if (change.some((item) => fieldAt(item, '$patch') === 'replace')) {
    const kept = change.filter((item) => fieldAt(item, '$patch') === undefined);
    return { value: kept, provenance: { from: 'patch', path: place.patch } };
  }
  const added: Merged[] = [];
  const items: (Merged | undefined)[] = before.map((value, index) => ({
    value,
    provenance: { from: 'object', path: [...place.object, index] },
  }));
  change.forEach((item, index) => {
    const found = before.findIndex((candidate) => sameElement(candidate, item, keys));
    const [old, update] = [asMap(before[found]), asMap(item)];
    if (fieldAt(item, '$patch') === 'delete') items[found] = undefined;
    else if (old && update) items[found] = mergeMaps(old, update, step(place, found, index));
    else added.push({ value: item, provenance: { from: 'patch', path: [...place.patch, index] } });
  });
  const all = [...added, ...items.filter((item) => item !== undefined)];
  return {
    value: all.map(({ value }) => value),
    provenance: {
      from: 'both',
      path: place.object,
      parts: new Map(all.map(({ provenance }, index) => [index, provenance])),
    },
  };
}

/** Equal in the first merge key the patch element has; `protocol` counts too where ports have one. */
function sameElement(object: unknown, patch: unknown, keys: readonly string[]): boolean {
  const key = keys.find((candidate) => fieldAt(patch, candidate) !== undefined);
  if (key === undefined || fieldAt(object, key) !== fieldAt(patch, key)) return false;
  const protocol = (item: unknown): unknown => fieldAt(item, 'protocol') ?? 'TCP';
  return !keys.includes('port') || protocol(object) === protocol(patch);
}

/** Follows `path` of the merged value to where it comes from. */
export function provenanceOf(
  root: Provenance,
  path: Path,
): { readonly from: 'object' | 'patch'; readonly path: Path } {
  let node = root;
  for (const [index, segment] of path.entries()) {
    if (node.from !== 'both') return { from: node.from, path: [...node.path, ...path.slice(index)] };
    const part = node.parts.get(segment);
    if (!part) return { from: 'object', path: [...node.path, ...path.slice(index)] };
    node = part;
  }
  return { from: node.from === 'patch' ? 'patch' : 'object', path: node.path };
}

/** The elements of a patch document: one object, or the objects of a `List`. */
export function patchObjects(value: unknown): readonly Fields[] {
  const items = Array.isArray(value) ? asList(value) : [value];
  return items.map(asMap).filter((item) => item !== undefined);
}
