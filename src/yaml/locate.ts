import { EVENT_ID, SCALAR_STYLE, getScalarValue, type Event, type ScalarEvent } from 'js-yaml';
import type { Path, PathSegment } from '../vocabulary.ts';

/** Offsets into the text the events were parsed from; `end` is behind the last character. */
export interface OffsetRange {
  readonly start: number;
  readonly end: number;
}

const NOWHERE = -1;
const MERGE_KEY = '<<';

/** A node by its event, and the event of the mapping key that introduces it. */
interface Node {
  readonly at: number;
  readonly key: number;
}

/**
 * Finds values of one document among its parser events. Steps through an alias go to what it points to; a value that is
 * itself an alias stands where the alias is written. Keys of merged mappings are found where they are written.
 */
export class Locator {
  readonly #events: readonly Event[];
  readonly #source: string;

  /** @param events of one document, which begin with its DOCUMENT event. */
  constructor(events: readonly Event[], source: string) {
    this.#events = events;
    this.#source = source;
  }

  /** A missing path gives its deepest existing ancestor. `undefined` for a document without content. */
  locate(path: Path, what: 'value' | 'key'): OffsetRange | undefined {
    let node: Node = { at: 1, key: NOWHERE };
    for (const segment of path) {
      const next = this.#step(this.#resolve(node.at), segment);
      if (next === undefined) break;
      node = next;
    }
    const value = this.#range(node.at);
    const key = node.key === NOWHERE ? undefined : this.#range(node.key);
    return what === 'key' ? (key ?? value) : (value ?? key);
  }

  #step(at: number, segment: PathSegment): Node | undefined {
    const type = this.#events[at]?.type;
    if (type === EVENT_ID.MAPPING) return this.#entry(at, String(segment), new Set());
    if (type === EVENT_ID.SEQUENCE && typeof segment === 'number') return this.#item(at, segment);
    return undefined;
  }

  /** The last entry of that key, else the first merged mapping that has it. `seen` bounds mappings merged repeatedly. */
  #entry(mapping: number, name: string, seen: Set<number>): Node | undefined {
    if (seen.has(mapping)) return undefined;
    seen.add(mapping);
    const merged: number[] = [];
    let found: Node | undefined;
    for (let key = mapping + 1; this.#isNode(key);) {
      const value = this.#after(key);
      const text = this.#keyText(key);
      if (text === name) found = { at: value, key };
      if (text === MERGE_KEY) merged.push(...this.#mergedMappings(value));
      key = this.#after(value);
    }
    for (let next = 0; found === undefined && next < merged.length; next += 1) {
      found = this.#entry(merged[next] ?? NOWHERE, name, seen);
    }
    return found;
  }

  #mergedMappings(value: number): number[] {
    const at = this.#resolve(value);
    const type = this.#events[at]?.type;
    if (type === EVENT_ID.MAPPING) return [at];
    if (type !== EVENT_ID.SEQUENCE) return [];
    const mappings: number[] = [];
    for (let item = at + 1; this.#isNode(item); item = this.#after(item)) {
      const target = this.#resolve(item);
      if (this.#events[target]?.type === EVENT_ID.MAPPING) mappings.push(target);
    }
    return mappings;
  }

  #item(sequence: number, index: number): Node | undefined {
    let item = sequence + 1;
    for (let n = 0; n < index && this.#isNode(item); n += 1) item = this.#after(item);
    return this.#isNode(item) ? { at: item, key: NOWHERE } : undefined;
  }

  #isNode(at: number): boolean {
    const event = this.#events[at];
    return event !== undefined && event.type !== EVENT_ID.POP;
  }

  /** A key's text as the constructed value has it; `undefined` for keys that are no scalars. */
  #keyText(at: number): string | undefined {
    const event = this.#events[this.#resolve(at)];
    return event?.type === EVENT_ID.SCALAR ? getScalarValue(this.#source, event) : undefined;
  }

  /** The event behind the node at `at`. */
  #after(at: number): number {
    let depth = 0;
    let index = at;
    do {
      const type = this.#events[index]?.type;
      if (type === EVENT_ID.SEQUENCE || type === EVENT_ID.MAPPING || type === EVENT_ID.DOCUMENT) depth += 1;
      else if (type === EVENT_ID.POP) depth -= 1;
      index += 1;
    } while (depth > 0 && index < this.#events.length);
    return index;
  }

  /** What an alias points to: the last anchor of its name before it. Anything else is itself. */
  #resolve(at: number): number {
    const event = this.#events[at];
    if (event?.type !== EVENT_ID.ALIAS) return at;
    const name = this.#source.slice(event.anchorStart, event.anchorEnd);
    for (let index = at - 1; index > 0; index -= 1) {
      const candidate = this.#events[index];
      if (candidate === undefined || !('tagStart' in candidate) || candidate.anchorStart === NOWHERE)
        continue;
      if (this.#source.slice(candidate.anchorStart, candidate.anchorEnd) === name) return index;
    }
    return at;
  }

  #range(at: number): OffsetRange | undefined {
    const event = this.#events[at];
    if (event === undefined) return undefined;
    const start = offsetOf(event, this.#source);
    if (start === undefined) return undefined;
    let end = start;
    const after = this.#after(at);
    for (let index = at; index < after; index += 1) {
      end = Math.max(end, endOf(this.#events[index], this.#source));
    }
    return { start, end };
  }
}

/** Where the text of a node begins, quotes and block indicators included; `undefined` for an empty value. */
export function offsetOf(event: Event, source: string): number | undefined {
  if (event.type === EVENT_ID.SEQUENCE || event.type === EVENT_ID.MAPPING) return event.start;
  if (event.type === EVENT_ID.ALIAS) return event.anchorStart - 1;
  if (event.type !== EVENT_ID.SCALAR || event.valueStart === NOWHERE) return undefined;
  if (isQuoted(event)) return event.valueStart - 1;
  return isBlock(event) ? blockIndicator(event.valueStart, source) : event.valueStart;
}

function endOf(event: Event | undefined, source: string): number {
  if (event?.type === EVENT_ID.ALIAS) return event.anchorEnd;
  if (event?.type !== EVENT_ID.SCALAR || event.valueStart === NOWHERE) return NOWHERE;
  if (isQuoted(event)) return event.valueEnd + 1;
  if (!isBlock(event)) return event.valueEnd;
  let end = event.valueEnd;
  while (end > event.valueStart && /\s/.test(source.charAt(end - 1))) end -= 1;
  return end;
}

function isQuoted({ style }: ScalarEvent): boolean {
  return style === SCALAR_STYLE.SINGLE_QUOTED || style === SCALAR_STYLE.DOUBLE_QUOTED;
}

function isBlock({ style }: ScalarEvent): boolean {
  return style === SCALAR_STYLE.LITERAL_BLOCK || style === SCALAR_STYLE.FOLDED_BLOCK;
}

/** The `|` or `>` that introduces a block scalar, on the line before its text. */
function blockIndicator(valueStart: number, source: string): number {
  const lineEnd = valueStart - 1;
  const lineStart = source.lastIndexOf('\n', Math.max(0, lineEnd - 1)) + 1;
  const indicator = /[|>][-+0-9]{0,2}[ \t\r\n]*(?:#|$)/.exec(source.slice(lineStart, valueStart));
  return indicator ? lineStart + indicator.index : valueStart;
}
