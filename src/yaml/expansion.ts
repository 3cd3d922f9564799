/**
 * Aliases make a small text a large value: nine lines of `[*a, *a, ...]` are a billion nodes to whoever walks them. The
 * parser shares what an alias points to, so the text costs nothing; this counts what a walk would see and refuses early.
 */
export class ExpansionBudget {
  #left: number;

  /** @param nodes how many nodes the aliases of one file may expand to. */
  constructor(nodes: number) {
    this.#left = nodes;
  }

  /** Allows more: a longer text may expand to more. */
  grow(nodes: number): void {
    this.#left += nodes;
  }

  /**
   * Charges `value`, which holds aliases.
   * @returns why it is refused: it contains itself, nests deeper than `maxDepth`, or expands to more than is left.
   */
  charge(value: unknown, maxDepth: number): string | undefined {
    const counter = new Expansion(maxDepth, this.#left);
    const size = counter.measure(value);
    if (counter.refused !== undefined) return counter.refused;
    this.#left -= size;
    return undefined;
  }
}

class Expansion {
  refused: string | undefined;
  readonly #sizes = new Map<object, number>();
  readonly #open = new Set<object>();
  readonly #maxDepth: number;
  readonly #maxNodes: number;

  constructor(maxDepth: number, maxNodes: number) {
    this.#maxDepth = maxDepth;
    this.#maxNodes = maxNodes;
  }

  /** Nodes a walk sees; long text weighs more, because aliases repeat it too. Each shared node is measured once. */
  measure(value: unknown): number {
    if (typeof value === 'string') return 1 + (value.length >> 6);
    if (typeof value !== 'object' || value === null) return 1;
    const known = this.#sizes.get(value);
    if (known !== undefined) return known;
    if (this.#open.has(value)) return this.#refuse('an alias that contains itself');
    if (this.#open.size >= this.#maxDepth)
      return this.#refuse(`aliases nested deeper than ${this.#maxDepth} levels`);
    this.#open.add(value);
    let size = 1;
    for (const item of Object.values(value)) {
      size += this.measure(item);
      if (size > this.#maxNodes) this.#refuse('aliases that expand to a huge value');
      if (this.refused !== undefined) return size;
    }
    this.#open.delete(value);
    this.#sizes.set(value, size);
    return size;
  }

  #refuse(why: string): number {
    this.refused ??= why;
    return 0;
  }
}
