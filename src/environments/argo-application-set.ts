import type { Location, Path } from '../vocabulary.ts';
import type { Resource } from '../render/resource.ts';
import { argoClusters, isSelected } from './argo-cluster-secrets.ts';
import { transformed } from './derived-resource.ts';
import { locationIn } from './kustomization.ts';
import { objectsOf } from './manifest-files.ts';
import { asList, asMap, asText, fieldAt, scalarText, valueAt, type Fields } from '../untyped.ts';
import { withEntry } from './with-value.ts';
import { baseName, isUnder, parentOf } from './repository-path.ts';
import { matchesPathGlob } from './path-glob.ts';
import type { Workspace } from './workspace.ts';

/** A value that a generator gives, and where the repository says it, in which file besides the set's own. */
interface Parameter {
  readonly text: string;
  readonly at?: () => Location;
  readonly file?: string;
}

/** Parameters of one Application: dotted names, `destination.name`, `path.basename`. */
type Parameters = ReadonlyMap<string, Parameter>;

/** An Application that a set makes, and the files its parameters come from. */
export interface MadeApplication {
  readonly resource: Resource;
  readonly files: readonly string[];
}

type PlaceOf = (path: Path) => Location;

/** More Applications than this of one set are not expanded. */
const MAX_APPLICATIONS = 500;

export function isApplicationSet({ group, kind }: Resource): boolean {
  return group === 'argoproj.io' && kind === 'ApplicationSet';
}

/**
 * The Applications a set makes, as far as the repository says: list generators, Git directories and files, clusters that the
 * repository registers, matrices and merges of them. One Application with its placeholders left when a generator asks Argo CD
 * (other clusters, pull requests, plugins).
 */
export function applicationsOf(set: Resource, workspace: Workspace): MadeApplication[] {
  const generators = asList(valueAt(set.body, ['spec', 'generators']));
  const rows = generators.flatMap((generator, index) => {
    const at: PlaceOf = (path) => set.origin.at(['spec', 'generators', index, ...path]);
    return parametersOf(generator, workspace, at) ?? [NO_PARAMETERS];
  });
  return rows.slice(0, MAX_APPLICATIONS).flatMap((parameters) => instance(set, parameters));
}

const NO_PARAMETERS: Parameters = new Map<string, Parameter>();

function parametersOf(generator: unknown, workspace: Workspace, at: PlaceOf): Parameters[] | undefined {
  const list = fieldAt(generator, 'list');
  if (list !== undefined) {
    return asList(fieldAt(list, 'elements')).map((element, index) =>
      flattened(element, { at: (path) => at(['list', 'elements', index, ...path]) }),
    );
  }
  const git = fieldAt(generator, 'git');
  if (git !== undefined) return gitParameters(git, workspace);
  const clusters = fieldAt(generator, 'clusters');
  if (clusters !== undefined) return clusterParameters(clusters, workspace);
  const matrix = fieldAt(generator, 'matrix');
  if (matrix !== undefined) {
    return asList(fieldAt(matrix, 'generators')).reduce<Parameters[]>(
      (rows, next, index) => {
        const inside: PlaceOf = (path) => at(['matrix', 'generators', index, ...path]);
        const more = parametersOf(next, workspace, inside) ?? [NO_PARAMETERS];
        const crossed = rows.flatMap((row) => more.map((extra) => new Map([...row, ...extra])));
        return crossed.slice(0, MAX_APPLICATIONS);
      },
      [NO_PARAMETERS],
    );
  }
  const merge = fieldAt(generator, 'merge');
  return merge === undefined ? undefined : mergedParameters(merge, workspace, at);
}

/** The rows of the first generator, each with what the others say of the row with the same keys. */
function mergedParameters(merge: unknown, workspace: Workspace, at: PlaceOf): Parameters[] | undefined {
  const keys = asList(fieldAt(merge, 'mergeKeys')).map(asText);
  const [first, ...rest] = asList(fieldAt(merge, 'generators')).map((one, index) =>
    parametersOf(one, workspace, (path) => at(['merge', 'generators', index, ...path])),
  );
  return first?.map((row) =>
    rest.reduce<Parameters>((known, rows) => {
      const more = rows?.find((other) => keys.every((key) => other.get(key)?.text === row.get(key)?.text));
      return more ? new Map([...known, ...more]) : known;
    }, row),
  );
}

/** The clusters the repository registers; `undefined` when it registers none that fits: then only Argo CD knows them. */
function clusterParameters(generator: unknown, workspace: Workspace): Parameters[] | undefined {
  const selector = fieldAt(generator, 'selector');
  if (asList(fieldAt(selector, 'matchExpressions')).length > 0) return undefined;
  const objects = [...workspace.repository.files.values()].flatMap(objectsOf);
  const clusters = argoClusters(objects).filter((cluster) => isSelected(cluster, selector));
  const own = flattened(fieldAt(generator, 'values'), { prefix: 'values.' });
  const rows = clusters.map(({ name, server, labels, annotations, origin }) => {
    const { file } = origin;
    const metadata = flattened(
      { metadata: { labels, annotations } },
      { at: (path) => origin.at(path), file },
    );
    const known = [
      ['name', { text: name, file }],
      ['nameNormalized', { text: name.toLowerCase().replace(/[^a-z0-9.-]/g, '-'), file }],
      ['server', { text: server, file }],
    ] as const;
    return new Map<string, Parameter>([...own, ...metadata, ...known]);
  });
  return rows.length > 0 ? rows : undefined;
}

