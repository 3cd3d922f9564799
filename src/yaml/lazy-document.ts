import type { Event } from 'js-yaml';
import type { Path } from '../vocabulary.ts';
import type { Document, TextRange } from './document.ts';
import type { Lines } from './lines.ts';
import { Locator } from './locate.ts';
import { eventsOf } from './parse-piece.ts';

/** What a document is made of. Offsets count from the start of the file. */
export interface DocumentParts {
  readonly index: number;
  readonly value: unknown;
  /** The text of the document alone; it begins at `offset` of the file. */
  readonly text: string;
  readonly offset: number;
  /** Offset of the first key within `text`. */
  readonly start: number;
  readonly lines: Lines;
}

/** A document that parses its text a second time when the first position is asked for, and only then. */
export class LazyDocument implements Document {
  readonly index: number;
  readonly value: unknown;
  readonly #parts: DocumentParts;
  #locator: Locator | undefined;

  constructor(parts: DocumentParts) {
    this.index = parts.index;
    this.value = parts.value;
    this.#parts = parts;
  }

  get line(): number {
    return this.#parts.lines.at(this.#parts.offset + this.#parts.start).line;
  }

  locate(path: Path, what: 'value' | 'key' = 'value'): TextRange {
    const { offset, start, lines } = this.#parts;
    const found = this.#locate(path, what) ?? { start, end: start };
    const { line, column } = lines.at(offset + found.start);
    return { line, column, endLine: lines.at(offset + found.end).line };
  }

  textOf(line: number, endLine: number): string {
    return this.#parts.lines.text(line, endLine);
  }

  isSameAs(other: Document): boolean {
    if (!(other instanceof LazyDocument)) return false;
    const [here, there] = [this.#parts, other.#parts];
    return here.index === there.index && here.text === there.text && this.line === other.line;
  }

  #locate(path: Path, what: 'value' | 'key'): { start: number; end: number } | undefined {
    if (this.value === undefined) return undefined;
    this.#locator ??= new Locator(events(this.#parts.text), this.#parts.text);
    return this.#locator.locate(path, what);
  }
}

/** JSON that only a JSON parser accepts has no events, and so only its beginning as a position. */
function events(text: string): Event[] {
  try {
    return eventsOf(text);
  } catch {
    return [];
  }
}
