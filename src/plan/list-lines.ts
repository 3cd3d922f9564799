import { indentOf } from './line-spots.ts';

/** Lines that take the place of others, counted from 0, the last included. */
export interface Rewriting {
  readonly first: number;
  readonly last: number;
  readonly texts: readonly string[];
}

type Lines = readonly string[];

const FLOW = /^(\s*(?:- )?[\w"'-]+:\s*)\[([^[\]{}#]*)\](\s*(?:#.*)?)$/;

/**
 * Takes an item out of the list that is written at this line: `- prod` of a block, or one of `key: [prod, canary]`. A list
 * without items goes with its key. `undefined` where it is written otherwise.
 */
export function withoutItem(lines: Lines, index: number, item: string): Rewriting | undefined {
  const text = lines[index] ?? '';
  const flow = FLOW.exec(text);
  if (flow) {
    const items = itemsOf(flow[2] ?? '');
    const left = items.filter((one) => bare(one) !== item);
    if (left.length === items.length) return undefined;
    const isAlone = left.length === 0 && !text.trimStart().startsWith('- ');
    const texts = isAlone ? [] : [`${flow[1] ?? ''}[${left.join(', ')}]${flow[3] ?? ''}`];
    return { first: index, last: index, texts };
  }
  if (blockItem(text) !== item) return undefined;
  const isSibling = (other: string | undefined): boolean =>
    other !== undefined && blockItem(other) !== undefined && indentOf(other) === indentOf(text);
  if (isSibling(lines[index - 1]) || isSibling(lines[index + 1]))
    return { first: index, last: index, texts: [] };
  const key = lines[index - 1] ?? '';
  return /^\s*[\w"'-]+:\s*$/.test(key) ? { first: index - 1, last: index, texts: [] } : undefined;
}

/** Puts an item into the list that has one at this line. */
export function withItem(lines: Lines, index: number, item: string): Rewriting | undefined {
  const text = lines[index] ?? '';
  const flow = FLOW.exec(text);
  if (flow) {
    const items = [...itemsOf(flow[2] ?? ''), item];
    const texts = [`${flow[1] ?? ''}[${items.join(', ')}]${flow[3] ?? ''}`];
    return { first: index, last: index, texts };
  }
  if (blockItem(text) === undefined) return undefined;
  return { first: index, last: index, texts: [text, `${text.slice(0, indentOf(text))}- ${item}`] };
}

/** Puts an entry below the one of this key, which is written on one line: as the next of its mapping. */
export function withEntryBelow(
  lines: Lines,
  index: number,
  key: string,
  entry: string,
): Rewriting | undefined {
  const text = lines[index] ?? '';
  const margin = /^\s*(?:- )?/.exec(text)?.[0] ?? '';
  const isKey = [key, `"${key}"`, `'${key}'`].some((one) => text.startsWith(`${one}: `, margin.length));
  if (!isKey) return undefined;
  return { first: index, last: index, texts: [text, `${' '.repeat(margin.length)}${entry}`] };
}

function itemsOf(text: string): string[] {
  return text
    .split(',')
    .map((one) => one.trim())
    .filter((one) => one !== '');
}

function blockItem(text: string): string | undefined {
  const item = /^\s*- (\S+)\s*$/.exec(text)?.[1];
  return item === undefined ? undefined : bare(item);
}

function bare(item: string): string {
  return /^(["'])(.*)\1$/.exec(item)?.[2] ?? item;
}
