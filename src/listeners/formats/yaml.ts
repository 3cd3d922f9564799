import { parseText } from '../../yaml/parse.ts';
import type { Document } from '../../yaml/document.ts';
import type { Path } from '../../vocabulary.ts';
import { isForProfile, MOST_ENTRIES, type Entry } from './entry.ts';

const DEEPEST = 40;

/** The scalars of YAML or JSON documents. `a.b: c` and `a: {b: c}` are the same key. Nothing when the text is neither. */
export function yamlEntries(text: string): Entry[] {
  const entries: Entry[] = [];
  for (const document of parseText(text, { json: /^\s*[{[]/.test(text) }).documents) {
    const own: Entry[] = [];
    if (typeof document.value === 'object') collect(document.value, [], document, own);
    if (!isForProfile(own)) entries.push(...own.slice(0, MOST_ENTRIES - entries.length));
  }
  return entries;
}

function collect(value: unknown, path: Path, document: Document, entries: Entry[]): void {
  if (entries.length >= MOST_ENTRIES || path.length > DEEPEST) return;
  if (typeof value === 'object' && value !== null && Object.keys(value).length > 0) {
    const isList = Array.isArray(value);
    for (const [name, child] of Object.entries(value)) {
      collect(child, [...path, isList ? Number(name) : name], document, entries);
    }
    return;
  }
  const key = path.flatMap((step) => (typeof step === 'number' ? [String(step)] : step.split('.')));
  entries.push({
    key,
    // `http:` with nothing behind it is a setting left open, which some programs read as their default.
    value:
      typeof value === 'string' ? value : ['number', 'boolean'].includes(typeof value) ? String(value) : '',
    line: () => document.locate(path).line - 1,
  });
}
