import type { Location, Path } from '../vocabulary.ts';
import type { Repository, RepositoryFile } from '../render/repository.ts';
import type { Document } from '../yaml/document.ts';
import { locationIn } from './kustomization.ts';
import { parentOf, resolvePath } from './repository-path.ts';
import { asList, asMap, asText, fieldAt, scalarText, valueAt, type Fields } from '../untyped.ts';
import { withEntry } from './with-value.ts';
import { mergedValues, placeOfValue, valuesFile, type ValuesLayer } from './values-layers.ts';

/** What a helmfile's templates see of the environment it is applied to. */
export interface HelmfileEnvironment {
  readonly name: string;
  readonly values: Fields;
  /** Values files of it that are in this repository. */
  readonly files: readonly string[];
  /** Where one of the values stands. */
  readonly at: (path: Path) => Location | undefined;
}

/** Without `environments:`, and for `helmfile apply` without `-e`. */
const DEFAULT_NAME = 'default';

/** The environments a helmfile names; `default` when it names no other. */
export function helmfileEnvironments(file: RepositoryFile, repository: Repository): HelmfileEnvironment[] {
  const written = new Map<string, { readonly one: unknown; readonly document: Document }>();
  for (const document of file.parsed.documents) {
    for (const [name, one] of Object.entries(asMap(fieldAt(document.value, 'environments')) ?? {}))
      written.set(name, { one, document });
  }
  const named = [...written.keys()].filter((name) => name !== DEFAULT_NAME);
  return (named.length > 0 ? named : [DEFAULT_NAME]).map((name) => {
    const files: string[] = [];
    const { one, document } = written.get(name) ?? {};
    const layers = asList(fieldAt(one, 'values')).flatMap((entry, index): ValuesLayer[] => {
      const inline = asMap(entry);
      if (inline && document) {
        const base: Path = ['environments', name, 'values', index];
        return [{ values: inline, at: (path) => locationIn(file.path, document, [...base, ...path]) }];
      }
      const path = resolvePath(parentOf(file.path), asText(entry));
      const layer = path === undefined ? undefined : valuesFile(path, repository);
      if (path === undefined || !layer) return [];
      files.push(path);
      return [layer];
    });
    return { name, values: mergedValues(layers), files, at: (path) => placeOfValue(layers, path) };
  });
}

const NAME = /\{\{-?\s*\.Environment\.Name\s*-?\}\}/g;
const VALUE = /\{\{-?\s*\.(?:Values|StateValues|Environment\.Values)\.([\w.]{1,200})\s*-?\}\}/g;

const WHOLE = new RegExp(`^${VALUE.source}$`);

/** A value of a helmfile with what is known of the environment filled in; other templates stay, and read as placeholders. */
export function filledIn(value: unknown, environment: HelmfileEnvironment): unknown {
  if (typeof value === 'string') {
    if (!value.includes('{{')) return value;
    const [whole, path] = WHOLE.exec(value) ?? [];
    const given = path === undefined ? undefined : valueAt(environment.values, path.split('.'));
    // A number or a switch stays one; everything else is text.
    if (whole !== undefined && (typeof given === 'boolean' || typeof given === 'number')) return given;
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

/** Where the environment says what a text of a helmfile becomes; `undefined` for one that is no single action. */
export function placeFilledIn(written: unknown, environment: HelmfileEnvironment): Location | undefined {
  const path = WHOLE.exec(asText(written))?.[1];
  return path === undefined ? undefined : environment.at(path.split('.'));
}
