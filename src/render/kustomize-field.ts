import type { Location, Path } from '../vocabulary.ts';
import type { KustomizationFile } from './kustomize-file.ts';
import { asList, asText, fieldAt, valueAt } from '../untyped.ts';

/**
 * The line of a kustomization that gives a field its value by other means than a patch: `namespace`, `namePrefix`,
 * labels and annotations, images, replicas.
 */
export function placeInFields(
  kustomization: KustomizationFile,
  path: Path,
  value: unknown,
): Location | undefined {
  const place = placeOf(kustomization.value, path, value);
  return place && kustomization.at(place);
}

function placeOf(kustomization: unknown, path: Path, value: unknown): Path | undefined {
  const step = String(path.at(-1) ?? '');
  const above = String(path.at(-2) ?? '');
  const has = (key: string): boolean => fieldAt(kustomization, key) !== undefined;
  if (step === 'namespace') return fieldAt(kustomization, 'namespace') === value ? ['namespace'] : undefined;
  if (step === 'replicas' && has('replicas')) return entry(kustomization, 'replicas', ['count'], value);
  if (step === 'image') return imagePlace(kustomization, asText(value));
  if (above === 'annotations' && fieldAt(fieldAt(kustomization, 'commonAnnotations'), step) === value) {
    return ['commonAnnotations', step];
  }
  if (['labels', 'selector', 'matchLabels'].includes(above)) return labelPlace(kustomization, step, value);
  // The name of the object itself is better mended in its manifest; here it is a reference that followed a prefix.
  if ((step === 'name' && above !== 'metadata') || step === 'host') {
    const affix = ['namePrefix', 'nameSuffix'].find(
      (key) => has(key) && asText(value).includes(asText(fieldAt(kustomization, key))),
    );
    return affix === undefined ? undefined : [affix];
  }
  return undefined;
}

function labelPlace(kustomization: unknown, label: string, value: unknown): Path | undefined {
  if (fieldAt(fieldAt(kustomization, 'commonLabels'), label) === value) return ['commonLabels', label];
  return entry(kustomization, 'labels', ['pairs', label], value);
}

/** The entry of the sequence `key` that has `value` at `path`. */
function entry(
  kustomization: unknown,
  key: string,
  path: readonly string[],
  value: unknown,
): Path | undefined {
  const items = asList(fieldAt(kustomization, key));
  const index = items.findIndex((item) => valueAt(item, path) === value);
  return index < 0 ? undefined : [key, index, ...path];
}

/** `newTag` or `newName` of an image that reads as the object's does. */
function imagePlace(kustomization: unknown, image: string): Path | undefined {
  const items = asList(fieldAt(kustomization, 'images'));
  for (const [index, item] of items.entries()) {
    const name = asText(fieldAt(item, 'newName')) || asText(fieldAt(item, 'name'));
    if (name === '' || !(image === name || image.startsWith(`${name}:`) || image.startsWith(`${name}@`)))
      continue;
    const key = ['newTag', 'digest', 'newName'].find((candidate) => fieldAt(item, candidate) !== undefined);
    return ['images', index, ...(key === undefined ? [] : [key])];
  }
  return undefined;
}
