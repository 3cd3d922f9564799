import { CHOMPING_MODE, EVENT_ID, SCALAR_STYLE, getScalarValue, type ScalarEvent } from 'js-yaml';
import { plainKey } from './known-keys.ts';
import { plainValue } from './kubernetes-schema.ts';
import * as char from './text-cursor.ts';
import { isBlank, isLineEnd, isTextEnd, NOT_EVERYDAY, type TextCursor } from './text-cursor.ts';

/** Characters that mean something at the beginning of a scalar; `-` and `:` do so before a blank only. */
const INDICATORS = codes('?,[]{}#&*!|>\'"%@` ');

const BRACKET_SIGNS = codes(',[]{}');

/** What may follow a backslash here. */
const ESCAPES = codes('\\"/nrt');

/** A plain scalar on one line. */
export function readPlain(cursor: TextCursor, inBrackets = false): unknown {
  const { at } = cursor;
  skipPlain(cursor, inBrackets);
  cursor.nodes += 1;
  return plainValue(cursor.text.slice(at, cursor.at));
}

/**
 * To before ` #`, `: ` and the line's end, blanks left out; between brackets also before one of their signs.
 * @returns a hash of the characters passed
 */
function skipPlain(cursor: TextCursor, inBrackets = false): number {
  const { text, at } = cursor;
  const first = text.charCodeAt(at);
  const second = text.charCodeAt(at + 1);
  const isSign = first === char.DASH || first === char.COLON;
  const standsAlone = isBlank(second) || (inBrackets && BRACKET_SIGNS.has(second));
  if ((isSign && standsAlone) || isLineEnd(first) || INDICATORS.has(first)) throw NOT_EVERYDAY;
  let hash = 0;
  for (let next = at; ; next += 1) {
    const code = text.charCodeAt(next);
    if (code === char.SPACE) continue;
    if (isLineEnd(code) || (code === char.HASH && cursor.at < next)) return hash;
    if (inBrackets && BRACKET_SIGNS.has(code)) return hash;
    if (code === char.COLON) {
      const following = text.charCodeAt(next + 1);
      if (isBlank(following) || (inBrackets && BRACKET_SIGNS.has(following))) return hash;
    }
    hash = (hash * 31 + code) | 0;
    cursor.at = next + 1;
  }
}

/** A text in quotes on one line. */
export function readQuoted(cursor: TextCursor): string {
  const { text } = cursor;
  const quote = text.charCodeAt(cursor.at);
  const isDouble = quote === char.DOUBLE_QUOTE;
  const start = cursor.at + 1;
  let asWritten = true;
  let end = start;
  for (; ; end += 1) {
    const code = text.charCodeAt(end);
    if (isLineEnd(code)) throw NOT_EVERYDAY;
    const following = text.charCodeAt(end + 1);
    if (code === quote && (isDouble || following !== quote)) break;
    if (isDouble ? code !== char.BACKSLASH : code !== quote) continue;
    if (isDouble && !ESCAPES.has(following)) throw NOT_EVERYDAY;
    asWritten = false;
    end += 1;
  }
  cursor.at = end + 1;
  cursor.nodes += 1;
  if (asWritten) return text.slice(start, end);
  const style = isDouble ? SCALAR_STYLE.DOUBLE_QUOTED : SCALAR_STYLE.SINGLE_QUOTED;
  return getScalarValue(text, { ...SCALAR, style, valueStart: start, valueEnd: end });
}

/** `|` or `>` and the lines below that are indented more than the column `parent`. Ends at the beginning of a line. */
export function readBlockText(cursor: TextCursor, parent: number): string {
  const { text } = cursor;
  const style = cursor.code() === char.BAR ? SCALAR_STYLE.LITERAL_BLOCK : SCALAR_STYLE.FOLDED_BLOCK;
  cursor.at += 1;
  const chomping = readChomping(cursor);
  const valueStart = cursor.at;
  let indent = -1;
  let blankIndent = 0;
  while (cursor.at < text.length) {
    const lineStart = cursor.at;
    const column = cursor.skipSpaces();
    const next = cursor.code();
    if (isTextEnd(next) && column > 0) throw NOT_EVERYDAY;
    if (next === char.NEWLINE) {
      if (indent < 0) blankIndent = Math.max(blankIndent, column);
    } else if (column < (indent < 0 ? parent + 1 : indent)) {
      cursor.at = lineStart;
      break;
    } else if (indent < 0) {
      if (column < blankIndent) throw NOT_EVERYDAY;
      indent = column;
    }
    cursor.skipLine();
    if (cursor.at < text.length) cursor.at += 1;
  }
  cursor.nodes += 1;
  return getScalarValue(text, { ...SCALAR, style, chomping, indent, valueStart, valueEnd: cursor.at });
}

function readChomping(cursor: TextCursor): ScalarEvent['chomping'] {
  const sign = cursor.code();
  if (sign === char.DASH || sign === char.PLUS) cursor.at += 1;
  cursor.skipSpaces();
  if (cursor.isAtComment()) cursor.skipLine();
  if (cursor.code() !== char.NEWLINE) throw NOT_EVERYDAY;
  cursor.at += 1;
  if (sign === char.PLUS) return CHOMPING_MODE.KEEP;
  return sign === char.DASH ? CHOMPING_MODE.STRIP : CHOMPING_MODE.CLIP;
}

/** A key of a block mapping. Ends behind its colon. */
export function readKey(cursor: TextCursor): string {
  const first = cursor.code();
  // `---` and `...` at the beginning of a line are no keys.
  if (first === char.DASH || (first === char.DOT && cursor.code(1) === char.DOT)) throw NOT_EVERYDAY;
  const key = isQuote(first) ? readQuoted(cursor) : readPlainKey(cursor);
  if (cursor.code() !== char.COLON || !isBlank(cursor.code(1))) throw NOT_EVERYDAY;
  cursor.at += 1;
  return nameOf(key);
}

function readPlainKey(cursor: TextCursor): string | undefined {
  const { at } = cursor;
  const hash = skipPlain(cursor);
  cursor.nodes += 1;
  return plainKey(cursor.text, at, cursor.at, hash);
}

/** Whether the line goes on with a key, and not with a scalar. */
export function isAtKey(cursor: TextCursor): boolean {
  const { at, nodes } = cursor;
  const first = cursor.code();
  if (isQuote(first)) readQuoted(cursor);
  else if (INDICATORS.has(first) || first === char.COLON) return false;
  else skipPlain(cursor);
  const isKey = cursor.code() === char.COLON;
  cursor.at = at;
  cursor.nodes = nodes;
  return isKey;
}

/** Keys that are no text become text, `<<` merges, and `__proto__` is special to JavaScript: the parser knows how. */
export function nameOf(key: unknown): string {
  if (typeof key !== 'string' || key === '<<' || key === '__proto__') throw NOT_EVERYDAY;
  return key;
}

export function isQuote(code: number): boolean {
  return code === char.DOUBLE_QUOTE || code === char.SINGLE_QUOTE;
}

/** A scalar as the parser tells of it, without anchor and tag. */
const SCALAR = {
  ...{ type: EVENT_ID.SCALAR, chomping: CHOMPING_MODE.CLIP, indent: -1, fast: false },
  ...{ anchorStart: -1, anchorEnd: -1, tagStart: -1, tagEnd: -1 },
} as const;

function codes(text: string): ReadonlySet<number> {
  return new Set(Array.from(text, (sign) => sign.charCodeAt(0)));
}
