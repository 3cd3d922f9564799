import { expansionAt } from './shell-expansion.ts';

/** A simple command of a shell script. */
export interface ShellCommand {
  /** Unquoted, with variables filled in where the script or the container sets them; what is not known stays `$NAME`. */
  readonly words: string[];
  /** `NAME=value` in front of it. */
  readonly assignments: Map<string, string>;
  /** What the script exports, to all of its commands. */
  readonly exported: ReadonlyMap<string, string>;
  /** The file its output goes to. */
  output?: string;
  /** The text of its here-document. */
  input?: string;
}

/** A script longer than this is not read. */
const LONGEST_SCRIPT = 50_000;
/** Longest value that a variable is filled in with, and longest word: they bound what a script can grow to. */
const LONGEST_VALUE = 1_000;
const LONGEST_WORD = 4_000;
/** Characters that variables of one script may be filled in with, all together. */
const EXPANSION_BUDGET = 200_000;

/**
 * The commands of a script, in order, whatever joins them (`;`, `&&`, pipes, `if`, loops, subshells). No control flow: a
 * command counts wherever it stands. Command substitution is not followed and stays as an unknown value.
 * @param lookup the variables the script starts with.
 */
export function shellCommands(script: string, lookup: (name: string) => string | undefined): ShellCommand[] {
  return script.length > LONGEST_SCRIPT ? [] : new ShellReader(script, lookup).read();
}

class ShellReader {
  readonly #text: string;
  readonly #lookup: (name: string) => string | undefined;
  readonly #set = new Map<string, string>();
  readonly #exported = new Map<string, string>();
  readonly #commands: ShellCommand[] = [];
  #at = 0;
  #budget = EXPANSION_BUDGET;
  #command: ShellCommand = { words: [], assignments: new Map(), exported: this.#exported };
  #word: string | undefined;
  #isQuoted = false;
  #redirect: 'output' | 'skip' | undefined;
  #waiting: { command: ShellCommand; end: string; strip: boolean }[] = [];

  constructor(text: string, lookup: (name: string) => string | undefined) {
    this.#text = text;
    this.#lookup = lookup;
  }

  read(): ShellCommand[] {
    while (this.#at < this.#text.length) this.#step(this.#text.charAt(this.#at));
    this.#endCommand();
    return this.#commands;
  }

  #step(char: string): void {
    if (char === '\\') this.#escape();
    else if (char === "'") this.#singleQuoted();
    else if (char === '"') this.#doubleQuoted();
    else if (char === '$' || char === '`') this.#expand(false);
    else if (char === '<' || char === '>') this.#redirection(char);
    else if (char === '#' && this.#word === undefined) this.#at = this.#lineEnd();
    else if (/\s/.test(char)) this.#space(char);
    else if (';&|()'.includes(char)) this.#operator();
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
    const { end, name, fallback } = expansionAt(this.#text, this.#at);
    this.#at = end;
    const value = this.#set.get(name) ?? this.#lookup(name) ?? fallback;
    this.#budget -= value?.length ?? 0;
    const known = value !== undefined && value.length <= LONGEST_VALUE && this.#budget >= 0;
    if (!known) this.#add(`$${name}`);
    else if (quoted || !/\s/.test(value)) this.#add(value);
    else this.#addSplit(value);
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
      this.#waiting.push({ command: this.#command, end: here[3] ?? '', strip: here[1] === '-' });
      this.#at += here[0].length;
      return;
    }
    while (/[<>&|]/.test(this.#text.charAt(this.#at))) this.#at += 1;
    this.#redirect = char === '>' ? 'output' : 'skip';
  }

  #space(char: string): void {
    this.#endWord();
    this.#at += 1;
    if (char !== '\n') return;
    this.#endCommand();
    for (const waiting of this.#waiting.splice(0)) this.#hereDocument(waiting);
  }

  #hereDocument({ command, end, strip }: { command: ShellCommand; end: string; strip: boolean }): void {
    const lines: string[] = [];
    while (this.#at < this.#text.length) {
      const stop = this.#lineEnd();
      const line = this.#text.slice(this.#at, stop);
      this.#at = stop + 1;
      if ((strip ? line.trim() : line) === end || line.trim() === end) break;
      lines.push(line);
    }
    command.input = lines.join('\n');
  }

  #operator(): void {
    this.#endWord();
    this.#endCommand();
    this.#at += 1;
  }

  #endWord(): void {
    const word = this.#word;
    this.#word = undefined;
    const quoted = this.#isQuoted;
    this.#isQuoted = false;
    if (word === undefined) return;
    if (this.#redirect !== undefined) {
      if (this.#redirect === 'output') this.#command.output = word;
      this.#redirect = undefined;
      return;
    }
    const assignment = /^([A-Za-z_]\w*)=([\s\S]*)$/.exec(word);
    const first = this.#command.words[0];
    const sets = first === undefined || SETTERS.has(first);
    if (assignment && sets) this.#command.assignments.set(assignment[1] ?? '', assignment[2] ?? '');
    else if (first !== undefined || quoted || !KEYWORDS.has(word)) this.#command.words.push(word);
  }

  #endCommand(): void {
    this.#endWord();
    this.#redirect = undefined;
    const { words, assignments } = this.#command;
    if (words.length === 0 || SETTERS.has(words[0] ?? '')) {
      for (const [name, value] of assignments) {
        this.#set.set(name, value);
        if (words[0] === 'export') this.#exported.set(name, value);
      }
    } else this.#commands.push(this.#command);
    this.#command = { words: [], assignments: new Map(), exported: this.#exported };
  }

  #lineEnd(): number {
    const end = this.#text.indexOf('\n', this.#at);
    return end < 0 ? this.#text.length : end;
  }
}

const SETTERS = new Set(['export', 'declare', 'readonly', 'local']);

/** Words before a command that are not its name. */
const KEYWORDS = new Set([
  ...['if', 'then', 'else', 'elif', 'fi', 'while', 'until', 'do', 'done', 'esac', '{', '}', '!', 'time'],
  ...['exec', 'command', 'nohup', 'sudo', 'setsid'],
]);
