import type { Location, Path } from '../vocabulary.ts';
import type { Repository } from '../render/repository.ts';
import type { Resource } from '../render/resource.ts';
import {
  asList,
  asMap,
  asText,
  fieldAt,
  isMapping,
  mappingAt,
  numberAt,
  scalarText,
  textAt,
  valueAt,
} from '../untyped.ts';
import { isSelected } from './apply-patch.ts';
import { withField } from './derived-resource.ts';
import { pathsAt } from './kustomize-field-path.ts';
import { idsOf, replaced, type Item } from './kustomize-item.ts';
import { MOST_CHANGES, type PatchHolder } from './kustomize-patches.ts';
import type { Notes } from './notes.ts';
import { resolvePath } from './repository-path.ts';

/** Longest text, in characters, and most values in what is copied or copied into: a copy into itself would double each time. */
const MOST = 1000;

/** One entry of `replacements:`: a field of one object, and the fields of others that it is copied into. */
interface Replacement {
  readonly source: unknown;
  readonly targets: readonly unknown[];
  readonly at: (path: Path) => Location;
}

/** What is copied, and where it is written. */
interface Copied {
  readonly value: unknown;
  readonly at: Location;
}

/** Targets and copied values of one kustomization that are still carried out. */
interface Budget {
  left: number;
}

/**
 * `items` with the `replacements` of a kustomization carried out, as kustomize does last of all. What is copied from an object
 * that is not seen is unknown where it goes to.
 */
export function withReplacements(
  items: readonly Item[],
  holder: PatchHolder,
  through: string,
  repository: Repository,
  notes: Notes,
): readonly Item[] {
  let current = items;
  const budget: Budget = { left: MOST_CHANGES };
  for (const replacement of replacementsOf(holder, repository, notes)) {
    if (budget.left < 0) break;
    const copied = copiedFrom(current, replacement, notes);
    for (const target of replacement.targets) {
      if (budget.left-- <= 0) break;
      current = current.map((item) =>
        isMeant(target, item, replacement, notes)
          ? replaced(item, withCopy(item.resource, target, copied, through, budget))
          : item,
      );
    }
  }
  if (budget.left < 0) {
    const why = `those after the first ${MOST_CHANGES} values and targets are not carried out`;
    notes.add('kustomize replacements', why, holder.at(['replacements']));
  }
  return current;
}

/** Those written in place, and those in files: one, or a list of them. */
function replacementsOf(holder: PatchHolder, repository: Repository, notes: Notes): Replacement[] {
  return asList(fieldAt(holder.value, 'replacements')).flatMap((entry, index) => {
    const path: Path = ['replacements', index];
    const named = textAt(entry, 'path');
    if (named === '') return replacementOf(entry, (inner) => holder.at([...path, ...inner]));
    const resolved = resolvePath(holder.dir, named);
    const file = resolved === undefined ? undefined : repository.files.get(resolved);
    if (!file) notes.add(`kustomize replacement ${named}`, 'the file cannot be read', holder.at(path));
    return (file?.parsed.documents ?? []).flatMap((document) => {
      const at = (inner: Path) => ({ file: file?.path ?? '', ...document.locate(inner) });
      if (!Array.isArray(document.value)) return replacementOf(document.value, at);
      return document.value.flatMap((one, i) => replacementOf(one, (inner) => at([i, ...inner])));
    });
  });
}

function replacementOf(value: unknown, at: Replacement['at']): Replacement[] {
  return asMap(value)
    ? [{ source: fieldAt(value, 'source'), targets: asList(fieldAt(value, 'targets')), at }]
    : [];
}

function copiedFrom(items: readonly Item[], { source, at }: Replacement, notes: Notes): Copied {
  const [kind, name] = [textAt(source, 'kind'), textAt(source, 'name')];
  const [found, ...others] = items.filter((item) => isSource(source, item));
  const path = found && pathsAt(found.resource.body, textAt(source, 'fieldPath') || 'metadata.name')[0];
  const whole = found && path && others.length === 0 ? valueAt(found.resource.body, path) : undefined;
  const value = partOf(whole, mappingAt(source, 'options'));
  if (found && path && value !== undefined && sizeOf(value) <= MOST)
    return { value, at: found.resource.origin.at(path) };
  const what = `${kind} ${name}`.trim();
  notes.add(`kustomize replacement from ${what}`, 'the value that is copied is not seen', at(['source']));
  return { value: `$(${what || 'unseen'})`, at: at(['source']) };
}

