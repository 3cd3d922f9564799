import { expansionAt } from './shell-expansion.ts';

/** What is told of a script, in the order in which it stands there. */
export interface ShellListener {
  /** A word, unquoted and expanded. `isQuoted`: some of it stood in quotes, so that it is no keyword. */
  word(text: string, isQuoted: boolean): void;
  /** The next word is a file: the output goes there, or it does not matter. */
  redirection(kind: 'output' | 'skip'): void;
  /** A here-document begins: the answer is told its text, which stands further below. */
  hereDocument(): (text: string) => void;
  /** `by`: the operator behind it, a line break, or '' at the end of the text. */
  endOfCommand(by: string): void;
  /** The value of a variable; `undefined` when it is not known. `fallback` is for one that is not set. */
  valueOf(name: string, fallback: string | undefined, assigns: boolean): string | undefined;
}

/** Longest value that a variable is filled in with, and longest word: they bound what a script can grow to. */
const LONGEST_VALUE = 1_000;
const LONGEST_WORD = 4_000;
/** Characters that variables of one script may be filled in with, all together. */
const EXPANSION_BUDGET = 200_000;

interface Waiting {
  readonly take: (text: string) => void;
  readonly end: string;
  readonly strip: boolean;
  /** The end is written without quotes: variables are filled in. */
  readonly expands: boolean;
}

/** Takes the text of a script apart into words: quotes, escapes, expansions, redirections, here-documents and arrays. */
export class ShellLexer {
  readonly #text: string;
  readonly #listener: ShellListener;
  #at = 0;
  #budget = EXPANSION_BUDGET;
  #word: string | undefined;
  #isQuoted = false;
  /** What stands before the parenthesis of an array, and its items. */
  #array: { readonly name: string; readonly items: string[] } | undefined;
  readonly #waiting: Waiting[] = [];

  constructor(text: string, listener: ShellListener) {
    this.#text = text;
    this.#listener = listener;
  }

  read(): void {
    while (this.#at < this.#text.length) this.#step(this.#text.charAt(this.#at));
    this.#endWord();
    if (this.#array) this.#endArray(this.#array);
    this.#listener.endOfCommand('');
  }

  #step(char: string): void {
    if (char === '\\') this.#escape();
    else if (char === "'") this.#singleQuoted();
    else if (char === '"') this.#doubleQuoted();
    else if (char === '$' || char === '`') this.#expand(false);
    else if (char === '<' || char === '>') this.#redirection(char);
    else if (char === '#' && this.#word === undefined) this.#at = this.#lineEnd();
    else if (/\s/.test(char)) this.#space(char);
    else if (';&|()'.includes(char)) this.#operator(char);
    else {
      this.#add(char);
      this.#at += 1;
    }
  }

  #add(text: string): void {
    this.#word = ((this.#word ?? '') + text).slice(0, LONGEST_WORD);
  }

  #escape(): void {
    const next = this.#text.charAt(this.#at + 1);
    if (next !== '\n') this.#add(next);
    this.#at += 2;
  }

  #singleQuoted(): void {
    const end = this.#text.indexOf("'", this.#at + 1);
    const stop = end < 0 ? this.#text.length : end;
    this.#add(this.#text.slice(this.#at + 1, stop));
    this.#isQuoted = true;
    this.#at = stop + 1;
  }

  #doubleQuoted(): void {
    this.#add('');
    this.#isQuoted = true;
    this.#at += 1;
    while (this.#at < this.#text.length && this.#text.charAt(this.#at) !== '"') {
      const char = this.#text.charAt(this.#at);
      if (char === '\\') this.#escape();
      else if (char === '$' || char === '`') this.#expand(true);
      else {
        this.#add(char);
        this.#at += 1;
      }
    }
    this.#at += 1;
  }

  /** What is not known stays `$NAME`, and so is no known address; `$(...)` and backticks are never known. */
  #expand(quoted: boolean): void {
    const { end, name, fallback, assigns, isList } = expansionAt(this.#text, this.#at);
    this.#at = end;
    const value = this.#affordable(this.#listener.valueOf(name, fallback, assigns === true));
    if (value === undefined) this.#add(`$${name}`);
    else if ((quoted && !isList) || !/\s/.test(value)) this.#add(value);
    else this.#addSplit(value);
  }

  #affordable(value: string | undefined): string | undefined {
    this.#budget -= value?.length ?? 0;
    return value !== undefined && value.length <= LONGEST_VALUE && this.#budget >= 0 ? value : undefined;
  }

  #addSplit(value: string): void {
    value.split(/\s+/).forEach((part, index) => {
      if (index > 0) this.#endWord();
      if (part !== '') this.#add(part);
    });
  }

  #redirection(char: string): void {
    if (this.#word !== undefined && /^\d$/.test(this.#word) && !this.#isQuoted) this.#word = undefined;
    this.#endWord();
    const here = /^<<(-?)\s*(["']?)([\w.-]+)\2/.exec(this.#text.slice(this.#at, this.#at + 100));
    if (here && this.#text.charAt(this.#at + 2) !== '<') {
      const [written, dash, quote, end = ''] = here;
      const take = this.#listener.hereDocument();
      this.#waiting.push({ take, end, strip: dash === '-', expands: quote === '' });
      this.#at += written.length;
      return;
    }
    while (/[<>&|]/.test(this.#text.charAt(this.#at))) this.#at += 1;
    this.#listener.redirection(char === '>' ? 'output' : 'skip');
  }

  #space(char: string): void {
    this.#endWord();
    this.#at += 1;
    if (char !== '\n' || this.#array) return;
    this.#listener.endOfCommand(char);
    for (const waiting of this.#waiting.splice(0)) this.#hereDocument(waiting);
  }

  #hereDocument({ take, end, strip, expands }: Waiting): void {
    const lines: string[] = [];
    while (this.#at < this.#text.length) {
      const stop = this.#lineEnd();
      const line = this.#text.slice(this.#at, stop);
      this.#at = stop + 1;
      if ((strip ? line.trim() : line) === end || line.trim() === end) break;
      lines.push(expands ? this.#filledIn(line) : line);
    }
    take(lines.join('\n'));
  }

  #filledIn(line: string): string {
    return line.replace(/\$(?:(\w{1,100})|\{(\w{1,100})\})/g, (written, plain?: string, braced?: string) => {
      const value = this.#listener.valueOf(plain ?? braced ?? '', undefined, false);
      return this.#affordable(value) ?? written;
    });
  }

  #operator(char: string): void {
    if (char === '(' && /^\w+\+?=$/.test(this.#word ?? '')) {
      this.#array = { name: this.#word ?? '', items: [] };
      this.#word = undefined;
      this.#at += 1;
      return;
    }
    this.#endWord();
    if (char === ')' && this.#array) this.#endArray(this.#array);
    else this.#listener.endOfCommand(char);
    this.#at += 1;
  }

  /** An array is a variable that holds words. */
  #endArray({ name, items }: { readonly name: string; readonly items: readonly string[] }): void {
    this.#array = undefined;
    const joint = name.endsWith('+=') ? ' ' : '';
    this.#listener.word(`${name}${joint}${items.join(' ')}`.slice(0, LONGEST_WORD), false);
  }

  #endWord(): void {
    const word = this.#word;
    const isQuoted = this.#isQuoted;
    this.#word = undefined;
    this.#isQuoted = false;
    if (word === undefined) return;
    if (this.#array) this.#array.items.push(word);
    else this.#listener.word(word, isQuoted);
  }

  #lineEnd(): number {
    const end = this.#text.indexOf('\n', this.#at);
    return end < 0 ? this.#text.length : end;
  }
}
