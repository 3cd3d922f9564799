import { isQuote, nameOf, readPlain, readQuoted } from './everyday-scalars.ts';
import {
  CLOSE_LIST,
  CLOSE_MAP,
  COLON,
  COMMA,
  NOT_EVERYDAY,
  OPEN_LIST,
  OPEN_MAP,
  type TextCursor,
} from './text-cursor.ts';

/** `[...]` or `{...}` on one line. `depth` is how deep it may still nest. */
export function readBrackets(cursor: TextCursor, depth: number): unknown {
  if (depth <= 0) throw NOT_EVERYDAY;
  const isList = cursor.code() === OPEN_LIST;
  cursor.nodes += 2;
  cursor.at += 1;
  cursor.skipSpaces();
  return isList ? readList(cursor, depth) : readMap(cursor, depth);
}

export function isBracket(code: number): boolean {
  return code === OPEN_LIST || code === OPEN_MAP;
}

function readList(cursor: TextCursor, depth: number): unknown[] {
  const items: unknown[] = [];
  if (skipped(cursor, CLOSE_LIST)) return items;
  do items.push(readItem(cursor, depth));
  while (goesOn(cursor, CLOSE_LIST));
  return items;
}

function readMap(cursor: TextCursor, depth: number): Record<string, unknown> {
  const entries: Record<string, unknown> = {};
  if (skipped(cursor, CLOSE_MAP)) return entries;
  do {
    const key = nameOf(readScalar(cursor));
    if (Object.hasOwn(entries, key) || !skipped(cursor, COLON) || cursor.code(-1) === COLON)
      throw NOT_EVERYDAY;
    entries[key] = readItem(cursor, depth);
  } while (goesOn(cursor, CLOSE_MAP));
  return entries;
}

function readItem(cursor: TextCursor, depth: number): unknown {
  return isBracket(cursor.code()) ? readBrackets(cursor, depth - 1) : readScalar(cursor);
}

function readScalar(cursor: TextCursor): unknown {
  return isQuote(cursor.code()) ? readQuoted(cursor) : readPlain(cursor, true);
}

/** Over the comma to the next entry; `false` behind the closing bracket. */
function goesOn(cursor: TextCursor, closing: number): boolean {
  cursor.skipSpaces();
  if (skipped(cursor, COMMA)) return true;
  if (!skipped(cursor, closing)) throw NOT_EVERYDAY;
  return false;
}

function skipped(cursor: TextCursor, sign: number): boolean {
  if (cursor.code() !== sign) return false;
  cursor.at += 1;
  if (sign === COMMA || sign === COLON) cursor.skipSpaces();
  return true;
}
