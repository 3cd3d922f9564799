import type { Path } from '../../vocabulary.ts';
import type { Resource } from '../../render/resource.ts';
import { fieldAt, isMapping, listAt, mappingAt, textAt } from '../../untyped.ts';
import type { ArgoApplication } from './argo-sources.ts';

/** One element of a list generator, and where it stands. */
interface Element {
  readonly values: Readonly<Record<string, unknown>>;
  readonly path: Path;
}

/** More elements than any set has; a bound on what a stranger's file makes us do. */
const MAX_APPLICATIONS = 200;

/**
 * The applications of an ApplicationSet: one for each element of its list generators, with the element's values filled in.
 * Placeholders of other generators (clusters, git files) stay as they are: unknown.
 */
export function applicationsOfSet(set: Resource): ArgoApplication[] {
  const elements = listAt(set.body, 'spec', 'generators').flatMap((generator, index) =>
    elementsOf(generator, ['spec', 'generators', index]),
  );
  const template = mappingAt(set.body, 'spec', 'template');
  if (elements.length === 0) elements.push({ values: {}, path: ['spec', 'generators'] });
  return elements.slice(0, MAX_APPLICATIONS).map((element) => ({
    name: filled(textAt(template, 'metadata', 'name'), element, new Set()) as string,
    spec: mappingAt({ spec: filled(mappingAt(template, 'spec'), element, new Set()) }, 'spec'),
    at: (path) => set.origin.at(sourceOf(path, element, template) ?? ['spec', 'template', 'spec', ...path]),
  }));
}

/** Elements of a list generator, or of the list generators inside a matrix or merge. */
function elementsOf(generator: unknown, path: Path): Element[] {
  const own = listAt(generator, 'list', 'elements').flatMap((element, index) =>
    isMapping(element) ? [{ values: element, path: [...path, 'list', 'elements', index] }] : [],
  );
  const combined = ['matrix', 'merge'].flatMap((kind) =>
    listAt(generator, kind, 'generators').flatMap((inner, index) =>
      elementsOf(inner, [...path, kind, 'generators', index]),
    ),
  );
  return [...own, ...combined];
}

/** `{{ .a.b }}` (Go templates) and `{{a.b}}` (fasttemplate); anything more is left alone. */
const PLACEHOLDER = /\{\{-?\s*\.?([\w.-]+?)\s*-?\}\}/g;

function filled(value: unknown, element: Element, inside: Set<unknown>): unknown {
  if (typeof value === 'string') {
    return value.replace(PLACEHOLDER, (whole, name: string) => valueFor(name, element)?.text ?? whole);
  }
  if (typeof value !== 'object' || value === null || inside.has(value)) return value;
  inside.add(value);
  const copy = Array.isArray(value)
    ? value.map((item) => filled(item, element, inside))
    : Object.fromEntries(Object.entries(value).map(([key, item]) => [key, filled(item, element, inside)]));
  inside.delete(value);
  return copy;
}

/** The element's value that a placeholder names: a path of keys, or one key that holds dots. */
function valueFor(
  name: string,
  element: Element,
): { readonly text: string; readonly path: Path } | undefined {
  for (const path of [name.split('.'), [name]]) {
    const found = fieldAt(element.values, ...path);
    if (typeof found === 'string' || typeof found === 'number') return { text: String(found), path };
  }
  return undefined;
}

/** Where a person would edit a field that is one placeholder: in the element. */
function sourceOf(path: Path, element: Element, template: unknown): Path | undefined {
  const written = fieldAt(template, 'spec', ...path);
  if (typeof written !== 'string') return undefined;
  const [only, ...more] = [...written.matchAll(PLACEHOLDER)];
  const found = more.length === 0 ? valueFor(only?.[1] ?? '', element) : undefined;
  return found && [...element.path, ...found.path];
}
