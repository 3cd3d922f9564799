import type { Location, Path } from '../vocabulary.ts';
import type { Resource } from '../render/resource.ts';
import { asList, asText, fieldAt, scalarText, valueAt } from '../untyped.ts';
import { podTemplatePath } from './kubernetes-kinds.ts';
import { withField } from './derived-resource.ts';

/** One entry of `images:`. */
export interface ImageChange {
  readonly name: string;
  readonly newName: string;
  readonly newTag: string;
  readonly digest: string;
  /** The line of the tag, digest or name, whichever changes the version. */
  readonly at: Location;
}

/** `images:` of a kustomization or a Flux Kustomization's spec. */
export function imageChanges(value: unknown, at: (path: Path) => Location): ImageChange[] {
  return asList(fieldAt(value, 'images')).flatMap((image, index) => {
    const text = (key: string): string => scalarText(fieldAt(image, key)) ?? '';
    const shown = ['digest', 'newTag', 'newName'].find((key) => text(key) !== '');
    if (text('name') === '' || shown === undefined) return [];
    return {
      name: text('name'),
      newName: text('newName'),
      newTag: text('newTag'),
      digest: text('digest'),
      at: at(['images', index, shown]),
    };
  });
}

const CONTAINER_LISTS = ['containers', 'initContainers', 'ephemeralContainers'];

/** Containers of a workload whose image has the name get the new name, tag or digest. */
export function withImages(resource: Resource, changes: readonly ImageChange[], through: string): Resource {
  const template = changes.length > 0 ? podTemplatePath(resource.kind) : undefined;
  if (!template) return resource;
  let current = resource;
  for (const list of CONTAINER_LISTS) {
    const path = [...template, 'spec', list];
    for (const [index] of asList(valueAt(resource.body, path)).entries()) {
      current = changes.reduce(
        (next, change) => withImage(next, [...path, index, 'image'], change, through),
        current,
      );
    }
  }
  return current;
}

function withImage(resource: Resource, path: Path, change: ImageChange, through: string): Resource {
  const image = asText(valueAt(resource.body, path));
  const { name, suffix } = splitImage(image);
  if (name !== change.name) return resource;
  const next = `${change.newName || name}${newSuffix(change, suffix)}`;
  const transformer = { name: through, signature: `image=${next}@${change.at.file}:${change.at.line}` };
  return withField(resource, path, next, transformer, () => change.at);
}

function newSuffix({ newTag, digest }: ImageChange, suffix: string): string {
  if (digest !== '') return `${newTag === '' ? '' : `:${newTag}`}@${digest}`;
  return newTag === '' ? suffix : `:${newTag}`;
}

/** `registry:5000/pilot:1.28@sha256:...` → its name and everything after it. */
function splitImage(image: string): { name: string; suffix: string } {
  const digest = image.indexOf('@');
  const end = digest < 0 ? image.length : digest;
  const colon = image.slice(0, end).lastIndexOf(':');
  const cut = colon > image.slice(0, end).lastIndexOf('/') ? colon : end;
  return { name: image.slice(0, cut), suffix: image.slice(cut) };
}
