import type { Fix, Location } from '../vocabulary.ts';
import type { Rewriting } from './list-lines.ts';
import { entryEnd, indentOf, isItemStart, isWithin, spotOf } from './line-spots.ts';

/** The text of files at head, by path; what is not in it is not edited. */
export type Texts = ReadonlyMap<string, string>;

/** What becomes of lines, given one of them; `undefined` where they are not what is expected. */
type Change = (lines: readonly string[], index: number) => Rewriting | undefined;

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

  /** Puts lines behind one of the file as it stands now, counted from 0. */
  insertAfter(file: string, index: number, lines: readonly string[], title: string): Fix | undefined {
    const all = this.#lines(file);
    const line = all?.[index];
    if (!all || !line) return undefined;
    const added = lines.map((text) => ({ number: 0, text }));
    this.#files.set(file, [...all.slice(0, index + 1), ...added, ...all.slice(index + 1)]);
    const shown = [line.text, ...lines].map((each) => `${each}\n`).join('');
    return { title, file, startLine: index + 1, endLine: index + 1, text: shown };
  }

  /** Puts lines at the end of a file. */
  append(file: string, lines: readonly string[], title: string): Fix | undefined {
    return this.insertAfter(file, (this.#lines(file)?.length ?? 0) - 1, lines, title);
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

  /** Rewrites the lines around a line of head, as `change` says where the text is what it expects. */
  rewrite(at: Location, change: Change, title: string): Fix | undefined {
    const found = this.#find(at);
    return found && this.#rewrite(at.file, found.index, change, title);
  }

  /** Rewrites the lines around the only line that a step has put into the file and that this matches. */
  rewriteAdded(
    file: string,
    matches: (text: string) => boolean,
    change: Change,
    title: string,
  ): Fix | undefined {
    const lines = this.#lines(file) ?? [];
    const hits = lines.flatMap(({ number, text }, index) => (number === 0 && matches(text) ? [index] : []));
    const [only, ...others] = hits;
    return only === undefined || others.length > 0 ? undefined : this.#rewrite(file, only, change, title);
  }

  #rewrite(file: string, index: number, change: Change, title: string): Fix | undefined {
    const lines = this.#lines(file) ?? [];
    const texts = lines.map((line) => line.text);
    const changed = change(texts, index);
    if (!changed) return undefined;
    const { first, last } = changed;
    const put = changed.texts.map((text, offset) => ({
      number: offset === 0 ? (lines[first]?.number ?? 0) : 0,
      text,
    }));
    this.#files.set(file, [...lines.slice(0, first), ...put, ...lines.slice(last + 1)]);
    const text = changed.texts.map((each) => `${each}\n`).join('');
    return { title, file, startLine: first + 1, endLine: last + 1, text };
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
