import { CLIENT_COMMANDS } from '../facts/bind-commands.ts';
import type { Path } from '../vocabulary.ts';
import { type Command, type FileText, lastSegment, type Word, type WrittenFile } from './command-line.ts';
import { shellCommands, type ShellCommand, type ShellSurroundings } from './shell.ts';
import type { ContainerVariables } from './variables.ts';

const NO_ASSIGNMENTS: ReadonlyMap<string, string> = new Map();
const DEEPEST_SHELL = 3;

/** Takes words apart into the commands they run and the files they write: scripts of a shell, also inside each other. */
export class CommandReader {
  readonly commands: Command[] = [];
  readonly files: WrittenFile[] = [];
  readonly #surroundings: ShellSurroundings;
  /** What the command before said, which `tee` may write. */
  #said = '';

  constructor({ known, hidden, open }: ContainerVariables, textOf: FileText) {
    this.#surroundings = {
      valueOf: (name) => known.get(name)?.value,
      mayBeSet: (name) => open || hidden.has(name),
      script: textOf,
    };
  }

  words(words: readonly Word[], assignments = NO_ASSIGNMENTS, depth = 0): void {
    const script = scriptIn(words) ?? oneLine(words);
    if (script && depth < DEEPEST_SHELL) this.script(script, words.slice(words.indexOf(script) + 2), depth);
    else this.#add(words, assignments);
  }

  /** @param given the words behind the script, which it calls `"$@"`. */
  script({ text, path }: Word, given: readonly Word[], depth = 0): void {
    for (const command of shellCommands(text, this.#surroundings)) {
      this.#shellCommand(command, path, given, depth);
    }
  }

  #shellCommand(command: ShellCommand, path: Path, given: readonly Word[], depth: number): void {
    const words = command.words.flatMap((text) => (text === '$@' ? given : [{ text, path }]));
    this.#written(command, words, path);
    const [first, ...rest] = words;
    if (first?.text === 'eval' && depth < DEEPEST_SHELL) {
      this.script({ text: rest.map(({ text }) => text).join(' '), path }, given, depth + 1);
    } else if (scriptIn(words)) this.words(words, variablesFor(command), depth + 1);
    else this.#add(words, variablesFor(command));
  }

  /** What a command writes to a file: a here-document, or what `echo` says. */
  #written({ output, input }: ShellCommand, words: readonly Word[], path: Path): void {
    const [first, ...rest] = words.map(({ text }) => text);
    const file = output ?? (first === 'tee' ? rest.at(-1) : undefined);
    const told = first === 'echo' || first === 'printf' ? rest : [];
    const said = told.join(' ').replaceAll('\\n', '\n');
    const text = input ?? (first === 'tee' ? this.#said : said);
    this.#said = said;
    if (file !== undefined && text !== '') this.files.push({ file, text, path });
  }

  /** But for those that talk to an address instead of listening on it. */
  #add(words: readonly Word[], assignments: ReadonlyMap<string, string>): void {
    const told = { ...withEnv(words, assignments), source: 'argument' as const };
    if (!isClient(told.words)) this.commands.push(told);
  }
}

/** `env NAME=value COMMAND` sets variables for the command. */
function withEnv(
  words: readonly Word[],
  assignments: ReadonlyMap<string, string>,
): Pick<Command, 'words' | 'assignments'> {
  const at = words.slice(0, 4).findIndex(({ text }) => lastSegment(text) === 'env');
  if (at < 0) return { words, assignments };
  const own = new Map(assignments);
  let next = at + 1;
  for (; next < words.length; next += 1) {
    const match = /^([A-Za-z_]\w*)=([\s\S]*)$/.exec(words[next]?.text ?? '');
    if (!match) break;
    own.set(match[1] ?? '', match[2] ?? '');
  }
  return own.size === assignments.size
    ? { words, assignments }
    : { words: [...words.slice(0, at), ...words.slice(next)], assignments: own };
}

/** What a script exports counts for all of its commands; a script that exports very much is none of ours. */
function variablesFor({ assignments, exported }: ShellCommand): ReadonlyMap<string, string> {
  return exported.size === 0 || exported.size > 100 ? assignments : new Map([...exported, ...assignments]);
}

const SHELLS: ReadonlySet<string> = new Set(['sh', 'bash', 'ash', 'dash', 'zsh', 'su', 'runuser']);

/** The script of `sh -c SCRIPT`, also behind `tini --` and the like. */
function scriptIn(words: readonly Word[]): Word | undefined {
  const shell = words.slice(0, 6).findIndex(({ text }) => SHELLS.has(lastSegment(text)));
  if (shell < 0) return undefined;
  for (let index = shell + 1; index < Math.min(words.length - 1, shell + 6); index += 1) {
    if (!/^[-+][A-Za-z]*c$/.test(words[index]?.text ?? '')) continue;
    // Options may follow, and `--` that ends them.
    const script = words.slice(index + 1, index + 5).find(({ text }) => !/^[-+]/.test(text));
    return script ?? words[index + 1];
  }
  return undefined;
}

/** A whole command line in one item, as people write it for images whose entry point is a shell. */
function oneLine(words: readonly Word[]): Word | undefined {
  const [only] = words;
  if (!only) return undefined;
  if (words.length === 1 && /^[\w./][^\s=]*\s/.test(only.text)) return only;
  const joined = words.find(({ text }) => /\n|\s(?:&&|\|\||;)\s|;\s/.test(text));
  return words.length <= 2 ? joined : undefined;
}

/** Whether a command talks to an address instead of listening on it. */
function isClient(words: readonly Word[]): boolean {
  const name = words.find(({ text }) => !/^(?:-|\d+[smh]?$)/.test(text) && !WRAPPERS.has(lastSegment(text)));
  return name !== undefined && CLIENT_COMMANDS.has(lastSegment(name.text));
}

/** Commands that run another one. */
const WRAPPERS = new Set(['env', 'timeout', 'nice', 'watch', 'xargs', 'tini', 'dumb-init', 'catatonit']);
