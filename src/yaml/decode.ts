import type { TextProblem } from './document.ts';

/** The text of a file, or as much of it as can be read. */
export interface Decoded {
  readonly text: string;
  /** True when bytes that are no UTF-8 became U+FFFD in `text`. */
  readonly damaged: boolean;
  /** The file as a whole is not text we read. */
  readonly problem?: TextProblem;
}

/** How git-crypt begins a file that the reader has no key for. */
const GIT_CRYPT = new TextEncoder().encode('\0GITCRYPT\0');

/** UTF-8 with or without a byte order mark. UTF-16 is named, not guessed at. */
export function decode(bytes: Uint8Array): Decoded {
  const first = bytes[0];
  const second = bytes[1];
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)) {
    const message = 'The file is UTF-16; Kubernetes manifests are UTF-8.';
    return { text: '', damaged: true, problem: { kind: 'encoding', message, line: 1, column: 1 } };
  }
  if (startsWith(bytes, GIT_CRYPT)) {
    const message = 'The file is encrypted with git-crypt and cannot be read.';
    return { text: '', damaged: true, problem: { kind: 'encrypted', message, line: 1, column: 1 } };
  }
  try {
    return { text: lineFeeds(new TextDecoder('utf-8', { fatal: true }).decode(bytes)), damaged: false };
  } catch {
    return { text: lineFeeds(new TextDecoder('utf-8').decode(bytes)), damaged: true };
  }
}

function startsWith(bytes: Uint8Array, prefix: Uint8Array): boolean {
  return prefix.every((byte, index) => bytes[index] === byte);
}

/**
 * A lone CR ends a line in YAML; as LF it needs no second thought later, and every offset stays. A byte order mark at the
 * start of a later line is what `cat` leaves between files; YAML allows it before a document.
 */
export function lineFeeds(text: string): string {
  const feeds = text.includes('\r') ? text.replace(/\r(?!\n)/g, '\n') : text;
  return feeds.includes('\n\ufeff') ? feeds.replaceAll('\n\ufeff', '\n') : feeds;
}
