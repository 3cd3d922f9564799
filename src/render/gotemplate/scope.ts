/** Variables of a template: `$x := ...` is of its block, `$x = ...` changes the one around it. */
export class Scope {
  readonly #variables = new Map<string, unknown>();
  readonly #parent: Scope | undefined;

  constructor(parent?: Scope) {
    this.#parent = parent;
  }

  get(name: string): unknown {
    const owner = this.#ownerOf(name);
    return owner ? owner.#variables.get(name) : undefined;
  }

  declare(name: string, value: unknown): void {
    this.#variables.set(name, value);
  }

  assign(name: string, value: unknown): void {
    (this.#ownerOf(name) ?? this).#variables.set(name, value);
  }

  #ownerOf(name: string): Scope | undefined {
    if (this.#variables.has(name)) return this;
    return this.#parent ? this.#parent.#ownerOf(name) : undefined;
  }
}
