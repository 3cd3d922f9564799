/** A stretch of a file that holds one document, its `---` line included. */
export interface Piece {
  readonly start: number;
  readonly end: number;
}

/**
 * Cuts a file into its documents without parsing it, so that a broken one does not take its neighbours along. A line that
 * begins with `---` ends a document even inside a block scalar, and so does `...`; directives (`%YAML`) belong to the
 * document after them.
 */
export function splitDocuments(text: string): Piece[] {
  const pieces: Piece[] = [];
  let start = 0;
  for (const { at, next } of boundaries(text)) {
    if (at > start && !onlyDirectives(text, start, at)) {
      pieces.push({ start, end: next });
      start = next;
    } else if (next > at) start = next;
  }
  if (start < text.length) pieces.push({ start, end: text.length });
  return pieces;
}

/** `at`: where the marker stands; `next`: where the following document begins (`---` opens it, `...` closes the one before). */
function* boundaries(text: string): Generator<{ at: number; next: number }> {
  let dashes = markerFrom(text, '---', 0);
  let dots = markerFrom(text, '...', 0);
  while (dashes >= 0 || dots >= 0) {
    if (dots < 0 || (dashes >= 0 && dashes < dots)) {
      yield { at: dashes, next: dashes };
      dashes = markerFrom(text, '---', dashes + 3);
    } else {
      const lineEnd = text.indexOf('\n', dots);
      yield { at: dots, next: lineEnd < 0 ? text.length : lineEnd + 1 };
      dots = markerFrom(text, '...', dots + 3);
    }
  }
}

/** The next line that consists of `marker`, perhaps followed by a blank and more. */
function markerFrom(text: string, marker: string, from: number): number {
  let at = from === 0 && text.startsWith(marker) ? 0 : afterBreak(text, marker, from);
  while (at >= 0 && !isBlankOrEnd(text.charCodeAt(at + 3))) at = afterBreak(text, marker, at + 3);
  return at;
}

function afterBreak(text: string, marker: string, from: number): number {
  return text.indexOf(`\n${marker}`, Math.max(0, from - 1)) + 1 || -1;
}

function isBlankOrEnd(code: number): boolean {
  return Number.isNaN(code) || code === 0x20 || code === 0x09 || code === 0x0a || code === 0x0d;
}

/** True for `%YAML 1.2` and the like with comments around it. Stops at the first line that is anything else. */
function onlyDirectives(text: string, start: number, end: number): boolean {
  let found = false;
  for (let at = start; at < end;) {
    const lineEnd = text.indexOf('\n', at);
    const next = lineEnd < 0 || lineEnd >= end ? end : lineEnd + 1;
    if (text.startsWith('%', at)) found = true;
    else if (!/^[ \t\r\n]*(?:#|$)/.test(text.slice(at, Math.min(next, at + 200)))) return false;
    at = next;
  }
  return found;
}
