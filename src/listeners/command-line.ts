import { CLIENT_COMMANDS, OPTION_VARIABLES } from '../facts/bind-names.ts';
import type { ContainerModel } from '../mesh/mesh.ts';
import type { Path } from '../vocabulary.ts';
import { shellCommands, type ShellCommand } from './shell.ts';
import { expanded, type ContainerVariables } from './variables.ts';

/** A word of a container's command line, and the manifest field it is written in. */
export interface Word {
  readonly text: string;
  readonly path: Path;
}

/** One command that a container runs. */
export interface Command {
  readonly words: readonly Word[];
  /** Variables set for it alone, or by the script before it. */
  readonly assignments: ReadonlyMap<string, string>;
  /** Arguments win over variables that hold more of them (`JAVA_OPTS`). */
  readonly source: 'argument' | 'variable';
}

/** A file that a script writes before it starts the program. */
export interface WrittenFile {
  readonly file: string;
  readonly text: string;
  readonly path: Path;
}

export interface CommandLine {
  /** Without those that talk to an address. [] when the image alone says what runs. */
  readonly commands: readonly Command[];
  readonly files: readonly WrittenFile[];
  /** Words that no shell takes apart were given, so the image's own command is replaced. */
  readonly replacesImage: boolean;
}

const NO_ASSIGNMENTS: ReadonlyMap<string, string> = new Map();

/** A command of more words, and a container of more commands, says nothing: no real one comes near. */
const MOST_WORDS = 1_000;
const MOST_COMMANDS = 300;
const DEEPEST_SHELL = 3;

/** Command and arguments, with `$(VAR)` filled in from known variables and shell scripts taken apart. */
export function commandLineOf(container: ContainerModel, variables: ContainerVariables): CommandLine {
  const words = writtenWords(container, variables);
  const result: Result = { commands: [], files: [] };
  if (words.length > 0 && words.length <= MOST_WORDS) {
    readWords(words, (name) => variables.known.get(name)?.value, result, 0);
  }
  for (const [name, { value, path }] of variables.known) {
    const program = OPTION_VARIABLES.get(name);
    if (program === undefined) continue;
    const texts = [...(program === '' ? [] : [program]), ...value.split(/\s+/)].filter((text) => text !== '');
    const own = texts.slice(0, MOST_WORDS).map((text) => ({ text: unquoted(text), path }));
    result.commands.push({ words: own, assignments: NO_ASSIGNMENTS, source: 'variable' });
  }
  const commands = result.commands.filter(({ words: own }) => own.length <= MOST_WORDS);
  return {
    ...result,
    commands: commands.slice(0, MOST_COMMANDS),
    replacesImage: container.command.length > 0,
  };
}

/** What a script that stands elsewhere runs and writes: `path` is the field that brings it. */
export function commandsOfScript(
  { text, path }: { readonly text: string; readonly path: Path },
  variables: ContainerVariables,
): Pick<CommandLine, 'commands' | 'files'> {
  const result: Result = { commands: [], files: [] };
  const lookup: Lookup = (name) => variables.known.get(name)?.value;
  const script = { path, lookup, given: [] };
  for (const command of shellCommands(text, lookup)) readShellCommand(command, script, result, 0);
  return result;
}

interface Result {
  readonly commands: Command[];
  readonly files: WrittenFile[];
}

function writtenWords(container: ContainerModel, { known }: ContainerVariables): Word[] {
  return (['command', 'args'] as const).flatMap((field) => {
    const written = container.body[field];
    // Items that are not text are left out of the model, so positions count only in a list of nothing but text.
    const whole = Array.isArray(written) && written.length === container[field].length;
    return container[field].map((text, index) => ({
      text: expanded(text, known),
      path: whole ? [...container.path, field, index] : [...container.path, field],
    }));
  });
}

type Lookup = (name: string) => string | undefined;

function readWords(words: readonly Word[], lookup: Lookup, result: Result, depth: number): void {
  const script = scriptIn(words) ?? oneLine(words);
  if (script && depth < DEEPEST_SHELL) {
    const given = words.slice(words.indexOf(script) + 2);
    for (const command of shellCommands(script.text, lookup)) {
      readShellCommand(command, { path: script.path, lookup, given }, result, depth);
    }
  } else if (!isClient(words)) {
    result.commands.push({ words, assignments: NO_ASSIGNMENTS, source: 'argument' });
  }
}

/** Where a script stands, what it knows, and the words behind it, which it calls `"$@"`. */
interface Script {
  readonly path: Path;
  readonly lookup: Lookup;
  readonly given: readonly Word[];
}

function readShellCommand(
  command: ShellCommand,
  { path, lookup, given }: Script,
  result: Result,
  depth: number,
): void {
  const words = command.words.flatMap((text) => (text === '$@' ? given : [{ text, path }]));
  const target = command.output ?? (words[0]?.text === 'tee' ? words.at(-1)?.text : undefined);
  const told = words[0]?.text === 'echo' || words[0]?.text === 'printf' ? words.slice(1) : [];
  const text =
    command.input ??
    told
      .map((word) => word.text)
      .join(' ')
      .replaceAll('\\n', '\n');
  if (target !== undefined && text !== '') result.files.push({ file: target, text, path });
  if (scriptIn(words)) readWords(words, lookup, result, depth + 1);
  else if (!isClient(words)) {
    result.commands.push({ words, assignments: variablesFor(command), source: 'argument' });
  }
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
    if (/^-[a-z]*c$/.test(words[index]?.text ?? '')) return words[index + 1];
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

/** `gunicorn` of `/usr/local/bin/gunicorn`. */
export function lastSegment(text: string): string {
  return text.slice(text.lastIndexOf('/') + 1);
}

export function unquoted(text: string): string {
  const match = /^(["'])([\s\S]*)\1$/.exec(text);
  return match ? (match[2] ?? '') : text.replace(/^["']|["']$/g, '');
}
