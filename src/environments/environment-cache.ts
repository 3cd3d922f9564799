import type { Settings } from '../config/settings.ts';
import { CarriedMap } from '../render/carried-map.ts';
import type { Repository } from '../render/repository.ts';
import type { Discovery } from './environment.ts';

/**
 * Remembers what was built from which content, so that base and head share it: an overlay none of whose files changed
 * is built once and gives the very same Resource objects on both sides. One cache per review.
 */
export class EnvironmentCache {
  readonly #entries: CarriedMap<{ readonly made: unknown }>;
  readonly #discoveries: WeakMap<Repository['files'], Map<string, Discovery>>;

  /** @param earlier of an earlier review of the same repository, which saw most of the same */
  constructor(earlier?: EnvironmentCache) {
    this.#entries = new CarriedMap(earlier ? earlier.#entries : undefined);
    this.#discoveries = earlier ? earlier.#discoveries : new WeakMap();
  }

  /** The value made for `key`, made now when it is asked for the first time. Keys name the kind of thing first. */
  remember<T>(key: string, make: () => T): T {
    const known = this.#entries.get(key);
    if (known) return known.made as T;
    const made = make();
    this.#entries.set(key, { made });
    return made;
  }

  /** What was found in the very same files before, where that hangs on nothing else. */
  discovery({ files }: Repository, settings: Settings): Discovery | undefined {
    return this.#discoveries.get(files)?.get(JSON.stringify(settings));
  }

  keepDiscovery({ files }: Repository, settings: Settings, discovery: Discovery): void {
    const known = this.#discoveries.get(files) ?? new Map<string, Discovery>();
    this.#discoveries.set(files, known.set(JSON.stringify(settings), discovery));
  }
}