function gitParameters(git: unknown, workspace: Workspace): Parameters[] {
  const rows = asList(fieldAt(git, 'files')).flatMap((entry) => {
    const glob = asText(fieldAt(entry, 'path'));
    return [...workspace.repository.files.values()]
      .filter(({ path }) => matchesPathGlob(glob, path))
      .map(({ path: file, parsed }) => {
        const [document] = parsed.documents;
        const at: PlaceOf | undefined = document && ((path) => locationIn(file, document, path));
        const inside = flattened(document?.value, { file, ...(at && { at }) });
        return new Map([...inside, ...pathParameters(parentOf(file))]);
      });
  });
  const directories = asList(fieldAt(git, 'directories'));
  const patterns = (excluded: boolean): string[] =>
    directories
      .filter((entry) => (fieldAt(entry, 'exclude') === true) === excluded)
      .map((entry) => asText(fieldAt(entry, 'path')));
  const out = patterns(true);
  for (const dir of workspace.directories.all) {
    if (!patterns(false).some((glob) => matchesPathGlob(glob, dir))) continue;
    if (!out.some((glob) => matchesPathGlob(glob, dir) || isUnder(dir, glob))) rows.push(pathParameters(dir));
  }
  return rows;
}

function pathParameters(dir: string): Map<string, Parameter> {
  const parameters = new Map<string, string>([
    ['path', dir],
    ['path.path', dir],
    ['path.basename', baseName(dir)],
    ['path.basenameNormalized', baseName(dir).replace(/[^\w.-]/g, '-')],
  ]);
  dir.split('/').forEach((segment, index) => {
    parameters.set(`path[${index}]`, segment);
    parameters.set(`path.segments[${index}]`, segment);
  });
  return new Map([...parameters].map(([name, text]) => [name, { text }]));
}

interface Source {
  readonly prefix?: string;
  readonly at?: PlaceOf;
  readonly file?: string;
}

function flattened(value: unknown, source: Source = {}, inside: Path = []): Map<string, Parameter> {
  const { prefix = '', at, file } = source;
  const result = new Map<string, Parameter>();
  for (const [key, item] of Object.entries(asMap(value) ?? {})) {
    const text = scalarText(item);
    const path = [...inside, key];
    const name = prefix + path.join('.');
    if (text !== undefined) {
      result.set(name, { text, ...(at && { at: () => at(path) }), ...(file !== undefined && { file }) });
    } else if (inside.length < 8)
      for (const [inner, leaf] of flattened(item, source, path)) result.set(inner, leaf);
  }
  return result;
}

/** The set's template with its parameters filled in; it points at the template's lines, and at those of its parameters. */
function instance(set: Resource, parameters: Parameters): MadeApplication[] {
  const template = asMap(valueAt(set.body, ['spec', 'template']));
  if (!template) return [];
  const filled = asMap(fillIn(template, parameters)) ?? template;
  const metadata = asMap(fieldAt(filled, 'metadata')) ?? {};
  const body: Fields = {
    ...filled,
    apiVersion: set.apiVersion,
    kind: 'Application',
    metadata: { namespace: set.namespace, ...metadata },
  };
  const given = [...parameters].map(([parameter, { text, at }]) => [parameter, text, at?.()]);
  const signature = `instance ${JSON.stringify(given)}`;
  const name = `ApplicationSet ${set.name}`;
  const resource = transformed(set, body, { name, signature }, (path) => {
    const at = parameters.get(WHOLE.exec(asText(valueAt(template, path)))?.[1] ?? '')?.at?.();
    return at ? { at } : { before: ['spec', 'template', ...path] };
  });
  const files = [...parameters.values()].flatMap(({ file }) => file ?? []);
  return [{ resource, files: [...new Set(files)] }];
}

const PARAMETER = /\{\{-?\s*\.?([\w.\-[\]]{1,200})\s*-?\}\}/g;
/** A value that is one parameter and nothing else. */
const WHOLE = new RegExp(`^${PARAMETER.source}$`);
const INDEXED = /\{\{\s*index\s+\.path\.segments\s+(\d+)\s*\}\}/g;

function fillIn(value: unknown, parameters: Parameters): unknown {
  if (typeof value === 'string') {
    if (!value.includes('{{')) return value;
    return value
      .replace(INDEXED, (whole, index: string) => parameters.get(`path.segments[${index}]`)?.text ?? whole)
      .replace(PARAMETER, (whole, name: string) => parameters.get(name)?.text ?? whole);
  }
  if (Array.isArray(value)) return value.map((item: unknown) => fillIn(item, parameters));
  const map = asMap(value);
  if (!map) return value;
  return Object.keys(map).reduce<Fields>(
    (current, key) => withEntry(current, key, fillIn(map[key], parameters)),
    {},
  );
}
