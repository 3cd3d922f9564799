import {
  EVENT_ID,
  YAMLException,
  constructFromEvents,
  getScalarValue,
  parseEvents,
  type Event,
} from 'js-yaml';
import { KUBERNETES_SCHEMA } from './kubernetes-schema.ts';
import { spaceAliasKeys } from './alias-keys.ts';
import { DEFICIENT_INDENTATION, joinsAllowed, joinToLineBefore } from './flow-indentation.ts';
import { readEveryday } from './everyday-yaml.ts';
import { offsetOf } from './locate.ts';

/** Levels of nesting a document may have. Manifests stay below 60; CRD schemas come closest. */
export const MAX_DEPTH = 100;

/** Keys that merges may copy in one document. */
const MAX_MERGED_KEYS = 50_000;

/** A fault in a text, at an offset of it. */
export interface Fault {
  readonly reason: string;
  readonly offset: number;
}

/** What the text of a piece says: nothing, a value, or something that is not YAML. */
export type Parsed =
  | { readonly outcome: 'empty' }
  | { readonly outcome: 'fault'; readonly fault: Fault }
  | {
      readonly outcome: 'value';
      readonly value: unknown;
      /** Offset of the first key. */
      readonly start: number;
      readonly repeatedKeys: readonly Fault[];
      readonly hasAliases: boolean;
      readonly nodes: number;
      /** The text that was parsed, of the same length: lines inside brackets may have been joined. */
      readonly text: string;
    };

/** Events of the documents of a text. @throws YAMLException */
export function eventsOf(text: string): Event[] {
  return parseEvents(text, { maxDepth: MAX_DEPTH });
}

/** Parses the text of one document. Never throws for what the text says. */
export function parsePiece(text: string): Parsed {
  const everyday = readEveryday(text);
  if (everyday !== undefined) return everyday;
  const parsed = parseAsIs(text);
  if (parsed.outcome !== 'fault') return parsed;
  const mended = parseMended(parsed, text);
  const spaced = mended.outcome === 'fault' ? spaceAliasKeys(text) : undefined;
  const result = spaced === undefined ? mended : parseMended(parseAsIs(spaced), spaced);
  return result.outcome === 'fault' ? parsed : result; // a fault is that of the text as it is written
}

/** Parses again with brackets indented as the parser wants them, as long as that is all it complains of. */
function parseMended(first: Parsed, text: string): Parsed {
  let parsed = first;
  let next: string | undefined = text;
  for (let left = joinsAllowed(text); left > 0 && parsed.outcome === 'fault'; left -= 1) {
    if (parsed.fault.reason !== DEFICIENT_INDENTATION) break;
    next = joinToLineBefore(next, parsed.fault.offset);
    if (next === undefined) break;
    parsed = parseAsIs(next);
  }
  return parsed;
}

/** What the parser makes of the text, without any mending. */
export function parseAsIs(text: string): Parsed {
  try {
    return construct(text, eventsOf(text));
  } catch (error) {
    return { outcome: 'fault', fault: faultOf(error) };
  }
}

function construct(text: string, events: Event[]): Parsed {
  const start = firstOffset(events, text);
  if (start === undefined) return { outcome: 'empty' };
  const options = { source: text, schema: KUBERNETES_SCHEMA, maxTotalMergeKeys: MAX_MERGED_KEYS };
  const hasAliases = text.includes('*') && events.some(({ type }) => type === EVENT_ID.ALIAS);
  const common = { outcome: 'value', start, hasAliases, nodes: events.length, text } as const;
  try {
    return { ...common, value: constructFromEvents(events, options)[0], repeatedKeys: [] };
  } catch (error) {
    if (!(error instanceof YAMLException) || error.reason !== 'duplicated mapping key') throw error;
    const value = constructFromEvents(events, { ...options, json: true })[0];
    const repeated = repeatedKeys(events, text);
    return { ...common, value, repeatedKeys: repeated.length > 0 ? repeated : [faultOf(error)] };
  }
}

/** `undefined` for a document of comments only. */
function firstOffset(events: readonly Event[], text: string): number | undefined {
  for (const event of events) {
    const offset = offsetOf(event, text);
    if (offset !== undefined) return offset;
  }
  return undefined;
}

/** The keys that a mapping has said before. `seen` is kept per open mapping; `undefined` stands for a sequence. */
function repeatedKeys(events: readonly Event[], text: string): Fault[] {
  const faults: Fault[] = [];
  const open: ({ seen: Set<string>; atKey: boolean } | undefined)[] = [];
  for (const event of events) {
    const parent = open.at(-1);
    if (event.type === EVENT_ID.POP) {
      open.pop();
      continue;
    }
    const isKey = parent?.atKey === true;
    if (parent) parent.atKey = !parent.atKey;
    if (isKey && event.type === EVENT_ID.SCALAR) {
      const key = getScalarValue(text, event);
      if (parent.seen.has(key)) faults.push({ reason: key, offset: offsetOf(event, text) ?? 0 });
      if (key !== '<<') parent.seen.add(key);
    } else if (event.type === EVENT_ID.MAPPING) open.push({ seen: new Set(), atKey: true });
    else if (event.type !== EVENT_ID.SCALAR && event.type !== EVENT_ID.ALIAS) open.push(undefined);
  }
  return faults;
}

function faultOf(error: unknown): Fault {
  if (error instanceof YAMLException) return { reason: error.reason, offset: error.mark?.position ?? 0 };
  // The engine's own limits: a text whose pieces do not fit the stack.
  if (error instanceof RangeError) return { reason: 'nesting exceeded what can be read', offset: 0 };
  throw error;
}
