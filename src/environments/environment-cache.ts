import { CarriedMap } from '../render/carried-map.ts';

/**
 * Remembers what was built from which content, so that base and head share it: an overlay none of whose files changed
 * is built once and gives the very same Resource objects on both sides. One cache per review.
 */
export class EnvironmentCache {
  readonly #entries: CarriedMap<{ readonly made: unknown }>;

  /** @param earlier of an earlier review of the same repository, which saw most of the same */
  constructor(earlier?: EnvironmentCache) {
    this.#entries = new CarriedMap(earlier ? earlier.#entries : undefined);
  }

  /** The value made for `key`, made now when it is asked for the first time. Keys name the kind of thing first. */
  remember<T>(key: string, make: () => T): T {
    const known = this.#entries.get(key);
    if (known) return known.made as T;
    const made = make();
    this.#entries.set(key, { made });
    return made;
  }
}
