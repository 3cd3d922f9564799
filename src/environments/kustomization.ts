import type { Location, Path } from '../vocabulary.ts';
import type { Document } from '../yaml/document.ts';
import { canonical } from '../render/kustomization-keys.ts';
import type { Repository, RepositoryFile } from '../render/repository.ts';
import { asMap, asText, fieldAt, type Fields } from '../untyped.ts';
import { baseName, joinPath, parentOf } from './repository-path.ts';

/** The names kustomize accepts, in its order. */
export const KUSTOMIZATION_NAMES = ['kustomization.yaml', 'kustomization.yml', 'Kustomization'];

/** One kustomization file. */
export interface Kustomization {
  readonly dir: string;
  readonly file: string;
  readonly blob: string;
  /** A component is applied to what its includer has gathered; it is never a root. */
  readonly component: boolean;
  readonly value: Fields;
  at(path: Path, what?: 'value' | 'key'): Location;
  /** The text of whole lines of the file, counted from 1, both included. */
  textOf(line: number, endLine: number): string;
}

/** Every kustomization of the repository by directory, in path order. */
export function kustomizationsOf(repository: Repository): ReadonlyMap<string, Kustomization> {
  const found = new Map<string, Kustomization>();
  for (const file of repository.files.values()) {
    if (!KUSTOMIZATION_NAMES.includes(baseName(file.path))) continue;
    const kustomization = readKustomization(file);
    if (kustomization && !found.has(kustomization.dir)) found.set(kustomization.dir, kustomization);
  }
  return found;
}

function readKustomization(file: RepositoryFile): Kustomization | undefined {
  const document = file.parsed.documents.find(({ value }) => asMap(value) !== undefined);
  const map = asMap(document?.value);
  if (!document || !map || !isKustomizationApi(asText(fieldAt(map, 'apiVersion')))) return undefined;
  const { value, written } = canonical(map);
  return {
    dir: parentOf(file.path),
    file: file.path,
    blob: file.blob,
    component: fieldAt(value, 'kind') === 'Component',
    value,
    at: (path, what) => locationIn(file.path, document, written(path), what),
    textOf: (line, endLine) => document.textOf(line, endLine),
  };
}

/** `kustomization.yaml` may also hold a Flux Kustomization, which is an ordinary manifest. No apiVersion is allowed. */
function isKustomizationApi(apiVersion: string): boolean {
  return apiVersion === '' || apiVersion.startsWith('kustomize.config.k8s.io/');
}

/** The place of a value of a parsed document. */
export function locationIn(file: string, document: Document, path: Path, what?: 'value' | 'key'): Location {
  return { file, ...document.locate(path, what) };
}

/** The kustomization file's path of a directory, whether or not it exists. */
export function kustomizationPath(repository: Repository, dir: string): string | undefined {
  return KUSTOMIZATION_NAMES.map((name) => joinPath(dir, name)).find((path) => repository.has(path));
}
