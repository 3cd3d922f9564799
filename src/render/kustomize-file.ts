import type { Location, Path } from '../vocabulary.ts';
import { parseFile } from '../yaml/parse.ts';
import { canonical, folded, NAMING_FIELDS } from './kustomization-keys.ts';
import type { ReadableFiles } from './tree.ts';
import { asList, asMap, type Fields } from '../untyped.ts';

/** One kustomization file. */
export interface KustomizationFile {
  readonly file: string;
  /** '' at the root of the repository. */
  readonly dir: string;
  readonly value: Fields;
  readonly at: (path: Path, what?: 'value' | 'key') => Location;
}

/** The names kustomize accepts. A directory with two of them is an error. */
export const KUSTOMIZATION_NAMES = ['kustomization.yaml', 'kustomization.yml', 'Kustomization'];

const SPELLED = new Set(NAMING_FIELDS);
const FOLDED = new Set(NAMING_FIELDS.map(folded));

/** Reads the kustomization at `file`; a text says why it is not given to the tool. */
export async function readKustomization(
  file: string,
  files: ReadableFiles,
): Promise<KustomizationFile | string> {
  const parsed = parseFile(await files.read(file), { json: false });
  const [document, second] = parsed.documents;
  const map = asMap(document?.value);
  // kustomize might read more leniently than we do, and see an entry that we do not.
  if (!document || second || !map || parsed.problems.length > 0) return 'it is not one plain YAML mapping';
  const { value, written } = canonical(map);
  const odd = oddSpelling(value);
  if (odd !== undefined) return `it spells ${JSON.stringify(odd)} in a way of its own`;
  const slash = file.lastIndexOf('/');
  return {
    file,
    dir: file.slice(0, Math.max(0, slash)),
    value,
    at: (path, what) => ({ file, ...document.locate(written(path), what) }),
  };
}

/**
 * A field that Go reads as one that names files, though it is spelled otherwise (`reſources` with a long s) and the proper
 * name is taken or it stands in an entry. What such a field names would be missed here.
 */
function oddSpelling(kustomization: Fields): string | undefined {
  const entries = Object.entries(kustomization).filter(([key]) => SPELLED.has(key));
  const inEntries = entries.flatMap(([, value]) =>
    [value, ...asList(value)].flatMap((item) => Object.keys(asMap(item) ?? {})),
  );
  return [...Object.keys(kustomization), ...inEntries].find(
    (key) => !SPELLED.has(key) && FOLDED.has(folded(key)),
  );
}
