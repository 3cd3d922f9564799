import type { ProgramFact } from '../facts/bind-program.ts';
import { PROGRAMS } from '../facts/bind-programs.ts';
import type { ContainerModel } from '../mesh/mesh.ts';
import { type Command, type CommandLine, lastSegment } from './command-line.ts';

/** A program that a container runs, as far as its command line and its image tell. */
export interface Running {
  readonly program: ProgramFact;
  readonly command: Command;
  /** Named on the command line, or the image's own program: certain enough to believe its defaults. */
  readonly exact: boolean;
}

/** Without words of its own: the image says what runs. */
const NO_COMMAND: Command = { words: [], assignments: new Map(), source: 'argument' };

/** Programs by the words of a command line, and by the last segments of images. */
const BY_COMMAND = indexOf(({ commands }) => commands);
const BY_IMAGE = indexOf(({ commands, images = [] }) => [...commands, ...images].map(normalised));

/** What a container runs. A frame that is compiled into it cannot be seen and is not listed. */
export function runningPrograms(container: ContainerModel, line: CommandLine): Running[] {
  const commands = line.commands.filter(({ source }) => source === 'argument');
  const found = line.commands.flatMap((command) =>
    named(command, isSubcommand(command, container)).map((program) => ({ program, command, exact: true })),
  );
  const [first] = commands;
  if (commands.length > 1 || found.some(({ command }) => command.source === 'argument')) return found;
  const image = imageName(container);
  for (const program of imagePrograms(image)) {
    const command = first ?? NO_COMMAND;
    if (!serves(program, command)) continue;
    const exact = !line.replacesImage && [...program.commands, ...(program.images ?? [])].includes(image);
    found.push({ program, command, exact });
  }
  return found;
}

/** Whether the first word goes to the image's own command: then a common word is a subcommand, but for images of a language. */
function isSubcommand({ words }: Command, container: ContainerModel): boolean {
  if (container.command.length > 0 || words[0]?.text !== container.args[0]) return false;
  return !partsOf(imageName(container)).some((part) => RUNNERS.has(part));
}

function named(command: Command, isSubcommand: boolean): ProgramFact[] {
  const programs = new Set<ProgramFact>();
  const head = headOf(command.words);
  command.words.forEach(({ text }, index) => {
    if (text.startsWith('-') || text.length > 200 || isValue(command.words, index, head)) return;
    for (const program of BY_COMMAND.get(lastSegment(text)) ?? []) {
      if (program.isCommonWord !== true || (index <= head && !isSubcommand)) programs.add(program);
    }
  });
  return [...programs].filter((program) => command.source === 'variable' || serves(program, command));
}

/** Commands that run another one, and languages that run a program of theirs. */
const RUNNERS = new Set([
  ...[
    'env',
    'timeout',
    'nice',
    'ionice',
    'tini',
    'dumb-init',
    'catatonit',
    'su-exec',
    'gosu',
    'setpriv',
    'chroot',
  ],
  ...[
    'numactl',
    'stdbuf',
    'xvfb-run',
    'node',
    'nodejs',
    'bun',
    'bunx',
    'deno',
    'npx',
    'pnpx',
    'npm',
    'yarn',
    'pnpm',
  ],
  ...[
    'run',
    'exec',
    'dlx',
    'start',
    'python',
    'python2',
    'python3',
    'poetry',
    'pipenv',
    'uv',
    'pdm',
    'conda',
  ],
  ...[
    'ruby',
    'bundle',
    'java',
    'php',
    'perl',
    'dotnet',
    'mix',
    'elixir',
    'opentelemetry-instrument',
    'ddtrace-run',
  ],
]);

/** Position of the command itself: the first word that is no flag and no runner. */
function headOf(words: Command['words']): number {
  const head = words.findIndex(({ text }) => !text.startsWith('-') && !RUNNERS.has(lastSegment(text)));
  return head < 0 ? words.length : head;
}

/** Whether a word behind the command is the value of a flag, as in `app --server gunicorn`. */
function isValue(words: Command['words'], index: number, head: number): boolean {
  const before = words[index - 1]?.text ?? '';
  return index > head && /^-[^=]*$/.test(before) && !['--', '-m', '-jar'].includes(before);
}

/** Whether a command is a known program's, but of a subcommand that talks to a server instead of being one. */
export function isClientOfProgram(command: Command): boolean {
  const programs = command.words.flatMap(({ text }) => BY_COMMAND.get(lastSegment(text)) ?? []);
  return programs.length > 0 && programs.every((program) => !serves(program, command));
}

/** Whether a command names the program, but none with the subcommand that listens: `flask db upgrade`. */
export function isOtherwiseUsed(program: ProgramFact, commands: readonly Command[]): boolean {
  if (program.subcommands === undefined) return false;
  const own = commands.filter(({ words }) =>
    words.some(({ text }) => program.commands.includes(lastSegment(text))),
  );
  return own.length > 0 && own.every((command) => !serves(program, command));
}

/** Whether the subcommand that listens is there; an image's own command is not written and believed. */
function serves({ subcommands }: ProgramFact, { words }: Command): boolean {
  if (subcommands === undefined || words.every(({ text }) => text.startsWith('-'))) return true;
  return words.some(({ text }) => subcommands.includes(text));
}

/** `redis` of `docker.io/bitnami/redis:7.2@sha256:...`. */
export function imageName({ image }: ContainerModel): string {
  return lastSegment(image.split('@')[0] ?? '').split(':')[0] ?? '';
}

/** The version in the tag of the image: [major, minor, patch]; `undefined` when the tag is no version. */
export function imageVersion({ image }: ContainerModel): readonly number[] | undefined {
  const tag = lastSegment(image.split('@')[0] ?? '').split(':')[1] ?? '';
  const match = /^v?(\d{1,5})(?:\.(\d{1,5}))?(?:\.(\d{1,5}))?(?![\d.])/.exec(tag);
  return match ? [Number(match[1]), Number(match[2] ?? 0), Number(match[3] ?? 0)] : undefined;
}

/** Programs that an image's name names whole or in part: `redis`, `my-redis`, `postgres-ha`. */
function imagePrograms(image: string): ProgramFact[] {
  const found = new Set<ProgramFact>();
  for (const part of partsOf(image)) for (const program of BY_IMAGE.get(part) ?? []) found.add(program);
  return [...found];
}

/** Runs of the words in a name: `my-redis-server` gives `redis-server`, and six others. */
export function partsOf(name: string): string[] {
  const words = normalised(name.slice(0, 200)).split('-').slice(0, 10);
  return words.flatMap((_, start) =>
    words.slice(start, start + 4).map((_, length) => words.slice(start, start + length + 1).join('-')),
  );
}

/** Whether a word is the name of a program of the catalogue. */
export function isCatalogued(word: string): boolean {
  return BY_IMAGE.has(word) || BY_COMMAND.has(word);
}

function normalised(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]+/g, '-');
}

/** Whether a name, or a part of it, is one of a program's. */
export function isNamedAfter(program: ProgramFact, name: string): boolean {
  return partsOf(name).some((part) => BY_IMAGE.get(part)?.includes(program));
}

function indexOf(namesOf: (program: ProgramFact) => readonly string[]): Map<string, ProgramFact[]> {
  const index = new Map<string, ProgramFact[]>();
  for (const program of PROGRAMS) {
    for (const name of namesOf(program)) {
      const programs = index.get(name);
      if (programs) programs.push(program);
      else index.set(name, [program]);
    }
  }
  return index;
}
