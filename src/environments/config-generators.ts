import type { Location, Path } from '../vocabulary.ts';
import { toResource } from '../render/plain.ts';
import type { Repository } from '../render/repository.ts';
import { asList, asMap, asText, fieldAt, scalarText, type Fields } from '../untyped.ts';
import { withEntry } from './with-value.ts';
import { baseName, resolvePath } from './repository-path.ts';
import { transformed } from './derived-resource.ts';
import { itemOf, replaced, type Item } from './kustomize-item.ts';
import type { Kustomization } from './kustomization.ts';
import type { Notes } from './notes.ts';

/** Texts of the files generators read, by path. Read before the build, which waits for nothing. */
export type GeneratorInputs = ReadonlyMap<string, string>;

/** Reads every file that a generator of these kustomizations names. */
export async function readGeneratorInputs(
  repository: Repository,
  kustomizations: Iterable<Kustomization>,
): Promise<GeneratorInputs> {
  const inputs = new Map<string, string>();
  for (const kustomization of kustomizations) {
    for (const generator of asList(fieldAt(kustomization.value, 'configMapGenerator'))) {
      for (const { path } of filesOf(generator, kustomization.dir)) {
        const text = inputs.has(path) || !repository.has(path) ? undefined : await repository.text(path);
        if (text !== undefined) inputs.set(path, text);
      }
    }
  }
  return inputs;
}

/**
 * `configMapGenerator` and `secretGenerator`: the objects under their plain names. The hash kustomize appends is left out
 * on purpose, as references in the same build are written without it. Contents of Secrets are never read.
 */
export function withGenerated(
  items: readonly Item[],
  kustomization: Kustomization,
  inputs: GeneratorInputs,
  notes: Notes,
): Item[] {
  let current = [...items];
  for (const [key, kind] of GENERATORS) {
    for (const [index, generator] of asList(fieldAt(kustomization.value, key)).entries()) {
      const at = kustomization.at([key, index]);
      const data = kind === 'ConfigMap' ? dataOf(generator, kustomization.dir, inputs, notes, at) : {};
      const places =
        kind === 'ConfigMap' ? placesOf(generator, [key, index], kustomization, inputs) : NOWHERE;
      current = placed(current, generator, { kind, data, places, at, kustomization });
    }
  }
  return current;
}

const GENERATORS = [
  ['configMapGenerator', 'ConfigMap'],
  ['secretGenerator', 'Secret'],
] as const;

/** Where what stands under a key of the data is written: a file, a line of an env file, a literal. With the text of its lines. */
type Places = ReadonlyMap<string, { readonly at: Location; readonly text: string }>;

interface Generated {
  readonly kind: string;
  readonly data: Fields;
  readonly places: Places;
  readonly at: Location;
  readonly kustomization: Kustomization;
}

function placed(items: readonly Item[], generator: unknown, generated: Generated): Item[] {
  const { kind, data, places, at, kustomization } = generated;
  const place = (path: Path) => (path[0] === 'data' ? places.get(String(path[1])) : undefined);
  const placeOf = (path: Path): Location => place(path)?.at ?? at;
  const lines = (path: Path) => {
    const found = place(path);
    return found && { file: found.at.file, startLine: found.at.line, text: found.text };
  };
  const name = asText(fieldAt(generator, 'name'));
  const behavior = asText(fieldAt(generator, 'behavior'));
  const through = { name: `kustomize ${kustomization.dir || '.'}`, signature: signatureOf(generated, name) };
  const existing = items.findIndex(({ resource }) => resource.kind === kind && resource.name === name);
  const found = items[existing];
  if (found && (behavior === 'merge' || behavior === 'replace')) {
    const before = behavior === 'merge' ? asMap(fieldAt(found.resource.body, 'data')) : undefined;
    const body = withEntry(found.resource.body, 'data', { ...before, ...data });
    const next = transformed(found.resource, body, through, (path) =>
      path[0] === 'data' && (path[1] === undefined || Object.hasOwn(data, path[1]))
        ? { at: placeOf(path) }
        : { before: path },
    );
    return items.map((item, index) => (index === existing ? replaced(item, next) : item));
  }
  const namespace = asText(fieldAt(generator, 'namespace'));
  const options = fieldAt(generator, 'options');
  const metadata = {
    name,
    ...(namespace === '' ? {} : { namespace }),
    ...only('labels', fieldAt(options, 'labels')),
    ...only('annotations', fieldAt(options, 'annotations')),
  };
  const body = { apiVersion: 'v1', kind, metadata, ...(Object.keys(data).length > 0 ? { data } : {}) };
  const origin = { file: kustomization.file, through: [through.name], at: placeOf, lines };
  const made = toResource(body, origin, through.signature);
  return made ? [...items, itemOf(made)] : [...items];
}

