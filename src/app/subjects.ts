/** Subjects remembered: some weeks of a busy installation. */
const MOST = 20_000;

/** What this process has worked on, the newest of it. */
export class Subjects {
  readonly #known = new Set<string>();

  has(subject: string): boolean {
    return this.#known.has(subject);
  }

  add(subject: string): void {
    this.#known.delete(subject);
    this.#known.add(subject);
    for (const oldest of this.#known) {
      if (this.#known.size <= MOST) break;
      this.#known.delete(oldest);
    }
  }
}
