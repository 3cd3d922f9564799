import { isMapping } from '../../untyped.ts';
import type { FieldTree } from '../../facts/field-tree.ts';
import { FORMER_ENVOY_FILTER_FIELDS, FORMER_FIELDS } from '../../facts/former-fields.ts';
import { ISTIO_FIELDS } from '../../facts/generated/istio-fields.ts';
import type { Resource } from '../../render/resource.ts';
import type { Path } from '../../vocabulary.ts';
import { hasPlaceholder } from '../body.ts';
import { perResource } from '../per-resource.ts';
import { camelCase, joined, type Level, meantField, placesOf } from './field-hints.ts';

/** A field that Istio does not know, with what it was probably meant to be. One without any clue is left alone. */
export interface UnknownField {
  readonly path: Path;
  readonly name: string;
  readonly because:
    | { readonly sort: 'misspelt'; readonly meant: string }
    | { readonly sort: 'misplaced'; readonly places: readonly string[] }
    | { readonly sort: 'former' };
  /** Whether it was to choose workloads, so that without it the resource is for all of them. */
  readonly selects: boolean;
}

/** The kinds whose fields are known. */
export const DESCRIBED_KINDS: readonly string[] = Object.keys(ISTIO_FIELDS);

/** Fields by which a resource chooses its workloads; each kind has its own, and they are easily mistaken for each other. */
const SELECTORS = ['selector', 'workloadSelector', 'targetRefs', 'targetRef'];
/** More unknown fields than anybody writes. */
const MOST = 50;

/** The unknown fields of a resource of one of DESCRIBED_KINDS, in the order in which they are written. */
export const unknownFieldsOf = perResource((resource: Resource): readonly UnknownField[] => {
  const tree = ISTIO_FIELDS[resource.kind];
  if (!tree) return [];
  const found: UnknownField[] = [];
  const { spec, ...others } = resource.body;
  // Of the other fields of the root only those are looked at that belong into the spec.
  for (const name of Object.keys(others)) {
    const places = placesOf(name, [{ tree, place: '' }]);
    if (!ROOT.has(name) && places.length > 0) {
      found.push({ path: [name], name, because: { sort: 'misplaced', places }, selects: isSelector(name) });
    }
  }
  const below = tree['spec'];
  if (below) visit(spec, [{ tree: below, place: 'spec' }], ['spec'], resource.kind, found);
  return found.slice(0, MOST);
});

/** The fields of every object, and those of `metadata`, which do not belong into the spec. */
const ROOT = new Set([
  ...['apiVersion', 'kind', 'metadata', 'spec', 'status'],
  ...['name', 'namespace', 'labels', 'annotations'],
]);

function visit(
  value: unknown,
  levels: readonly Level[],
  path: Path,
  kind: string,
  found: UnknownField[],
): void {
  if (found.length >= MOST) return;
  if (Array.isArray(value)) {
    value.forEach((item, index) => {
      visit(item, levels, [...path, index], kind, found);
    });
    return;
  }
  const here = levels.at(-1);
  if (!isMapping(value) || !here) return;
  for (const [name, child] of Object.entries(value)) {
    const known = knownField(here.tree, name);
    // Most fields are known and plain: the way to them is of no interest.
    if (known !== undefined && (typeof child !== 'object' || child === null)) continue;
    const at = [...path, name];
    if (known === undefined) {
      const because = child === null || isOpen(name) ? undefined : clueTo(name, levels, kind);
      if (because) found.push({ path: at, name, because, selects: isChoice(value, name, because, path) });
    } else {
      const below = here.tree[known];
      if (below)
        visit(child, [...levels, { tree: below, place: joined(here.place, known) }], at, kind, found);
    }
  }
}

/** The field of the tree that a key is for: the same name, in snake_case too, or any key of a map. */
function knownField(tree: FieldTree, name: string): string | undefined {
  if (Object.hasOwn(tree, name)) return name;
  return [camelCase(name), '*'].find((candidate) => Object.hasOwn(tree, candidate));
}

/** Keys that are filled in later, and those of kustomize's patches. */
function isOpen(name: string): boolean {
  return name.startsWith('$') || hasPlaceholder(name);
}

function clueTo(name: string, levels: readonly Level[], kind: string): UnknownField['because'] | undefined {
  const here = levels.at(-1);
  const isSpec = levels.length === 1;
  if (!here) return undefined;
  if (kind === 'EnvoyFilter' && isSpec && FORMER_ENVOY_FILTER_FIELDS.has(name)) return { sort: 'former' };
  if (FORMER_FIELDS.has(name)) return undefined;
  const meant = meantField(name, here.tree) ?? (isSpec ? otherSelector(name, here.tree) : undefined);
  if (meant !== undefined) return { sort: 'misspelt', meant };
  const places = placesOf(name, levels);
  return places.length > 0 ? { sort: 'misplaced', places } : undefined;
}

function isSelector(name: string): boolean {
  return SELECTORS.includes(camelCase(name));
}

/** A selector of another kind, such as `selector` in an EnvoyFilter: the one that this kind has. */
function otherSelector(name: string, tree: FieldTree): string | undefined {
  return isSelector(name) ? SELECTORS.find((selector) => Object.hasOwn(tree, selector)) : undefined;
}

/** Whether a misspelt or misplaced field was to choose workloads, and nothing else of the mapping does. */
function isChoice(
  owner: Readonly<Record<string, unknown>>,
  name: string,
  because: UnknownField['because'],
  path: Path,
): boolean {
  if (because.sort === 'former') return name === 'workloadLabels';
  const meant = because.sort === 'misspelt' ? because.meant : name;
  if (path.length === 1) return isSelector(meant) && !SELECTORS.some((other) => Object.hasOwn(owner, other));
  const inSelector = path.length === 2 && isSelector(String(path[1]));
  return inSelector && ['matchLabels', 'labels'].includes(meant) && !Object.hasOwn(owner, meant);
}
