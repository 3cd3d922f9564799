import type { Settings } from '../config/settings.ts';
import { EnvironmentCache } from '../environments/environment-cache.ts';
import { changedBetweenBases, type Sides } from '../mesh/changed-inputs.ts';
import type { Mesh } from '../mesh/mesh.ts';
import { CarriedMap } from '../render/carried-map.ts';
import { ContentCache } from '../render/content-cache.ts';
import type { MeshResults, RunOptions } from '../rules/run.ts';

/** A base that has been modelled and checked. */
interface CheckedBase extends Sides {
  readonly mesh: Mesh;
  readonly results: MeshResults;
}

/** Of a base: what the rules said of it before with what changed since, and its mesh when nothing did. */
export interface Recalled extends Pick<RunOptions, 'known'> {
  readonly mesh?: Mesh;
}

/**
 * What a review leaves to the next one of the same repository: what was parsed, and what the rules said of each base. The next
 * one makes its own from it, so that several reviews may run at once and none holds what nobody asks for any more.
 */
export class ReviewMemory {
  readonly content: ContentCache;
  readonly environments: EnvironmentCache;
  readonly #bases: CarriedMap<CheckedBase>;

  constructor(earlier?: ReviewMemory) {
    this.content = new ContentCache(earlier?.content);
    this.environments = new EnvironmentCache(earlier?.environments);
    this.#bases = new CarriedMap(earlier ? earlier.#bases : undefined);
  }

  /** What is known of the base of these sides. */
  recall(name: string, sides: Sides, settings: Settings): Recalled {
    const known = this.#bases.get(keyOf(name, settings));
    if (!known) return {};
    const changed = changedBetweenBases(known, sides);
    const isSame = changed !== 'everything' && changed.size === 0;
    return { known: { results: known.results, changed }, ...(isSame && { mesh: known.mesh }) };
  }

  keep(name: string, checked: CheckedBase, settings: Settings): void {
    this.#bases.set(keyOf(name, settings), checked);
  }
}

/** Results of other settings say nothing. */
function keyOf(name: string, settings: Settings): string {
  return JSON.stringify([name, settings]);
}
