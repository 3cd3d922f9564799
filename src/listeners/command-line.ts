import { OPTION_VARIABLES } from '../facts/bind-commands.ts';
import type { ContainerModel } from '../mesh/mesh.ts';
import type { Path } from '../vocabulary.ts';
import { CommandReader } from './command-reader.ts';
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

/** The text of a file that the container sees. */
export type FileText = (file: string) => string | undefined;

/** Command and arguments, with `$(VAR)` filled in from known variables and shell scripts taken apart. */
export function commandLineOf(
  container: ContainerModel,
  variables: ContainerVariables,
  textOf: FileText = () => undefined,
): CommandLine {
  const words = writtenWords(container, variables);
  const reader = new CommandReader(variables, textOf);
  if (words.length > 0 && words.length <= MOST_WORDS) reader.words(words);
  const commands = [...reader.commands, ...optionCommands(variables)].filter(
    ({ words: own }) => own.length <= MOST_WORDS,
  );
  return {
    commands: commands.slice(0, MOST_COMMANDS),
    files: reader.files,
    replacesImage: container.command.length > 0,
  };
}

/** What a script that stands elsewhere runs and writes: `path` is the field that brings it. */
export function commandsOfScript(
  script: Word,
  variables: ContainerVariables,
  textOf: FileText,
): Pick<CommandLine, 'commands' | 'files'> {
  const reader = new CommandReader(variables, textOf);
  reader.script(script, []);
  return reader;
}

/** Variables such as `JAVA_OPTS`, as if they were commands of their own. */
function optionCommands({ known }: ContainerVariables): Command[] {
  return [...known].flatMap(([name, { value, path }]): Command[] => {
    const program = OPTION_VARIABLES.get(name);
    if (program === undefined) return [];
    const texts = [...(program === '' ? [] : [program]), ...value.split(/\s+/)].filter((text) => text !== '');
    const words = texts.slice(0, MOST_WORDS).map((text) => ({ text: unquoted(text), path }));
    return [{ words, assignments: NO_ASSIGNMENTS, source: 'variable' }];
  });
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

/** `gunicorn` of `/usr/local/bin/gunicorn`. */
export function lastSegment(text: string): string {
  return text.slice(text.lastIndexOf('/') + 1);
}

export function unquoted(text: string): string {
  const match = /^(["'])([\s\S]*)\1$/.exec(text);
  return match ? (match[2] ?? '') : text.replace(/^["']|["']$/g, '');
}
