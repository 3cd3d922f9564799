/**
 * Does the text match the glob? `*` is any run of characters, everything else stands for itself. Takes at most
 * text × pattern steps, whatever the pattern.
 */
export function globMatches(pattern: string, text: string): boolean {
  let p = 0;
  let star = -1;
  let resume = 0;
  for (let t = 0; t < text.length;) {
    if (pattern[p] === '*') {
      star = p++;
      resume = t;
    } else if (pattern[p] === text[t]) {
      p++;
      t++;
    } else if (star >= 0) {
      p = star + 1;
      t = ++resume;
    } else {
      return false;
    }
  }
  while (pattern[p] === '*') p++;
  return p === pattern.length;
}

/** What the repository declares to exist elsewhere (`externals` in its settings). */
export class Externals {
  readonly #globs: readonly string[];

  constructor(globs: readonly string[]) {
    this.#globs = globs;
  }

  /** The entry that covers one of these names (`Service payments/ledger`, `host api.example.com`). */
  covering(...names: readonly string[]): string | undefined {
    return this.#globs.find((glob) => names.some((name) => globMatches(glob.trim(), name)));
  }
}
