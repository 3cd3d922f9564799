import { MOST_ENTRIES, type Entry } from './entry.ts';

const DEEPEST = 50;
const LONGEST_TAG = 4_000;

/**
 * Attributes and texts of XML: `server.Connector.0.@port`, `acceptor.0.#`; the number counts the elements of the file. Two
 * ways to write properties are read as such: `<property><name>a.b</name><value>c</value>` is `property.a.b`, and so is
 * `<property name="a.b" value="c"/>`. No entities, no namespaces: enough for addresses.
 */
export function xmlEntries(text: string): Entry[] {
  return new XmlReader(text).read();
}

class XmlReader {
  readonly #text: string;
  readonly #entries: Entry[] = [];
  readonly #open: string[][] = [];
  #elements = 0;
  #line = 0;
  #counted = 0;
  #property = '';

  constructor(text: string) {
    this.#text = text;
  }

  read(): Entry[] {
    for (let at = this.#text.indexOf('<'); at >= 0; at = this.#text.indexOf('<', at)) {
      const end = this.#endOf(at);
      if (end < 0) break;
      this.#tag(at, end);
      at = end;
    }
    return this.#entries;
  }

  /** Behind the tag or comment that begins here; -1 when it never ends. */
  #endOf(at: number): number {
    if (this.#text.startsWith('<!--', at)) return behind(this.#text.indexOf('-->', at), 3);
    return behind(this.#text.indexOf('>', at), 1);
  }

  #tag(start: number, end: number): void {
    const tag = this.#text.slice(start, Math.min(end, start + LONGEST_TAG));
    if (tag.startsWith('</')) {
      this.#open.pop();
      return;
    }
    const name = /^<([A-Za-z_][\w:.-]*)/.exec(tag)?.[1];
    if (name === undefined || this.#entries.length >= MOST_ENTRIES) return;
    const element = [...(this.#open.at(-1) ?? []), name, String(this.#elements)];
    this.#elements += 1;
    this.#attributes(element, tag, start);
    if (tag.endsWith('/>')) return;
    this.#content(element, name, end);
    if (this.#open.length < DEEPEST) this.#open.push(element);
    else this.#open.push(this.#open.at(-1) ?? []);
  }

  #attributes(element: readonly string[], tag: string, start: number): void {
    const line = this.#lineAt(start);
    const found = new Map<string, string>();
    for (const match of tag.matchAll(
      /\s([A-Za-z_][\w:.-]{0,100})\s{0,20}=\s{0,20}(?:"([^"]*)"|'([^']*)')/g,
    )) {
      const [before, name = '', double, single] = match;
      const at = line + newlines(tag.slice(0, match.index + before.length));
      const value = double ?? single ?? '';
      found.set(name, value);
      this.#push([...element, `@${name}`], value, at);
    }
    const name = found.get('name');
    const value = found.get('value');
    if (name !== undefined && value !== undefined) this.#push(['property', ...name.split('.')], value, line);
  }

  #content(element: readonly string[], name: string, start: number): void {
    const next = this.#text.indexOf('<', start);
    const text = this.#text.slice(start, next < 0 ? undefined : Math.min(next, start + LONGEST_TAG)).trim();
    if (text === '') return;
    const line = this.#lineAt(start);
    this.#push([...element, '#'], text, line);
    if (name === 'name') this.#property = text;
    else if (name === 'value') this.#push(['property', ...this.#property.split('.')], text, line);
  }

  #push(key: readonly string[], value: string, line: number): void {
    this.#entries.push({ key, value, line: () => line });
  }

  /** Asked for growing offsets only, so that every newline is counted once. */
  #lineAt(offset: number): number {
    this.#line += newlines(this.#text.slice(this.#counted, offset));
    this.#counted = Math.max(this.#counted, offset);
    return this.#line;
  }
}

function behind(index: number, length: number): number {
  return index < 0 ? -1 : index + length;
}

function newlines(text: string): number {
  return text.split('\n').length - 1;
}
