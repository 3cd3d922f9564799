/** A place in a text. Both count from 1; columns count UTF-16 code units. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

/** Turns offsets of a text into lines and columns. The table is built when first asked: most files never are. */
export class Lines {
  readonly #text: string;
  #starts: number[] | undefined;

  constructor(text: string) {
    this.#text = text;
  }

  /** The place of the character at `offset`; offsets beyond the text are its end. */
  at(offset: number): Place {
    const starts = (this.#starts ??= lineStarts(this.#text));
    const wanted = Math.max(0, Math.min(offset, this.#text.length));
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] ?? 0) <= wanted) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: wanted - (starts[low] ?? 0) + 1 };
  }

  /** The text of whole lines, counted from 1, both included. */
  text(line: number, endLine: number): string {
    const starts = (this.#starts ??= lineStarts(this.#text));
    const end = starts[endLine];
    return this.#text.slice(starts[line - 1] ?? this.#text.length, end === undefined ? undefined : end - 1);
  }
}

function lineStarts(text: string): number[] {
  const starts = [0];
  for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', end + 1)) starts.push(end + 1);
  return starts;
}
