/**
 * Remembers what was built from which content, so that base and head share it: an overlay none of whose files changed
 * is built once and gives the very same Resource objects on both sides. One cache per review.
 */
export class EnvironmentCache {
  private readonly entries = new Map<string, unknown>();

  /** The value made for `key`, made now when it is asked for the first time. Keys name the kind of thing first. */
  remember<T>(key: string, make: () => T): T {
    if (this.entries.has(key)) return this.entries.get(key) as T;
    const made = make();
    this.entries.set(key, made);
    return made;
  }
}
