import type { Location, Unchecked } from '../vocabulary.ts';
import type { Rendered } from '../render/rendered.ts';
import type { Resource } from '../render/resource.ts';
import { isSame } from '../untyped.ts';
import type { Build } from './environment.ts';
import type { Built } from './kustomize-build.ts';
import { itemOf, type Item } from './kustomize-item.ts';

/**
 * A kustomization as the tool built it. The tool says what its objects are; where our own reading comes to the same object,
 * perhaps but for the hashes in the names of generated ones, it says of every field what set it, and by which earlier names
 * patches may call the object.
 */
export function asRendered(dir: string, read: Built, rendered: Rendered): Built {
  const { resources, failed, unchecked, files } = rendered;
  if (failed) {
    const unbuilt = failed.notStarted === true ? {} : { unbuilt: read.files };
    return {
      ...read,
      ...unbuilt,
      ...buildOf(`kustomization ${dir || '.'}`, rendered),
      unchecked: [...read.unchecked, ...complaint(dir, read, failed)],
    };
  }
  const known = byIdentity(read.items);
  const items = resources.map((resource) => {
    const alike = known.get(idOf(resource)) ?? [];
    const twin = alike.find((item) => isSame(resource.body, item.resource.body, withoutHash));
    return twin ? withPlacesOf(twin, resource) : itemOf(resource);
  });
  return {
    ...read,
    partial: false,
    items,
    resources: items.map(({ resource }) => resource),
    unchecked,
    ...buildOf(`kustomization ${dir || '.'}`, rendered),
    rendered: new Set(files),
  };
}

/** What came of starting a tool; nothing when none was started, or when it was stopped. */
export function buildOf(what: string, { failed, broken }: Rendered): { builds?: readonly Build[] } {
  if (!failed) return { builds: [broken ? { what, refused: broken } : { what }] };
  if (failed.byTool !== true || !failed.at) return {};
  return { builds: [{ what, refused: { why: failed.why, at: failed.at } }] };
}

function withPlacesOf(read: Item, rendered: Resource): Item {
  if (isSame(read.resource.body, rendered.body)) return read;
  const { origin, digest } = read.resource;
  return { ...read, resource: { ...rendered, origin, digest: `${digest}|${rendered.digest}` } };
}

/** kustomize's hash of what a generated object holds, in its alphabet. */
const HASH = /-[2456789bcdfghkmt]{10}$/;

function withoutHash(value: unknown): unknown {
  return typeof value === 'string' ? value.replace(HASH, '') : value;
}

/** Why the tool did not build it, where that is news: not when it would have told us no more, or we tell it already. */
function complaint(dir: string, read: Built, { why, at, notStarted }: Failure): Unchecked[] {
  if (notStarted === true && !read.partial) return [];
  const isTold = read.unchecked.some(({ examples }) => examples.some((place) => isSamePlace(place, at)));
  if (isTold) return [];
  return [{ what: `kustomization ${dir || '.'}`, why, count: 1, examples: at ? [at] : [] }];
}

type Failure = NonNullable<Rendered['failed']>;

function isSamePlace(place: Location, other: Location | undefined): boolean {
  return place.file === other?.file && place.line === other.line;
}

function byIdentity(items: readonly Item[]): ReadonlyMap<string, readonly Item[]> {
  const found = new Map<string, Item[]>();
  for (const item of items) {
    const id = idOf(item.resource);
    found.set(id, [...(found.get(id) ?? []), item]);
  }
  return found;
}

function idOf({ apiVersion, kind, namespace, name }: Resource): string {
  return [apiVersion, kind, namespace, name.replace(HASH, '')].join('\n');
}
