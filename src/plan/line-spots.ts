/** Where things stand in one line of YAML. */
export function indentOf(text: string): number {
  return text.length - text.trimStart().length;
}

/** Does an item begin here that may hold a line of this indentation? */
export function isItemStart(text: string, inner: number): boolean {
  return /^\s*- /.test(text) && indentOf(text) < inner;
}

/** Does the line go on with an item whose dash stands at this indentation? */
export function isWithin(text: string, outer: number): boolean {
  return text.trim() !== '' && indentOf(text) > outer && !text.startsWith('---');
}

interface Spot {
  readonly start: number;
  readonly end: number;
  readonly quote: string;
}

/** Where the scalar stands, quotes included: at this column, else anywhere on the line if it is there once. */
export function spotOf(text: string, column: number, scalar: string): Spot | undefined {
  const here = scalarAt(text, column, scalar);
  if (here) return here;
  const spots: Spot[] = [];
  for (let at = text.indexOf(scalar); at >= 0; at = text.indexOf(scalar, at + 1)) {
    const quote = text.charAt(at - 1);
    const spot = scalarAt(text, quote === '"' || quote === "'" ? at - 1 : at, scalar);
    if (spot && /^$|[\s,[{:="']/.test(text.charAt(spot.start - 1))) spots.push(spot);
  }
  return spots.length === 1 ? spots[0] : undefined;
}

function scalarAt(text: string, start: number, scalar: string): Spot | undefined {
  const first = text.charAt(start);
  const quote = first === '"' || first === "'" ? first : '';
  if (!text.startsWith(`${quote}${scalar}${quote}`, start)) return undefined;
  const end = start + scalar.length + 2 * quote.length;
  return /^(?:\s|,|\}|\]|$)/.test(text.slice(end, end + 1)) ? { start, end, quote } : undefined;
}

/** Where `key: value`, beginning at this column, ends; `undefined` when something else stands there. */
export function entryEnd(
  text: string,
  column: number,
  [key, value]: readonly [string, string],
): number | undefined {
  const first = text.charAt(column);
  const quote = first === '"' || first === "'" ? first : '';
  const written = `${quote}${key}${quote}`;
  if (!text.startsWith(written, column)) return undefined;
  const gap = /^\s*:\s+/.exec(text.slice(column + written.length))?.[0];
  if (gap === undefined) return undefined;
  return scalarAt(text, column + written.length + gap.length, value)?.end;
}
