import { isBracket, readBrackets } from './everyday-brackets.ts';
import { isAtKey, isQuote, readBlockText, readKey, readPlain, readQuoted } from './everyday-scalars.ts';
import type { Parsed } from './parse-piece.ts';
import {
  BAR,
  DASH,
  GREATER,
  HASH,
  isBlank,
  isLineEnd,
  NOT_EVERYDAY,
  NotEveryday,
  TextCursor,
} from './text-cursor.ts';

/** Nesting of everyday manifests; deeper ones are the parser's to judge. */
const MAX_DEPTH = 40;

/** Tabs, carriage returns, byte order marks, surrogates, what YAML does not print. */
const UNUSUAL = /[^\n\x20-\x7e\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd]/;

/**
 * Reads the part of YAML in which nearly every manifest is written, many times faster than the parser does: block
 * mappings and sequences, keys and scalars on one line, `|` and `>` texts, brackets on one line, comments.
 * @returns exactly what the parser makes of the text, or `undefined` for a text that holds anything else or is wrong in any
 * way: then the parser has to be asked.
 */
export function readEveryday(text: string): Parsed | undefined {
  if (UNUSUAL.test(text)) return undefined;
  try {
    const cursor = new TextCursor(text);
    const document = new BlockReader(cursor).document();
    if (document === undefined) return { outcome: 'empty' };
    const { nodes } = cursor;
    return { outcome: 'value', ...document, nodes, text, repeatedKeys: [], hasAliases: false };
  } catch (error) {
    if (error instanceof NotEveryday) return undefined;
    throw error;
  }
}

class BlockReader {
  readonly #cursor: TextCursor;
  /** Column of the first character of the line that is no blank; -1 at the end of the text. */
  #indent = -1;

  constructor(cursor: TextCursor) {
    this.#cursor = cursor;
  }

  /** `undefined` for a document of comments only. */
  document(): { value: unknown; start: number } | undefined {
    this.#toContent();
    if (this.#indent === 0 && this.#cursor.text.startsWith('---', this.#cursor.at)) {
      this.#cursor.at += 3;
      this.#nextLine();
    }
    const start = this.#cursor.at;
    if (this.#indent < 0) return undefined;
    if (this.#indent > 0) throw NOT_EVERYDAY;
    const value = this.#block(MAX_DEPTH);
    if (this.#indent >= 0) throw NOT_EVERYDAY;
    return { value, start };
  }

  /** The mapping or sequence whose first entry is here. `depth` is how deep it may still nest. */
  #block(depth: number): unknown {
    if (depth <= 0) throw NOT_EVERYDAY;
    this.#cursor.nodes += 2;
    return this.#isAtItem() ? this.#sequence(depth) : this.#mapping(depth);
  }

  #sequence(depth: number): unknown[] {
    const column = this.#indent;
    const items: unknown[] = [];
    do {
      this.#cursor.at += 1;
      this.#indent = column + 1 + this.#cursor.skipSpaces();
      items.push(this.#isAtBlock() ? this.#block(depth - 1) : this.#value(column, depth, false));
    } while (this.#indent === column && this.#isAtItem());
    if (this.#indent > column) throw NOT_EVERYDAY;
    return items;
  }

  #mapping(depth: number): Record<string, unknown> {
    const column = this.#indent;
    const entries: Record<string, unknown> = {};
    do {
      const key = readKey(this.#cursor);
      if (Object.hasOwn(entries, key)) throw NOT_EVERYDAY;
      this.#cursor.skipSpaces();
      entries[key] = this.#value(column, depth, true);
    } while (this.#indent === column);
    if (this.#indent > column) throw NOT_EVERYDAY;
    return entries;
  }

  /** What stands behind a key or dash in that column, or below it. Ends at the next content. */
  #value(column: number, depth: number, isOfKey: boolean): unknown {
    if (!isLineEnd(this.#cursor.code()) && !this.#cursor.isAtComment()) return this.#inline(column, depth);
    this.#nextLine();
    const isBelow = this.#indent > column || (isOfKey && this.#indent === column && this.#isAtItem());
    if (isBelow) return this.#block(depth - 1);
    this.#cursor.nodes += 1;
    return null;
  }

  #inline(column: number, depth: number): unknown {
    const first = this.#cursor.code();
    if (first === BAR || first === GREATER) {
      const text = readBlockText(this.#cursor, column);
      this.#toContent();
      return text;
    }
    const value = isBracket(first) ? readBrackets(this.#cursor, depth - 1) : this.#scalar(first);
    this.#nextLine();
    return value;
  }

  #scalar(first: number): unknown {
    return isQuote(first) ? readQuoted(this.#cursor) : readPlain(this.#cursor);
  }

  #isAtItem(): boolean {
    return this.#cursor.code() === DASH && isBlank(this.#cursor.code(1));
  }

  /** Behind a dash: whether a mapping or sequence goes on there. */
  #isAtBlock(): boolean {
    return this.#isAtItem() || (!isLineEnd(this.#cursor.code()) && isAtKey(this.#cursor));
  }

  /** From behind a value, which nothing but a comment may follow on its line. */
  #nextLine(): void {
    this.#cursor.skipSpaces();
    if (this.#cursor.isAtComment()) this.#cursor.skipLine();
    if (!isLineEnd(this.#cursor.code())) throw NOT_EVERYDAY;
    this.#cursor.at += 1;
    this.#toContent();
  }

  /** From the beginning of a line, over empty ones and comments. */
  #toContent(): void {
    const { text } = this.#cursor;
    for (; this.#cursor.at < text.length; this.#cursor.at += 1) {
      this.#indent = this.#cursor.skipSpaces();
      const next = this.#cursor.code();
      if (next === HASH) this.#cursor.skipLine();
      else if (!isLineEnd(next)) return;
    }
    this.#indent = -1;
  }
}
