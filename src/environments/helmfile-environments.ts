import type { Repository, RepositoryFile } from '../render/repository.ts';
import { parentOf, resolvePath } from './repository-path.ts';
import { asList, asMap, asText, fieldAt, scalarText, valueAt, type Fields } from '../untyped.ts';
import { withEntry } from './with-value.ts';
import { mergedValues, valuesFile, type ValuesLayer } from './values-layers.ts';

/** What a helmfile's templates see of the environment it is applied to. */
export interface HelmfileEnvironment {
  readonly name: string;
  readonly values: Fields;
  /** Values files of it that are in this repository. */
  readonly files: readonly string[];
}

/** Without `environments:`, and for `helmfile apply` without `-e`. */
const DEFAULT_NAME = 'default';

/** The environments a helmfile names; `default` when it names no other. */
export function helmfileEnvironments(file: RepositoryFile, repository: Repository): HelmfileEnvironment[] {
  const written = new Map<string, unknown>();
  for (const { value } of file.parsed.documents) {
    for (const [name, one] of Object.entries(asMap(fieldAt(value, 'environments')) ?? {}))
      written.set(name, one);
  }
  const named = [...written.keys()].filter((name) => name !== DEFAULT_NAME);
  return (named.length > 0 ? named : [DEFAULT_NAME]).map((name) => {
    const files: string[] = [];
    const layers = asList(fieldAt(written.get(name), 'values')).flatMap((entry): ValuesLayer[] => {
      const inline = asMap(entry);
      if (inline)
        return [{ values: inline, at: () => ({ file: file.path, line: 1, column: 1, endLine: 1 }) }];
      const path = resolvePath(parentOf(file.path), asText(entry));
      const layer = path === undefined ? undefined : valuesFile(path, repository);
      if (path === undefined || !layer) return [];
      files.push(path);
      return [layer];
    });
    return { name, values: mergedValues(layers), files };
  });
}

const NAME = /\{\{-?\s*\.Environment\.Name\s*-?\}\}/g;
const VALUE = /\{\{-?\s*\.(?:Values|StateValues|Environment\.Values)\.([\w.]{1,200})\s*-?\}\}/g;

/** A value of a helmfile with what is known of the environment filled in; other templates stay, and read as placeholders. */
export function filledIn(value: unknown, environment: HelmfileEnvironment): unknown {
  if (typeof value === 'string') {
    if (!value.includes('{{')) return value;
    return value.replace(NAME, environment.name).replace(VALUE, (whole, path: string) => {
      return scalarText(valueAt(environment.values, path.split('.'))) ?? whole;
    });
  }
  if (Array.isArray(value)) return value.map((item: unknown) => filledIn(item, environment));
  const map = asMap(value);
  if (!map) return value;
  return Object.keys(map).reduce<Fields>(
    (filled, key) => withEntry(filled, key, filledIn(map[key], environment)),
    {},
  );
}