/** A source is named in full, by its present or an earlier name. */
function isSource(source: unknown, item: Item): boolean {
  const { group, kind, apiVersion } = item.resource;
  const is = (key: string, actual: string): boolean => ['', actual].includes(textAt(source, key));
  return (
    is('group', group) &&
    is('kind', kind) &&
    is('version', apiVersion.slice(apiVersion.indexOf('/') + 1)) &&
    idsOf(item).some((id) => is('name', id.name) && is('namespace', id.namespace || 'default'))
  );
}

/** Is the object selected and not rejected? A selector that is not evaluated means nothing, which is told. */
function isMeant(target: unknown, item: Item, { at }: Replacement, notes: Notes): boolean {
  const means = (selector: unknown): boolean => {
    const fields = asMap(selector);
    const answer = fields ? isSelected(fields, item) : false;
    if (answer === undefined) {
      const what = `kustomize replacement in ${item.resource.kind} ${item.resource.name}`;
      notes.add(what, 'its target is a regular expression that is not evaluated', at(['targets']));
    }
    return answer === true;
  };
  return means(fieldAt(target, 'select')) && !asList(fieldAt(target, 'reject')).some(means);
}

function withCopy(
  resource: Resource,
  target: unknown,
  { value, at }: Copied,
  through: string,
  budget: Budget,
): Resource {
  const options = mappingAt(target, 'options');
  const written = asList(fieldAt(target, 'fieldPaths')).map(asText);
  const create = fieldAt(options, 'create') === true;
  let current = resource;
  for (const path of (written.length > 0 ? written : ['metadata.name']).flatMap((one) =>
    pathsAt(resource.body, one, create),
  )) {
    if (budget.left-- <= 0) break;
    const old = valueAt(current.body, path);
    const next = alike(old, splicedInto(old, value, options));
    const signature = `replacement ${JSON.stringify([path, next])}@${at.file}:${at.line}`;
    current = withField(current, path, next, { name: through, signature }, () => at);
  }
  return current;
}

/** `options.delimiter` and `index` of a source: one part of the text. */
function partOf(value: unknown, options: unknown): unknown {
  const delimiter = textAt(options, 'delimiter');
  if (delimiter === '') return value;
  return scalarText(value)?.split(delimiter)[numberAt(options, 'index') ?? 0];
}

/** `options.delimiter` and `index` of a target: before the first part, after the last one, or in place of one. */
function splicedInto(old: unknown, value: unknown, options: unknown): unknown {
  const delimiter = textAt(options, 'delimiter');
  const [text, piece] = [scalarText(old), scalarText(value)];
  if (delimiter === '') return value;
  if (text === undefined || piece === undefined || text.length > MOST) return old;
  const parts = text.split(delimiter);
  const index = numberAt(options, 'index') ?? 0;
  if (index < 0) return [piece, ...parts].join(delimiter);
  if (index >= parts.length) return [...parts, piece].join(delimiter);
  return parts.with(index, piece).join(delimiter);
}

/** A scalar takes the place of another without changing its type: `"80"` in the place of a number is one. */
function alike(old: unknown, value: unknown): unknown {
  const text = scalarText(value);
  if (text === undefined) return value;
  if (typeof old === 'string') return text;
  if (typeof old === 'number' && /^-?\d+(?:\.\d+)?$/.test(text)) return Number(text);
  if (typeof old === 'boolean' && /^(?:true|false)$/.test(text)) return text === 'true';
  return value;
}

/** Characters of a text, values in anything else; counted no further than it matters. */
function sizeOf(value: unknown): number {
  if (typeof value === 'string') return value.length;
  const pending = [value];
  let size = 0;
  while (pending.length > 0 && size <= MOST) {
    const one = pending.pop();
    size += typeof one === 'string' ? 1 + one.length / MOST : 1;
    if (Array.isArray(one) || isMapping(one)) for (const inner of Object.values(one)) pending.push(inner);
  }
  return size;
}
