import { bare, listItems, LONGEST_LINE, MOST_ENTRIES, type Entry } from './entry.ts';

const DEEPEST = 30;

/**
 * Files of words and their arguments: nginx, redis, HAProxy, Caddy, HCL, and assignments of Python, Ruby and JavaScript. The
 * key is the names of the blocks around it and the first word; the value is the rest without `=`, `:`, parentheses and
 * quotes. `[SECTION]` begins a section that ends with the next.
 */
export function directivesEntries(text: string): Entry[] {
  const reader = new DirectivesReader();
  let inComment = false;
  text.split('\n').forEach((line, number) => {
    if (line === '' || line.length > LONGEST_LINE) return;
    const trimmed = line.trim();
    if (trimmed.startsWith('/*')) inComment = true;
    if (!inComment) reader.line(trimmed, number);
    if (trimmed.endsWith('*/')) inComment = false;
  });
  return reader.entries;
}

class DirectivesReader {
  readonly entries: Entry[] = [];
  #blocks: { name: string; number: number }[] = [];
  #number = 0;

  line(text: string, number: number): void {
    if (/^(?:#|\/\/|;|--\s|!)/.test(text)) return;
    const section = /^\[{1,2}([\w .-]+)\]{1,2}$/.exec(text);
    if (section) {
      this.#blocks = [];
      this.#open((section[1] ?? '').trim());
      return;
    }
    // Ruby's `ENV.fetch("PORT") { 3000 }` is no block.
    const plain = text.replace(/(\.fetch\(["']\w{1,80}["'])\)\s?\{\s?([^{}]{0,80}?)\s?\}/g, '$1, $2)');
    for (const { statement, end } of statementsOf(plain)) this.#statement(statement, end, number);
  }

  #statement(statement: string, end: string, number: number): void {
    const match = /^["']?([-\w.$@%/]+)["']?(?:\s*=>|\s*=|:(?=[\s\d"']|$)|\s*\()?\s*(\S.*)?$/.exec(statement);
    const name = match?.[1] ?? '';
    if (end === '{') {
      this.#open(name);
    } else if (match && this.entries.length < MOST_ENTRIES) {
      const key = [...this.#blocks.flatMap((block) => block.name.split('.')), ...name.split('.')];
      const block = this.#blocks.at(-1)?.number ?? 0;
      this.entries.push({ key, value: argument(match[2] ?? ''), block, line: () => number });
    }
    if (end === '}') this.#blocks.pop();
  }

  #open(name: string): void {
    this.#number += 1;
    if (this.#blocks.length < DEEPEST) this.#blocks.push({ name, number: this.#number });
  }
}

/** The rest of a statement as a value: of a quoted first argument only what the quotes hold, of a list its items. */
function argument(text: string): string {
  if (/^\[\s*["']/.test(text)) return listItems(text);
  return bare(text.replace(/[,)]+$/, ''));
}

/** `a b; c { d` is `a b`, `c` that opens a block, and `d`. Quotes, comments behind a space and `${...}` are seen. */
function statementsOf(line: string): { statement: string; end: string }[] {
  const found: { statement: string; end: string }[] = [];
  let quote = '';
  let start = 0;
  let at = 0;
  const push = (end: string): void => {
    const statement = line.slice(start, at).trim();
    if (statement !== '' || end !== '') found.push({ statement, end });
    start = at + 1;
  };
  for (; at < line.length; at += 1) {
    const char = line.charAt(at);
    if (quote !== '') {
      if (char === quote) quote = '';
    } else if (char === '"' || char === "'") quote = char;
    else if (char === '#' && /\s/.test(line.charAt(at - 1))) break;
    else if (char === '{' && line.charAt(at - 1) === '$') at = endOfBrace(line, at);
    else if (char === ';') push('');
    else if (char === '{' || char === '}') push(char);
  }
  const rest = line.slice(start, at).trim();
  if (rest !== '') found.push({ statement: rest, end: '' });
  return found;
}

function endOfBrace(line: string, at: number): number {
  const end = line.indexOf('}', at);
  return end < 0 ? line.length : end;
}
