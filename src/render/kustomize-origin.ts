import type { Location, Path } from '../vocabulary.ts';
import { alignedPath } from './aligned-path.ts';
import { placeInFields } from './kustomize-field.ts';
import type { KustomizationFile } from './kustomize-file.ts';
import { patchesOf, placeInPatch, type Patches } from './kustomize-patch.ts';
import type { Origin, Resource } from './resource.ts';
import type { SourceFiles } from './source-files.ts';
import { asMap, existingPart, isSame, valueAt } from '../untyped.ts';

/** A kustomization that touched an object, and its patches. */
export interface Layer {
  readonly kustomization: KustomizationFile;
  readonly patches: Patches;
  /** Equal for equal content of the kustomization and its patches. */
  readonly digest: string;
}

/** The layer of a kustomization. */
export function layerOf(kustomization: KustomizationFile, source: SourceFiles): Layer {
  const patches = patchesOf(kustomization, source);
  const digest = [kustomization.file, ...patches.files]
    .map((file) => `${file}=${source.blob(file)}`)
    .join(',');
  return { kustomization, patches, digest };
}

/** A built object and all that had a part in it. */
export interface BuiltObject {
  readonly body: Readonly<Record<string, unknown>>;
  /** The object as its manifest has it; `undefined` when a generator made it. */
  readonly base: Resource | undefined;
  /** What a person would edit when no field says more: the generator, the manifest. */
  readonly home: Location;
  /** In the order they were applied in. */
  readonly layers: readonly Layer[];
  readonly through: readonly string[];
}

/** Locates fields of a built object in the manifest, or where they differ from it, in what set them. */
export class KustomizeOrigin implements Origin {
  readonly file: string;
  readonly through: readonly string[];
  readonly #object: BuiltObject;

  constructor(object: BuiltObject) {
    this.file = object.base?.origin.file ?? object.home.file;
    this.through = object.through;
    this.#object = object;
  }

  at(path: Path, what: 'value' | 'key' = 'value'): Location {
    const { body, base, home } = this.#object;
    const there = existingPart(body, path);
    if (!base) return this.#placeOfChange(there, what) ?? home;
    const value = valueAt(body, there);
    const inBase = alignedPath(body, there, base.body);
    const before = valueAt(base.body, inBase);
    // A mapping that something was added to is still at home in the manifest.
    const isAtHome = asMap(value) && asMap(before) ? true : isSame(value, before);
    const set = isAtHome ? undefined : this.#placeOfChange(there, what);
    return set ?? base.origin.at(existingPart(base.body, inBase), what);
  }

  #placeOfChange(path: Path, what: 'value' | 'key'): Location | undefined {
    const { body, base, layers } = this.#object;
    const names = [String(valueAt(body, ['metadata', 'name'])), ...(base ? [base.name] : [])];
    for (const { kustomization, patches } of layers.toReversed()) {
      for (const patch of patches.documents.toReversed()) {
        const place = placeInPatch(patch, { body, names }, path, what);
        if (place) return place;
      }
      const place = placeInFields(kustomization, path, valueAt(body, path));
      if (place) return place;
    }
    return undefined;
  }
}
