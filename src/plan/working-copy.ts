import type { Fix, Location } from '../vocabulary.ts';

/** The text of files at head, by path; what is not in it is not edited. */
export type Texts = ReadonlyMap<string, string>;

interface Line {
  /** Its number at head, or 0 for one that a step has put in. */
  readonly number: number;
  readonly text: string;
}

/**
 * The files as they stand after the steps so far. Places are those of head; the edits that come out name the lines as they
 * are when the step's turn comes. An edit is only made where the text is what the model says it is.
 */
export class WorkingCopy {
  readonly #texts: Texts;
  readonly #files = new Map<string, readonly Line[]>();

  constructor(texts: Texts) {
    this.#texts = texts;
  }

  /** Replaces a scalar, with its quotes, where it is written at this place. */
  replaceValue(at: Location, from: string, to: string, title: string): Fix | undefined {
    const found = this.#find(at);
    if (!found) return undefined;
    const spot = spotOf(found.line.text, at.column - 1, from);
    if (!spot) return undefined;
    const { text } = found.line;
    const changed = `${text.slice(0, spot.start)}${spot.quote}${to}${spot.quote}${text.slice(spot.end)}`;
    return this.#replace(at.file, found.index, [changed], title);
  }

  /** Replaces `key: value`, written on one line beginning at this place, with another entry; `undefined` drops the line. */
  replaceEntry(
    at: Location,
    entry: readonly [key: string, value: string],
    to: readonly [key: string, value: string] | undefined,
    title: string,
  ): Fix | undefined {
    const found = this.#find(at);
    if (!found) return undefined;
    const { text } = found.line;
    const end = entryEnd(text, at.column - 1, entry);
    if (end === undefined) return undefined;
    const before = text.slice(0, at.column - 1);
    if (!to) {
      const alone = before.trim() === '' && /^\s*(?:#.*)?$/.test(text.slice(end));
      return alone ? this.#replace(at.file, found.index, [], title) : undefined;
    }
    const changed = `${before}${to[0]}: ${to[1]}${text.slice(end)}`;
    return this.#replace(at.file, found.index, [changed], title);
  }

  /** Puts an entry below a `key: value` line of a block mapping, at the same indentation. */
  addEntryBelow(
    at: Location,
    entry: readonly [key: string, value: string],
    added: readonly [key: string, value: string],
    title: string,
  ): Fix | undefined {
    const found = this.#find(at);
    const text = found?.line.text ?? '';
    const before = text.slice(0, at.column - 1);
    if (!found || before.trim() !== '' || entryEnd(text, at.column - 1, entry) === undefined)
      return undefined;
    return this.#replace(at.file, found.index, [text, `${before}${added[0]}: ${added[1]}`], title);
  }

  /** Puts lines before the one that begins at this place with a key of a block mapping, at its indentation. */
  insertBefore(at: Location, lines: readonly string[], title: string): Fix | undefined {
    const found = this.#find(at);
    const text = found?.line.text ?? '';
    const margin = text.slice(0, at.column - 1);
    if (!found || margin.trim() !== '' || !/^[\w"'./-]+\s*:/.test(text.slice(at.column - 1)))
      return undefined;
    const put = lines.map((line) => `${margin}${line}`);
    const all = this.#lines(at.file) ?? [];
    const { index } = found;
    const added = put.map((each) => ({ number: 0, text: each }));
    this.#files.set(at.file, [...all.slice(0, index), ...added, ...all.slice(index)]);
    const shown = [...put, text].map((each) => `${each}\n`).join('');
    return { title, file: at.file, startLine: index + 1, endLine: index + 1, text: shown };
  }

  /** Takes whole lines of head out, from one to another. */
  removeLines(file: string, first: number, last: number, title: string): Fix | undefined {
    const lines = this.#lines(file);
    const from = lines?.findIndex(({ number }) => number >= first) ?? -1;
    const to = lines?.findLastIndex(({ number }) => number > 0 && number <= last) ?? -1;
    if (!lines || from < 0 || to < from) return undefined;
    this.#files.set(file, [...lines.slice(0, from), ...lines.slice(to + 1)]);
    return { title, file, startLine: from + 1, endLine: to + 1, text: '' };
  }

  /**
   * Takes out the item of a block sequence in which a line of head stands, if the item holds what `isIt` looks for.
   */
  removeItem(at: Location, isIt: (lines: readonly string[]) => boolean, title: string): Fix | undefined {
    const lines = this.#lines(at.file) ?? [];
    const found = this.#find(at);
    if (!found) return undefined;
    const inner = indentOf(found.line.text);
    let first = found.index;
    while (first >= 0 && !isItemStart(lines[first]?.text ?? '', inner)) first -= 1;
    if (first < 0) return undefined;
    const outer = indentOf(lines[first]?.text ?? '');
    let last = first;
    while (last + 1 < lines.length && isWithin(lines[last + 1]?.text ?? '', outer)) last += 1;
    const item = lines.slice(first, last + 1);
    const [from, to] = [item[0]?.number ?? 0, item.at(-1)?.number ?? 0];
    if (from === 0 || to === 0 || !isIt(item.map(({ text }) => text))) return undefined;
    return this.removeLines(at.file, from, to, title);
  }

  /** The lines of a file as they stand now; `undefined` when its text is not known. */
  text(file: string): readonly string[] | undefined {
    return this.#lines(file)?.map(({ text }) => text);
  }

  /** The number at head of the only line that this matches. */
  onlyLine(file: string, matches: (text: string) => boolean): number | undefined {
    const hits = this.#lines(file)?.filter(({ text }) => matches(text)) ?? [];
    return hits.length === 1 ? hits[0]?.number : undefined;
  }

  #replace(file: string, index: number, texts: readonly string[], title: string): Fix {
    const lines = this.#lines(file) ?? [];
    const number = lines[index]?.number ?? 0;
    const put = texts.map((text, offset) => ({ number: offset === 0 ? number : 0, text }));
    this.#files.set(file, [...lines.slice(0, index), ...put, ...lines.slice(index + 1)]);
    const text = texts.map((each) => `${each}\n`).join('');
    return { title, file, startLine: index + 1, endLine: index + 1, text };
  }

  #find({ file, line }: Location): { readonly line: Line; readonly index: number } | undefined {
    const lines = this.#lines(file);
    const index = lines?.findIndex(({ number }) => number === line) ?? -1;
    const found = lines?.[index];
    return found && { line: found, index };
  }

  #lines(file: string): readonly Line[] | undefined {
    const known = this.#files.get(file);
    if (known) return known;
    const text = this.#texts.get(file);
    if (text === undefined) return undefined;
    const raw = text.endsWith('\n') ? text.slice(0, -1) : text;
    const lines = raw.split('\n').map((each, index) => ({ number: index + 1, text: each }));
    this.#files.set(file, lines);
    return lines;
  }
}

