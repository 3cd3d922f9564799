/** One answer of `git cat-file --batch`. `content` is undefined when the object is larger than the reader wants. */
export interface GitObject {
  readonly found: boolean;
  readonly type: string;
  readonly size: number;
  readonly content: Uint8Array | undefined;
}

const NEWLINE = 0x0a;
const MAX_HEADER = 1024;
const NOT_FOUND: GitObject = { found: false, type: '', size: 0, content: undefined };

/**
 * Splits the output of `git cat-file --batch` into objects: `<id> <type> <size>\n<content>\n`, or `<id> missing\n`.
 * Every byte is copied once, however the pipe cuts the stream.
 */
export class CatFileParser {
  readonly #maxBytes: number;
  readonly #emit: (object: GitObject) => void;
  #header = '';
  /** The object whose bytes are arriving, and how many of them plus the final newline are still to come. */
  #current: GitObject | undefined;
  #remaining = 0;

  constructor(maxBytes: number, emit: (object: GitObject) => void) {
    this.#maxBytes = maxBytes;
    this.#emit = emit;
  }

  /** @returns false when this is not the protocol; the stream is then of no further use. */
  push(chunk: Buffer): boolean {
    let at = 0;
    while (at < chunk.length) {
      if (this.#current) {
        at += this.#takeContent(this.#current, chunk, at);
        continue;
      }
      const end = chunk.indexOf(NEWLINE, at);
      this.#header += chunk.toString('latin1', at, end < 0 ? chunk.length : end);
      if (this.#header.length > MAX_HEADER) return false;
      if (end < 0) return true;
      at = end + 1;
      if (!this.#takeHeader()) return false;
    }
    return true;
  }

  #takeHeader(): boolean {
    const [, type, length] = this.#header.split(' ');
    this.#header = '';
    if (length === undefined) {
      if (type !== 'missing' && type !== 'ambiguous') return false;
      this.#emit(NOT_FOUND);
      return true;
    }
    const size = Number(length);
    if (type === undefined || !Number.isSafeInteger(size)) return false;
    const content = size <= this.#maxBytes ? Buffer.allocUnsafe(size) : undefined;
    this.#current = { found: true, type, size, content };
    this.#remaining = size + 1;
    return true;
  }

  /** @returns how many bytes of the chunk belonged to the object. */
  #takeContent(object: GitObject, chunk: Buffer, at: number): number {
    const taken = Math.min(this.#remaining, chunk.length - at);
    if (object.content) chunk.copy(object.content, object.size + 1 - this.#remaining, at, at + taken);
    this.#remaining -= taken;
    if (this.#remaining === 0) {
      this.#current = undefined;
      this.#emit(object);
    }
    return taken;
  }
}
