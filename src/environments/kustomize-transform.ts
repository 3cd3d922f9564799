import type { Repository } from '../render/repository.ts';
import type { Resource } from '../render/resource.ts';
import { applyPatch } from './apply-patch.ts';
import { replaced, type Item } from './kustomize-item.ts';
import { patchesOf, type PatchHolder } from './kustomize-patches.ts';
import { withReplacements } from './kustomize-replacements.ts';
import type { Notes } from './notes.ts';
import { imageChanges, withImages } from './transform-images.ts';
import { withAffixes, withAnnotations, withLabels, withNamespace, written } from './transform-metadata.ts';
import { asList, fieldAt, scalarText } from '../untyped.ts';

/** What transforms objects in kustomize's vocabulary: a kustomization file, or a Flux Kustomization put in its words. */
export interface Instructions extends PatchHolder {
  /** `kustomize overlays/prod`. */
  readonly name: string;
}

/**
 * Patches, then names, then labels, then images, then replacements: the order of kustomize's built-in transformers.
 * @param left takes the merge patches that no object here is meant by
 */
export function transformItems(
  items: readonly Item[],
  instructions: Instructions,
  repository: Repository,
  notes: Notes,
  left: Resource[] = [],
): readonly Item[] {
  const { name } = instructions;
  let current = items;
  for (const patch of patchesOf(instructions, ['patchesStrategicMerge', 'patches'], repository, notes)) {
    current = applyPatch(current, patch, name, notes, left);
  }
  current = labelled(renamed(current, instructions), instructions);
  for (const patch of patchesOf(instructions, ['patchesJson6902'], repository, notes)) {
    current = applyPatch(current, patch, name, notes);
  }
  const images = imageChanges(instructions.value, (path) => instructions.at(path));
  current = current.map((item) => replaced(item, withImages(item.resource, images, name)));
  return withReplacements(current, instructions, name, repository, notes);
}

function renamed(items: readonly Item[], instructions: Instructions): readonly Item[] {
  const namespace = written(instructions, 'namespace');
  const prefix = scalarText(fieldAt(instructions.value, 'namePrefix')) ?? '';
  const suffix = scalarText(fieldAt(instructions.value, 'nameSuffix')) ?? '';
  if (!namespace && prefix === '' && suffix === '') return items;
  const affixes = { prefix, suffix, at: instructions.at([prefix === '' ? 'nameSuffix' : 'namePrefix']) };
  return items.map((item) => {
    const moved = namespace ? withNamespace(item.resource, namespace, instructions.name) : item.resource;
    return replaced(item, withAffixes(moved, affixes, instructions.name));
  });
}

function labelled(items: readonly Item[], instructions: Instructions): readonly Item[] {
  const { value, name } = instructions;
  const sets = [
    { labels: fieldAt(value, 'commonLabels'), path: ['commonLabels'], selectors: true, templates: true },
    ...asList(fieldAt(value, 'labels')).map((entry, index) => ({
      labels: fieldAt(entry, 'pairs'),
      path: ['labels', index, 'pairs'],
      selectors: fieldAt(entry, 'includeSelectors') === true,
      templates: fieldAt(entry, 'includeTemplates') === true,
    })),
  ];
  const annotations = fieldAt(value, 'commonAnnotations');
  return items.map((item) => {
    let { resource } = item;
    for (const { labels, path, ...scope } of sets) {
      resource = withLabels(
        resource,
        { values: labels, at: (key) => instructions.at([...path, key]) },
        scope,
        name,
      );
    }
    const common = {
      values: annotations,
      at: (key: string) => instructions.at(['commonAnnotations', key]),
    };
    return replaced(item, withAnnotations(resource, common, true, name));
  });
}