function indentOf(text: string): number {
  return text.length - text.trimStart().length;
}

/** Does an item begin here that may hold a line of this indentation? */
function isItemStart(text: string, inner: number): boolean {
  return /^\s*- /.test(text) && indentOf(text) < inner;
}

/** Does the line go on with an item whose dash stands at this indentation? */
function isWithin(text: string, outer: number): boolean {
  return text.trim() !== '' && indentOf(text) > outer && !text.startsWith('---');
}

interface Spot {
  readonly start: number;
  readonly end: number;
  readonly quote: string;
}

/** Where the scalar stands, quotes included: at this column, else anywhere on the line if it is there once. */
function spotOf(text: string, column: number, scalar: string): Spot | undefined {
  const here = scalarAt(text, column, scalar);
  if (here) return here;
  const spots: Spot[] = [];
  for (let at = text.indexOf(scalar); at >= 0; at = text.indexOf(scalar, at + 1)) {
    const quote = text.charAt(at - 1);
    const spot = scalarAt(text, quote === '"' || quote === "'" ? at - 1 : at, scalar);
    if (spot && /^$|[\s,[{:"']/.test(text.charAt(spot.start - 1))) spots.push(spot);
  }
  return spots.length === 1 ? spots[0] : undefined;
}

function scalarAt(text: string, start: number, scalar: string): Spot | undefined {
  const first = text.charAt(start);
  const quote = first === '"' || first === "'" ? first : '';
  if (!text.startsWith(`${quote}${scalar}${quote}`, start)) return undefined;
  const end = start + scalar.length + 2 * quote.length;
  return /^(?:\s|,|\}|\]|$)/.test(text.slice(end, end + 1)) ? { start, end, quote } : undefined;
}

function entryEnd(text: string, column: number, [key, value]: readonly [string, string]): number | undefined {
  const first = text.charAt(column);
  const quote = first === '"' || first === "'" ? first : '';
  const written = `${quote}${key}${quote}`;
  if (!text.startsWith(written, column)) return undefined;
  const gap = /^\s*:\s+/.exec(text.slice(column + written.length))?.[0];
  if (gap === undefined) return undefined;
  return scalarAt(text, column + written.length + gap.length, value)?.end;
}
