/** Characters that the readers of everyday YAML look for. */
export const NEWLINE = 0x0a;
export const SPACE = 0x20;
export const DOUBLE_QUOTE = 0x22;
export const HASH = 0x23;
export const SINGLE_QUOTE = 0x27;
export const PLUS = 0x2b;
export const COMMA = 0x2c;
export const DASH = 0x2d;
export const DOT = 0x2e;
export const COLON = 0x3a;
export const GREATER = 0x3e;
export const OPEN_LIST = 0x5b;
export const BACKSLASH = 0x5c;
export const CLOSE_LIST = 0x5d;
export const OPEN_MAP = 0x7b;
export const BAR = 0x7c;
export const CLOSE_MAP = 0x7d;

/** Thrown where a text leaves everyday YAML. */
export class NotEveryday extends Error {}

/** Made once: a stack trace for each of the many templates would cost more than it is worth. */
export const NOT_EVERYDAY = new NotEveryday();

/** A place in a text that only moves on. */
export class TextCursor {
  readonly text: string;
  at = 0;
  /** Events that the parser would have made so far; the document itself is two of them. */
  nodes = 2;

  constructor(text: string) {
    this.text = text;
  }

  /** The character that many places ahead; NaN behind the end. */
  code(ahead = 0): number {
    return this.text.charCodeAt(this.at + ahead);
  }

  /** How many there were. */
  skipSpaces(): number {
    const from = this.at;
    while (this.text.charCodeAt(this.at) === SPACE) this.at += 1;
    return this.at - from;
  }

  /** To the line break, or the end of the text. */
  skipLine(): void {
    const end = this.text.indexOf('\n', this.at);
    this.at = end < 0 ? this.text.length : end;
  }

  isAtComment(): boolean {
    return this.code() === HASH && this.code(-1) === SPACE;
  }
}

export function isLineEnd(code: number): boolean {
  return code === NEWLINE || isTextEnd(code);
}

/** NaN is what stands behind the last character. */
export function isTextEnd(code: number): boolean {
  return !(code >= 0);
}

export function isBlank(code: number): boolean {
  return code === SPACE || isLineEnd(code);
}
