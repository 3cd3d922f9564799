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
  readonly #discoveries: WeakMap<Repository['files'], Map<string, KnownDiscovery>>;
  #asked = new Set<string>();

  /** @param earlier of an earlier review of the same repository, which saw most of the same */
  constructor(earlier?: EnvironmentCache) {
    this.#entries = new CarriedMap(earlier ? earlier.#entries : undefined);
    this.#discoveries = earlier ? earlier.#discoveries : new WeakMap();
  }

  /** The value made for `key`, made now when it is asked for the first time. Keys name the kind of thing first. */
  remember<T>(key: string, make: () => T): T {
    this.#asked.add(key);
    const known = this.#entries.get(key);
    if (known) return known.made as T;
    const made = make();
    this.#entries.set(key, { made });
    return made;
  }

  /**
   * What was found in the very same files before, where that hangs on nothing else; what it was made from stays known, too.
   * Otherwise everything that is asked for from now on is taken for part of what is going to be kept.
   */
  discovery({ files }: Repository, settings: Settings): Discovery | undefined {
    const known = this.#discoveries.get(files)?.get(JSON.stringify(settings));
    for (const key of known?.madeFrom ?? []) this.#entries.get(key);
    if (!known) this.#asked = new Set();
    return known?.discovery;
  }

  keepDiscovery({ files }: Repository, settings: Settings, discovery: Discovery): void {
    const known = this.#discoveries.get(files) ?? new Map<string, KnownDiscovery>();
    const madeFrom = [...this.#asked];
    this.#discoveries.set(files, known.set(JSON.stringify(settings), { discovery, madeFrom }));
  }
}

interface KnownDiscovery {
  readonly discovery: Discovery;
  /** The keys of what was remembered on the way. */
  readonly madeFrom: readonly string[];
}
