import type { Resource } from '../render/resource.ts';
import { argoClusters, isSelected } from './argo-cluster-secrets.ts';
import { transformed } from './derived-resource.ts';
import { objectsOf } from './manifest-files.ts';
import { asList, asMap, asText, fieldAt, scalarText, valueAt, type Fields } from '../untyped.ts';
import { withEntry } from './with-value.ts';
import { baseName, isUnder, parentOf } from './repository-path.ts';
import { matchesPathGlob } from './path-glob.ts';
import type { Workspace } from './workspace.ts';

/** Parameters of one Application: dotted names, `destination.name`, `path.basename`. */
type Parameters = ReadonlyMap<string, string>;

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
export function applicationsOf(set: Resource, workspace: Workspace): Resource[] {
  const generators = asList(valueAt(set.body, ['spec', 'generators']));
  const rows = generators.flatMap((generator) => parametersOf(generator, workspace) ?? [NO_PARAMETERS]);
  return rows.slice(0, MAX_APPLICATIONS).flatMap((parameters) => instance(set, parameters));
}

const NO_PARAMETERS: Parameters = new Map<string, string>();

function parametersOf(generator: unknown, workspace: Workspace): Parameters[] | undefined {
  const list = fieldAt(generator, 'list');
  if (list !== undefined) return asList(fieldAt(list, 'elements')).map((element) => flattened(element));
  const git = fieldAt(generator, 'git');
  if (git !== undefined) return gitParameters(git, workspace);
  const clusters = fieldAt(generator, 'clusters');
  if (clusters !== undefined) return clusterParameters(clusters, workspace);
  const matrix = fieldAt(generator, 'matrix');
  if (matrix !== undefined) {
    return asList(fieldAt(matrix, 'generators')).reduce<Parameters[]>(
      (rows, next) => {
        const more = parametersOf(next, workspace) ?? [NO_PARAMETERS];
        const crossed = rows.flatMap((row) => more.map((extra) => new Map([...row, ...extra])));
        return crossed.slice(0, MAX_APPLICATIONS);
      },
      [NO_PARAMETERS],
    );
  }
  const merge = fieldAt(generator, 'merge');
  return merge === undefined ? undefined : mergedParameters(merge, workspace);
}

/** The rows of the first generator, each with what the others say of the row with the same keys. */
function mergedParameters(merge: unknown, workspace: Workspace): Parameters[] | undefined {
  const keys = asList(fieldAt(merge, 'mergeKeys')).map(asText);
  const [first, ...rest] = asList(fieldAt(merge, 'generators')).map((one) => parametersOf(one, workspace));
  return first?.map((row) =>
    rest.reduce<Parameters>((known, rows) => {
      const more = rows?.find((other) => keys.every((key) => other.get(key) === row.get(key)));
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
  const own = flattened(fieldAt(generator, 'values'), 'values.');
  const rows = clusters.map(({ name, server, labels, annotations }) => {
    const metadata = flattened({ metadata: { labels, annotations } });
    const known = [
      ['name', name],
      ['nameNormalized', name.toLowerCase().replace(/[^a-z0-9.-]/g, '-')],
      ['server', server],
    ] as const;
    return new Map([...own, ...metadata, ...known]);
  });
  return rows.length > 0 ? rows : undefined;
}

function gitParameters(git: unknown, workspace: Workspace): Parameters[] {
  const rows = asList(fieldAt(git, 'files')).flatMap((entry) => {
    const glob = asText(fieldAt(entry, 'path'));
    return [...workspace.repository.files.values()]
      .filter(({ path }) => matchesPathGlob(glob, path))
      .map(
        (file) =>
          new Map([...flattened(file.parsed.documents[0]?.value), ...pathParameters(parentOf(file.path))]),
      );
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

function pathParameters(dir: string): Map<string, string> {
  const parameters = new Map([
    ['path', dir],
    ['path.path', dir],
    ['path.basename', baseName(dir)],
    ['path.basenameNormalized', baseName(dir).replace(/[^\w.-]/g, '-')],
  ]);
  dir.split('/').forEach((segment, index) => {
    parameters.set(`path[${index}]`, segment);
    parameters.set(`path.segments[${index}]`, segment);
  });
  return parameters;
}

function flattened(value: unknown, prefix = '', depth = 0): Map<string, string> {
  const result = new Map<string, string>();
  for (const [key, item] of Object.entries(asMap(value) ?? {})) {
    const text = scalarText(item);
    if (text !== undefined) result.set(prefix + key, text);
    else if (depth < 8)
      for (const [inner, leaf] of flattened(item, `${prefix}${key}.`, depth + 1)) result.set(inner, leaf);
  }
  return result;
}

/** The set's template with its parameters filled in; it points at the template's lines. */
function instance(set: Resource, parameters: Parameters): Resource[] {
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
  const signature = `instance ${JSON.stringify([...parameters])}`;
  const name = `ApplicationSet ${set.name}`;
  return [transformed(set, body, { name, signature }, (path) => ({ before: ['spec', 'template', ...path] }))];
}

const PARAMETER = /\{\{-?\s*\.?([\w.\-[\]]{1,200})\s*-?\}\}/g;
const INDEXED = /\{\{\s*index\s+\.path\.segments\s+(\d+)\s*\}\}/g;

function fillIn(value: unknown, parameters: Parameters): unknown {
  if (typeof value === 'string') {
    if (!value.includes('{{')) return value;
    return value
      .replace(INDEXED, (whole, index: string) => parameters.get(`path.segments[${index}]`) ?? whole)
      .replace(PARAMETER, (whole, name: string) => parameters.get(name) ?? whole);
  }
  if (Array.isArray(value)) return value.map((item: unknown) => fillIn(item, parameters));
  const map = asMap(value);
  if (!map) return value;
  return Object.keys(map).reduce<Fields>(
    (current, key) => withEntry(current, key, fillIn(map[key], parameters)),
    {},
  );
}
