import { HclError } from './hcl.ts';

export interface HclToken {
  readonly kind: 'word' | 'number' | 'text' | 'sign' | 'newline' | 'end';
  /** For a text: what stands between its quotes, escapes not yet resolved. */
  readonly text: string;
  readonly line: number;
  /** A heredoc: no escapes, and only `${` is special. */
  readonly isRaw?: boolean;
}

/** More than a file that people write. */
const MOST_TOKENS = 100_000;

const SKIPPED = /(?:[ \t\r]+|#[^\n]*|\/\/[^\n]*)/y;
const COMMENT = /\/\*[^]*?\*\//y;
const WORD = /[A-Za-z_][\w-]*/y;
const NUMBER = /\d+(?:\.\d+)?/y;
const HEREDOC = /<<(-?)([A-Za-z_]\w*)[ \t]*\r?\n/y;

/** The tokens of a file, in linear time. @throws HclError */
export function hclTokens(source: string): HclToken[] {
  const tokens: HclToken[] = [];
  let at = 0;
  let line = 1;
  const match = (shape: RegExp): string | undefined => {
    shape.lastIndex = at;
    return shape.exec(source)?.[0];
  };
  const push = (kind: HclToken['kind'], text: string, length: number, isRaw = false) => {
    tokens.push({ kind, text, line, ...(isRaw ? { isRaw } : {}) });
    const taken = source.slice(at, at + length);
    at += length;
    line += taken.split('\n').length - 1;
  };
  while (at < source.length) {
    if (tokens.length > MOST_TOKENS) throw new HclError('the file is too long');
    const skipped = match(SKIPPED) ?? match(COMMENT);
    const character = source[at] ?? '';
    if (skipped !== undefined) {
      at += skipped.length;
      line += skipped.split('\n').length - 1;
    } else if (character === '\n') push('newline', '\n', 1);
    else if (character === '"') {
      const end = endOfText(source, at + 1);
      push('text', source.slice(at + 1, end), end + 1 - at);
    } else {
      const heredoc = match(HEREDOC);
      const plain = match(WORD) ?? match(NUMBER);
      if (heredoc !== undefined) {
        const { text, length } = heredocAt(source, at, heredoc);
        push('text', text, length, true);
      } else if (plain !== undefined) push(/^\d/.test(plain) ? 'number' : 'word', plain, plain.length);
      else push('sign', source.startsWith('=>', at) ? '=>' : character, source.startsWith('=>', at) ? 2 : 1);
    }
  }
  tokens.push({ kind: 'end', text: '', line });
  return tokens;
}

/** Where the closing quote stands: not one that is escaped, nor one inside `${...}`. */
function endOfText(source: string, start: number): number {
  let depth = 0;
  for (let at = start; at < source.length; at++) {
    const character = source[at];
    if (character === '\\') at += 1;
    else if (
      (character === '$' || character === '%') &&
      source[at + 1] === '{' &&
      source[at - 1] !== character
    ) {
      depth += 1;
      at += 1;
    } else if (character === '}' && depth > 0) depth -= 1;
    else if (character === '"' && depth === 0) return at;
    else if (character === '\n' && depth === 0) break;
  }
  throw new HclError('a text does not end');
}

function heredocAt(source: string, at: number, head: string): { text: string; length: number } {
  const [, dash, mark = ''] = /^<<(-?)(\w+)/.exec(head) ?? [];
  const lines: string[] = [];
  let next = at + head.length;
  while (next < source.length) {
    const end = source.indexOf('\n', next);
    const line = source.slice(next, end < 0 ? undefined : end).replace(/\r$/, '');
    if (line.trim() === mark)
      return {
        text: dash === '-' ? unindented(lines) : `${lines.join('\n')}\n`,
        length: next + line.length - at,
      };
    lines.push(line);
    if (end < 0) break;
    next = end + 1;
  }
  throw new HclError('a heredoc does not end');
}

function unindented(lines: readonly string[]): string {
  const widths = lines
    .filter((line) => line.trim() !== '')
    .map((line) => line.length - line.trimStart().length);
  const width = widths.reduce((least, each) => Math.min(least, each), Number.POSITIVE_INFINITY);
  return `${lines.map((line) => line.slice(Number.isFinite(width) ? width : 0)).join('\n')}\n`;
}
