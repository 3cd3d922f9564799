import { TemplateSyntaxError } from './syntax.ts';

/** A stretch of text, or what stands between `{{` and `}}`. */
export interface Piece {
  readonly kind: 'text' | 'action';
  readonly text: string;
}

/** Text and actions of a template in their order, white space taken off where `{{-` and `-}}` ask for it. Linear in time. */
export function piecesOf(template: string): Piece[] {
  const pieces: Piece[] = [];
  let at = 0;
  let trimsStart = false;
  for (;;) {
    const open = template.indexOf('{{', at);
    const text = template.slice(at, open < 0 ? undefined : open);
    const trimsEnd = open >= 0 && /^\{\{-\s/.test(template.slice(open, open + 4));
    const kept = trimmed(text, trimsStart, trimsEnd);
    if (kept !== '') pieces.push({ kind: 'text', text: kept });
    if (open < 0) return pieces;
    const start = open + (trimsEnd ? 3 : 2);
    const close = endOfAction(template, start);
    trimsStart = template[close - 1] === '-' && /\s/.test(template[close - 2] ?? '');
    const action = template.slice(start, trimsStart ? close - 1 : close).trim();
    if (!action.startsWith('/*')) pieces.push({ kind: 'action', text: action });
    at = close + 2;
  }
}

function trimmed(text: string, start: boolean, end: boolean): string {
  const left = start ? text.trimStart() : text;
  return end ? left.trimEnd() : left;
}

/** Where the `}}` of an action stands: outside of texts, behind the `*` + `/` of a comment. */
function endOfAction(template: string, start: number): number {
  const first = template.slice(start, start + 80).trimStart();
  if (first.startsWith('/*')) {
    const end = template.indexOf('*/', start);
    const close = end < 0 ? -1 : template.indexOf('}}', end);
    if (close < 0) throw new TemplateSyntaxError('a comment does not end');
    return close;
  }
  let quote = '';
  for (let at = start; at < template.length; at++) {
    const character = template[at] ?? '';
    if (quote !== '') {
      if (character === '\\' && quote === '"') at += 1;
      else if (character === quote) quote = '';
    } else if (character === '"' || character === '`') quote = character;
    else if (character === '}' && template[at + 1] === '}') return at;
  }
  throw new TemplateSyntaxError('an action does not end');
}
