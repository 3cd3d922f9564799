/**
 * A map that takes over from an earlier one what is asked for again. What nobody asks for goes with the earlier one, so that
 * a line of maps, each made from the one before, holds what the last two needed and no more.
 */
export class CarriedMap<V> {
  readonly #entries = new Map<string, V>();
  readonly #earlier: ReadonlyMap<string, V> | undefined;

  constructor(earlier?: CarriedMap<V>) {
    this.#earlier = earlier ? earlier.#entries : undefined;
  }

  get(key: string): V | undefined {
    const known = this.#entries.get(key);
    if (known !== undefined || this.#earlier === undefined) return known;
    const carried = this.#earlier.get(key);
    if (carried !== undefined) this.#entries.set(key, carried);
    return carried;
  }

  set(key: string, value: V): void {
    this.#entries.set(key, value);
  }
}
