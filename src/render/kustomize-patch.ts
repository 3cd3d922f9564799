import type { Location, Path } from '../vocabulary.ts';
import { parseFile } from '../yaml/parse.ts';
import { alignedPath } from './aligned-path.ts';
import type { KustomizationFile } from './kustomize-file.ts';
import { relativePath } from './kustomize-path.ts';
import type { SourceFiles } from './source-files.ts';
import { asList, asText, fieldAt, isSame, valueAt } from '../untyped.ts';

/** One document of a patch: a strategic merge, or a list of JSON patch operations. */
export interface PatchDocument {
  readonly value: unknown;
  readonly at: (path: Path, what?: 'value' | 'key') => Location;
  /** The kustomization says what it applies to; otherwise its own kind and name do. */
  readonly targeted: boolean;
}

/** The patches of a kustomization in the order they are written in, and the files they come from. */
export interface Patches {
  readonly documents: readonly PatchDocument[];
  readonly files: readonly string[];
}

export function patchesOf(kustomization: KustomizationFile, source: SourceFiles): Patches {
  const documents: PatchDocument[] = [];
  const files: string[] = [];
  const read = (text: string, path: Path, targeted: boolean): void => {
    const named = relativePath(kustomization.dir, text);
    if (named !== undefined && source.has(named)) {
      files.push(named);
      for (const document of source.parsed(named).documents) {
        const at: PatchDocument['at'] = (inner, what) => ({ file: named, ...document.locate(inner, what) });
        documents.push({ value: document.value, at, targeted });
      }
    } else {
      documents.push(...inlinePatch(text, kustomization.at(path), source, targeted));
    }
  };
  const { value } = kustomization;
  asList(fieldAt(value, 'patchesStrategicMerge')).forEach((entry, index) =>
    read(asText(entry), ['patchesStrategicMerge', index], false),
  );
  for (const key of ['patches', 'patchesJson6902']) {
    asList(fieldAt(value, key)).forEach((entry, index) => {
      const inline = asText(fieldAt(entry, 'patch'));
      const step = inline === '' ? 'path' : 'patch';
      read(
        inline || asText(fieldAt(entry, 'path')),
        [key, index, step],
        fieldAt(entry, 'target') !== undefined,
      );
    });
  }
  return { documents, files };
}

/** A patch written inside the kustomization. In a block scalar each of its lines is a line of the file. */
function inlinePatch(
  text: string,
  written: Location,
  source: SourceFiles,
  targeted: boolean,
): PatchDocument[] {
  const { documents } = parseFile(new TextEncoder().encode(text), { json: false });
  const isBlock = written.endLine > written.line;
  const first = isBlock ? (source.text(written.file).split('\n')[written.line] ?? '') : '';
  const indent = first.length - first.trimStart().length;
  return documents.map((document) => ({
    value: document.value,
    targeted,
    at(path, what) {
      if (!isBlock) return written;
      const { line, column, endLine } = document.locate(path, what);
      return {
        file: written.file,
        line: written.line + line,
        column: indent + column,
        endLine: written.line + endLine,
      };
    },
  }));
}

/** The object that was patched, as it is now, and the name it had before. */
export interface Patched {
  readonly body: Readonly<Record<string, unknown>>;
  readonly names: readonly string[];
}

/** Where the patch sets the field at `path` to the value the object has there; `undefined` when it does not. */
export function placeInPatch(
  { value, at, targeted }: PatchDocument,
  object: Patched,
  path: Path,
  what: 'value' | 'key' | undefined,
): Location | undefined {
  const wanted = valueAt(object.body, path);
  if (Array.isArray(value)) {
    const place = placeInOperations(value, path, wanted);
    return place && at(place, what);
  }
  const kind = fieldAt(value, 'kind');
  const name = asText(fieldAt(fieldAt(value, 'metadata'), 'name'));
  if (!targeted && (kind !== object.body['kind'] || !object.names.includes(name))) return undefined;
  const aligned = alignedPath(object.body, path, value);
  return isSame(valueAt(value, aligned), wanted) ? at(aligned, what) : undefined;
}

/** The last operation that sets `path`, or a mapping or sequence around it, to what it is now. */
function placeInOperations(operations: readonly unknown[], path: Path, wanted: unknown): Path | undefined {
  for (let index = operations.length - 1; index >= 0; index--) {
    const pointer = asText(fieldAt(operations[index], 'path')).split('/').slice(1).map(unescapePointer);
    const sets =
      pointer.length <= path.length && pointer.every((step, at) => step === '-' || step === String(path[at]));
    if (!sets) continue;
    const rest = path.slice(pointer.length);
    if (isSame(valueAt(fieldAt(operations[index], 'value'), rest), wanted)) return [index, 'value', ...rest];
  }
  return undefined;
}

/** RFC 6901. */
function unescapePointer(step: string): string {
  return step.replaceAll('~1', '/').replaceAll('~0', '~');
}