function only(key: string, value: unknown): Fields {
  return value === undefined ? {} : { [key]: value };
}

function signatureOf({ kind, data, at }: Generated, name: string): string {
  return `${kind} ${name} ${JSON.stringify(data)}@${at.file}:${at.line}`;
}

function dataOf(
  generator: unknown,
  dir: string,
  inputs: GeneratorInputs,
  notes: Notes,
  at: Location,
): Fields {
  let data: Fields = {};
  for (const { key, path } of filesOf(generator, dir)) {
    const text = inputs.get(path);
    if (text === undefined) notes.add('files of generated ConfigMaps', 'they cannot be read', at);
    else if (key === undefined) data = { ...data, ...environmentFile(text) };
    else data = withEntry(data, key, text);
  }
  for (const literal of asList(fieldAt(generator, 'literals'))) {
    const text = scalarText(literal) ?? '';
    const equals = text.indexOf('=');
    if (equals > 0) data = withEntry(data, text.slice(0, equals), unquoted(text.slice(equals + 1)));
  }
  return data;
}

const NOWHERE: Places = new Map();

/** Each file from its first line to its last, so that a line of the text is that line of the file. */
function placesOf(
  generator: unknown,
  path: Path,
  kustomization: Kustomization,
  inputs: GeneratorInputs,
): Places {
  const places = new Map<string, { at: Location; text: string }>();
  for (const { key, path: file } of filesOf(generator, kustomization.dir)) {
    const lines = (inputs.get(file) ?? '').replace(/\n$/, '').split('\n');
    if (key !== undefined) {
      places.set(key, { at: { file, line: 1, column: 1, endLine: lines.length }, text: lines.join('\n') });
      continue;
    }
    for (const [index, text] of lines.entries()) {
      const name = text.slice(0, Math.max(0, text.indexOf('=')));
      places.set(name, { at: { file, line: index + 1, column: 1, endLine: index + 1 }, text });
    }
  }
  for (const [index, literal] of asList(fieldAt(generator, 'literals')).entries()) {
    const at = kustomization.at([...path, 'literals', index]);
    const name = (scalarText(literal) ?? '').split('=')[0] ?? '';
    places.set(name, { at, text: kustomization.textOf(at.line, at.endLine) });
  }
  return places;
}

/** Files become keys; `key` is absent for env files, whose lines become keys. */
function filesOf(generator: unknown, dir: string): { key: string | undefined; path: string }[] {
  const found: { key: string | undefined; path: string }[] = [];
  const add = (key: string | undefined, relative: string): void => {
    const path = relative === '' ? undefined : resolvePath(dir, relative);
    if (path !== undefined) found.push({ key, path });
  };
  for (const env of [fieldAt(generator, 'env'), ...asList(fieldAt(generator, 'envs'))])
    add(undefined, asText(env));
  for (const item of asList(fieldAt(generator, 'files')).map(asText)) {
    const equals = item.indexOf('=');
    const relative = item.slice(equals + 1);
    add(equals > 0 ? item.slice(0, equals) : baseName(relative), relative);
  }
  return found;
}

function environmentFile(text: string): Fields {
  let data: Fields = {};
  for (const line of text.split(/\r?\n/)) {
    const equals = line.indexOf('=');
    if (equals > 0 && !line.startsWith('#'))
      data = withEntry(data, line.slice(0, equals), line.slice(equals + 1));
  }
  return data;
}

function unquoted(text: string): string {
  const quote = text[0];
  return text.length > 1 && (quote === '"' || quote === "'") && text.endsWith(quote)
    ? text.slice(1, -1)
    : text;
}
