import { ShellLexer, type ShellListener } from './shell-lexer.ts';

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

/** What a script starts with. */
export interface ShellSurroundings {
  valueOf(name: string): string | undefined;
  /** Whether a variable without a known value may have one, so that `${NAME:-fallback}` is not known either. */
  mayBeSet?(name: string): boolean;
  /** The text of a script that this one reads (`. FILE`). */
  script?(file: string): string | undefined;
}

/** A script longer than this is not read. */
const LONGEST_SCRIPT = 50_000;
const DEEPEST_SOURCE = 3;
/** Characters of all scripts that one script reads, however often it reads them. */
const MOST_SOURCED = 200_000;
/** Words that `$@` stands for in all of a script together. */
const MOST_GIVEN = 2_000;

/**
 * The commands of a script, in order, whatever joins them (`;`, `&&`, pipes, `if`, loops, subshells). No control flow: a
 * command counts wherever it stands, and a variable that a branch sets to something else than before is not known any more.
 * Command substitution is not followed and stays as an unknown value.
 */
export function shellCommands(script: string, surroundings: ShellSurroundings): ShellCommand[] {
  if (script.length > LONGEST_SCRIPT) return [];
  const reader = new ShellReader(surroundings);
  reader.read(script);
  return reader.commands;
}

class ShellReader implements ShellListener {
  readonly commands: ShellCommand[] = [];
  readonly #surroundings: ShellSurroundings;
  /** `undefined`: set to one of several values. */
  readonly #set = new Map<string, string | undefined>();
  readonly #exported = new Map<string, string>();
  #given: readonly string[] | undefined;
  #command: ShellCommand = { words: [], assignments: new Map(), exported: this.#exported };
  #redirection: 'output' | 'skip' | undefined;
  /** Branches and loops that are open here. */
  #branches = 0;
  /** Behind `[ TEST ] &&`. */
  #isTested = false;
  #sources = 0;
  #sourced = 0;
  #handedOn = 0;
  #exportsAll = false;

  constructor(surroundings: ShellSurroundings) {
    this.#surroundings = surroundings;
  }

  read(text: string): void {
    new ShellLexer(text, this).read();
  }

  valueOf(name: string, fallback: string | undefined, assigns: boolean): string | undefined {
    if (this.#set.has(name)) return this.#set.get(name);
    const known = this.#surroundings.valueOf(name);
    if (known !== undefined || this.#surroundings.mayBeSet?.(name) === true) return known;
    if (assigns && fallback !== undefined) this.#set.set(name, fallback);
    return fallback;
  }

  word(text: string, isQuoted: boolean): void {
    if (this.#redirection !== undefined) {
      if (this.#redirection === 'output') this.#command.output = text;
      this.#redirection = undefined;
      return;
    }
    const { words, assignments } = this.#command;
    const assignment = /^([A-Za-z_]\w*)(\+?)=([\s\S]*)$/.exec(text);
    const first = words[0];
    if (assignment && (first === undefined || SETTERS.has(first))) {
      const [, name = '', plus, value = ''] = assignment;
      const before = plus === '' ? '' : (this.valueOf(name, undefined, false) ?? `$${name}`);
      assignments.set(name, before + value);
    } else if (first !== undefined || isQuoted || !this.#isKeyword(text)) {
      words.push(...(text === '$@' ? this.#givenWords() : [text]));
    }
  }

  /** What `set -- WORD...` gave; `$@` itself where that is not known, or too much. */
  #givenWords(): readonly string[] {
    this.#handedOn += this.#given?.length ?? 0;
    return this.#given && this.#handedOn <= MOST_GIVEN ? this.#given : ['$@'];
  }

  redirection(kind: 'output' | 'skip'): void {
    this.#redirection = kind;
  }

  hereDocument(): (text: string) => void {
    const command = this.#command;
    return (text) => {
      command.input = text;
    };
  }

  endOfCommand(by: string): void {
    const command = this.#command;
    this.#redirection = undefined;
    if (command.words.length === 0 && command.assignments.size === 0) return;
    this.#command = { words: [], assignments: new Map(), exported: this.#exported };
    const [first, second] = command.words;
    if (first === undefined || SETTERS.has(first)) this.#assign(command);
    else if (first === 'set') this.#setOptions(command.words);
    else if ((first === '.' || first === 'source') && second !== undefined) this.#readFrom(second);
    else this.commands.push(command);
    this.#isTested = TESTS.has(first ?? '') && (by === '&' || by === '|');
  }

  #setOptions(words: readonly string[]): void {
    const [, option] = words;
    if (option === '--') this.#given = words.slice(2);
    else if (option === '-a' || option === '+a' || words[2] === 'allexport') {
      this.#exportsAll = option?.startsWith('-') === true;
    }
  }

  #isKeyword(word: string): boolean {
    if (OPENING.has(word)) this.#branches += 1;
    else if (CLOSING.has(word)) this.#branches = Math.max(0, this.#branches - 1);
    return KEYWORDS.has(word);
  }

  #assign({ words, assignments }: ShellCommand): void {
    const isBranch = this.#branches > 0 || this.#isTested;
    for (const [name, written] of assignments) {
      const value =
        isBranch && !this.#isUnset(name) && this.valueOf(name, undefined, false) !== written
          ? undefined
          : written;
      this.#set.set(name, value);
      if (words[0] === 'export' || this.#exportsAll) this.#exported.set(name, value ?? `$${name}`);
    }
    // `export NAME` of what was set before.
    for (const name of words.slice(1)) {
      const value = this.#set.get(name);
      if (words[0] === 'export' && value !== undefined) this.#exported.set(name, value);
    }
  }

  #isUnset(name: string): boolean {
    if (this.#set.has(name) || this.#surroundings.valueOf(name) !== undefined) return false;
    return this.#surroundings.mayBeSet?.(name) !== true;
  }

  #readFrom(file: string): void {
    const text = this.#sources < DEEPEST_SOURCE ? this.#surroundings.script?.(file) : undefined;
    if (text === undefined || text.length > LONGEST_SCRIPT) return;
    this.#sourced += text.length;
    if (this.#sourced > MOST_SOURCED) return;
    this.#sources += 1;
    this.read(text);
    this.#sources -= 1;
  }
}

const SETTERS: ReadonlySet<string> = new Set(['export', 'declare', 'readonly', 'local']);

const TESTS: ReadonlySet<string> = new Set(['[', '[[', 'test']);

const OPENING: ReadonlySet<string> = new Set(['if', 'while', 'until', 'case', 'for']);
const CLOSING: ReadonlySet<string> = new Set(['fi', 'done', 'esac']);

/** Words before a command that are not its name. */
const KEYWORDS = new Set([
  ...['if', 'then', 'else', 'elif', 'fi', 'while', 'until', 'do', 'done', 'esac', '{', '}', '!', 'time'],
  ...['exec', 'command', 'nohup', 'sudo', 'setsid'],
]);
