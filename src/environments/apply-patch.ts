import type { Path } from '../vocabulary.ts';
import { asMap, asText, fieldAt, type Fields } from '../untyped.ts';
import { withEntry, withoutEntry } from './with-value.ts';
import { isBuiltIn } from './kubernetes-kinds.ts';
import { toResource } from '../render/plain.ts';
import type { Resource } from '../render/resource.ts';
import { transformed } from './derived-resource.ts';
import { idsOf, replaced, type EarlierId, type Item } from './kustomize-item.ts';
import { patchObjects, provenanceOf, strategicMerge } from './strategic-merge.ts';
import { jsonPatch } from './json-patch.ts';
import { matchesNamePattern } from './name-pattern.ts';
import { matchesSelectorText } from './label-selector.ts';
import { MOST_CHANGES, type Patch } from './kustomize-patches.ts';
import type { Notes } from './notes.ts';

/**
 * `items` with one patch applied to the objects it is for; objects it deletes are gone.
 * @param left takes a merge patch that names its object itself, when that object is not among `items`
 */
export function applyPatch(
  items: readonly Item[],
  patch: Patch,
  through: string,
  notes: Notes,
  left: Resource[] = [],
): Item[] {
  const operations = Array.isArray(patch.value) ? (patch.value as unknown[]) : undefined;
  if (operations?.every((operation) => fieldAt(operation, 'op') !== undefined)) {
    const { target } = patch;
    if (!target) return [...items];
    return items.map((item) =>
      targets(target, item, patch, notes) ? withOperations(item, operations, patch, through, notes) : item,
    );
  }
  return patchObjects(patch.value).reduce<Item[]>(
    (current, change) => {
      let isUsed = patch.target !== undefined;
      const next = current.flatMap((item) => {
        const meant = patch.target ? targets(patch.target, item, patch, notes) : names(change, item);
        isUsed ||= meant;
        return meant ? withMerge(item, change, patch, through) : [item];
      });
      if (!isUsed) left.push(...asObject(change, patch, through));
      return next;
    },
    [...items],
  );
}

/** A patch as the part of an object that it is. */
function asObject(change: Fields, patch: Patch, through: string): Resource[] {
  const origin = {
    file: patch.at([]).file,
    through: [through],
    at: (path: Path, what?: 'value' | 'key') => patch.at(path, what),
  };
  const resource = toResource(change, origin, `patch ${patch.signature}`);
  return resource ? [resource] : [];
}

function withOperations(
  item: Item,
  operations: readonly unknown[],
  patch: Patch,
  through: string,
  notes: Notes,
): Item {
  const { resource } = item;
  const what = `JSON patch on ${resource.kind} ${resource.name}`;
  if (operations.length > MOST_CHANGES) {
    notes.add(what, `it has more than ${MOST_CHANGES} operations`, patch.at([]));
    return item;
  }
  const result = jsonPatch(resource.body, operations);
  if ('failure' in result) {
    notes.add(what, result.failure, patch.at([result.operation, 'path']));
    return item;
  }
  const body = asMap(result.value) ?? resource.body;
  const transformer = { name: through, signature: `json ${patch.signature}` };
  const next = transformed(resource, body, transformer, (path, what) => {
    const traced = result.trace(path);
    if ('before' in traced) return traced;
    return { at: patch.at([traced.operation, 'value', ...traced.rest], what) };
  });
  return replaced(item, next);
}

function withMerge(item: Item, change: Fields, patch: Patch, through: string): Item[] {
  const { resource } = item;
  const update = withoutIdentity(change, patch.allowNameChange);
  const merged = strategicMerge(resource.body, update, isBuiltIn(resource.group));
  if (!merged) return [];
  const transformer = { name: through, signature: `merge ${patch.signature}` };
  const body = asMap(merged.value) ?? resource.body;
  const next = transformed(resource, body, transformer, (path, what) => {
    const source = provenanceOf(merged.provenance, path);
    return source.from === 'object' ? { before: source.path } : { at: patch.at(source.path, what) };
  });
  return [replaced(item, next)];
}

/**
 * Name, namespace, kind and apiVersion of a patch say which object is meant; they change nothing, unless the patch says
 * `allowNameChange`.
 */
function withoutIdentity(change: Fields, allowNameChange: boolean): Fields {
  const rest = withoutEntry(withoutEntry(change, 'apiVersion'), 'kind');
  const metadata = asMap(fieldAt(rest, 'metadata'));
  if (!metadata) return rest;
  const placed = withoutEntry(metadata, 'namespace');
  return withEntry(rest, 'metadata', allowNameChange ? placed : withoutEntry(placed, 'name'));
}

/** Is `item` the object a patch without target names? By kind, name and namespace, present or earlier. */
function names(change: Fields, item: Item): boolean {
  const { resource } = item;
  if (fieldAt(change, 'kind') !== resource.kind) return false;
  const apiVersion = asText(fieldAt(change, 'apiVersion'));
  if (groupOf(apiVersion) !== resource.group) return false;
  const metadata = fieldAt(change, 'metadata');
  const [name, namespace] = [asText(fieldAt(metadata, 'name')), asText(fieldAt(metadata, 'namespace'))];
  return idsOf(item).some((id) => id.name === name && sameNamespace(id, namespace));
}

function sameNamespace(id: EarlierId, namespace: string): boolean {
  return (id.namespace || 'default') === (namespace || 'default');
}

function groupOf(apiVersion: string): string {
  const slash = apiVersion.indexOf('/');
  return slash < 0 ? '' : apiVersion.slice(0, slash);
}

function targets(target: Fields, item: Item, patch: Patch, notes: Notes): boolean {
  const answer = isSelected(target, item);
  if (answer === undefined) {
    notes.add(
      `patch for ${item.resource.kind} ${item.resource.name}`,
      'its target is a regular expression that is not evaluated',
      patch.at([]),
    );
  }
  return answer === true;
}

/** Does a selector of kustomize mean the object? Undefined where it takes a regular expression that is not evaluated. */
export function isSelected(target: Fields, item: Item): boolean | undefined {
  const { resource } = item;
  const wanted = (key: string): string => asText(fieldAt(target, key));
  const version = resource.apiVersion.slice(resource.apiVersion.indexOf('/') + 1);
  const plain: [string, string][] = [
    ['group', resource.group],
    ['version', version],
    ['kind', resource.kind],
  ];
  for (const [key, actual] of plain) {
    if (wanted(key) !== '' && matchesNamePattern(wanted(key), actual) !== true) return false;
  }
  if (!selects(wanted('labelSelector'), resource.labels)) return false;
  if (!selects(wanted('annotationSelector'), resource.annotations)) return false;
  const answers = idsOf(item).map((id) => idMatches(id, wanted('name'), wanted('namespace')));
  if (answers.includes(true)) return true;
  return answers.includes(undefined) ? undefined : false;
}

function idMatches(id: EarlierId, name: string, namespace: string): boolean | undefined {
  const answers = [
    matchesNamePattern(name, id.name),
    matchesNamePattern(namespace, id.namespace || 'default'),
  ];
  if (answers.includes(false)) return false;
  return answers.includes(undefined) ? undefined : true;
}

function selects(selector: string, labels: Readonly<Record<string, string>>): boolean {
  return selector === '' || matchesSelectorText(selector, labels);
}
