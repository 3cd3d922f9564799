import type { Path } from '../vocabulary.ts';
import { parseFile } from '../yaml/parse.ts';
import { asList, asMap, asText, fieldAt } from '../untyped.ts';

/** A path written in a kustomization, and where. */
export interface NamedFile {
  readonly text: string;
  readonly path: Path;
}

/** Files that a kustomization reads without taking their objects: patches, replacements, generator input, schemas. */
export function namedFiles(value: unknown): NamedFile[] {
  const named = (key: string, under: (item: unknown) => readonly NamedFile[]): NamedFile[] =>
    asList(fieldAt(value, key)).flatMap((item, index) =>
      under(item).map(({ text, path }) => ({ text, path: [key, index, ...path] })),
    );
  const itself = (item: unknown): NamedFile[] => [{ text: asText(item), path: [] }];
  const byPath = (item: unknown): NamedFile[] => {
    const text = fieldAt(item, 'path');
    return text === undefined || text === '' ? [] : [{ text: asText(text), path: ['path'] }];
  };
  const input = (item: unknown): NamedFile[] => [
    ...asList(fieldAt(item, 'files')).map((text, index) => ({
      text: asText(text).replace(/^[^=]*=/, ''),
      path: ['files', index],
    })),
    ...asList(fieldAt(item, 'envs')).map((text, index) => ({ text: asText(text), path: ['envs', index] })),
    ...(asText(fieldAt(item, 'env')) === '' ? [] : [{ text: asText(fieldAt(item, 'env')), path: ['env'] }]),
  ];
  return [
    ...named('crds', itself),
    ...named('configurations', itself),
    ...named('patchesStrategicMerge', itself).filter(({ text }) => !isInline(text)),
    ...['patches', 'patchesJson6902', 'replacements'].flatMap((key) => named(key, byPath)),
    ...['configMapGenerator', 'secretGenerator'].flatMap((key) => named(key, input)),
    ...byPath(fieldAt(value, 'openapi')).map(({ text }) => ({ text, path: ['openapi', 'path'] })),
  ];
}

/** A patch or configuration written in place: a mapping, and so no path. */
export function isInline(text: string): boolean {
  if (!text.includes('\n') && !text.startsWith('{')) return false;
  const { documents } = parseFile(new TextEncoder().encode(text), { json: false });
  return (
    documents.length > 0 && documents.every(({ value }) => asMap(value) !== undefined || Array.isArray(value))
  );
}
