import type { Location, Path } from '../vocabulary.ts';
import { parseText } from '../yaml/parse.ts';
import type { Repository } from '../render/repository.ts';
import { asList, asMap, asText, fieldAt, type Fields } from '../untyped.ts';
import { resolvePath } from './repository-path.ts';
import type { Notes } from './notes.ts';
import { lineInBlock } from './values-layers.ts';

/** A place that `patches:` and its like can be written in: a kustomization, a Flux Kustomization. */
export interface PatchHolder {
  /** Directory its relative paths count from. */
  readonly dir: string;
  readonly value: Fields;
  /** Equal texts mean equal content and place. */
  readonly digest: string;
  at(path: Path, what?: 'value' | 'key'): Location;
}

/** One document of a patch, and which objects it is for. */
export interface Patch {
  /** The `target:` mapping; `undefined`: the patch names its object itself. */
  readonly target: Fields | undefined;
  /** A JSON Patch's operations, or a strategic merge patch. */
  readonly value: unknown;
  readonly allowNameChange: boolean;
  readonly signature: string;
  at(path: Path, what?: 'value' | 'key'): Location;
}

/**
 * Patches of a kustomization, operations of one patch, and values that its replacements copy, at most: each copies the object it
 * changes. People write dozens.
 */
export const MOST_CHANGES = 1000;

/** `patches`, `patchesStrategicMerge` and `patchesJson6902` of a holder, `keys` of them, in order. */
export function patchesOf(
  holder: PatchHolder,
  keys: readonly string[],
  repository: Repository,
  notes: Notes,
): Patch[] {
  const patches = keys.flatMap((key) =>
    asList(fieldAt(holder.value, key)).flatMap((entry, index) => {
      const path: Path = [key, index];
      const map = asMap(entry);
      const target = asMap(fieldAt(entry, 'target'));
      const options = {
        target,
        allowNameChange: fieldAt(fieldAt(entry, 'options'), 'allowNameChange') === true,
      };
      const inline = map ? asText(fieldAt(entry, 'patch')) : asText(entry);
      if (map ? inline !== '' : inline.includes('\n')) {
        return inlinePatches(holder, map ? [...path, 'patch'] : path, inline, options);
      }
      const named = map ? asText(fieldAt(entry, 'path')) : inline;
      return filePatches(holder, named, path, options, repository, notes);
    }),
  );
  if (patches.length > MOST_CHANGES) {
    notes.add('kustomize patches', `those after the first ${MOST_CHANGES} are not applied`, holder.at([]));
  }
  return patches.slice(0, MOST_CHANGES);
}

type PatchOptions = Pick<Patch, 'target' | 'allowNameChange'>;

function inlinePatches(holder: PatchHolder, path: Path, text: string, options: PatchOptions): Patch[] {
  const { documents } = parseText(text);
  return documents.map((document) => ({
    ...options,
    value: document.value,
    signature: `${holder.digest}#${path.join('.')}#${document.index}`,
    at: (asked, what) => lineInBlock(holder.at(path), document.locate(asked, what)),
  }));
}

function filePatches(
  holder: PatchHolder,
  named: string,
  path: Path,
  options: PatchOptions,
  repository: Repository,
  notes: Notes,
): Patch[] {
  const resolved = resolvePath(holder.dir, named);
  const file = resolved === undefined ? undefined : repository.files.get(resolved);
  if (!file) {
    notes.add(`patch ${named}`, 'the file is not in the repository or cannot be read', holder.at(path));
    return [];
  }
  return file.parsed.documents
    .filter(({ value }) => value !== undefined && value !== null)
    .map((document) => ({
      ...options,
      value: document.value,
      signature: `${file.path}=${file.blob}#${document.index}`,
      at: (asked: Path, what?: 'value' | 'key') => ({ file: file.path, ...document.locate(asked, what) }),
    }));
}
