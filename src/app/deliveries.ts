/** Deliveries remembered: some days of a busy installation. */
const MOST = 20_000;

/**
 * Which webhook deliveries are done. GitHub delivers again under the same id, and only somebody's wish or a failure makes it do
 * so: a delivery counts as done when its work has succeeded, and never because it was seen.
 */
export class Deliveries {
  readonly #states = new Map<string, 'working' | 'done'>();

  /** Whether to work on it: not when its work succeeded or is under way. */
  begin(id: string): boolean {
    if (this.#states.has(id)) return false;
    this.#states.set(id, 'working');
    return true;
  }

  /** Its work succeeded. */
  done(id: string): void {
    this.#states.delete(id);
    this.#states.set(id, 'done');
    for (const oldest of this.#states.keys()) {
      if (this.#states.size <= MOST) break;
      this.#states.delete(oldest);
    }
  }

  /** Its work failed: delivered again, it is worked on again. */
  failed(id: string): void {
    this.#states.delete(id);
  }
}
