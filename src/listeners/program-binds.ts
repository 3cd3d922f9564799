import { PROGRAMS } from '../facts/bind-programs.ts';
import type { Bind } from './bind.ts';
import type { Command } from './command-line.ts';
import type { ConfigFile } from './config-files.ts';
import type { ContainerFacts } from './container.ts';
import type { Flag } from './flags.ts';
import { ProgramReader } from './program-reader.ts';
import { type ProgramSettings, settingsOf } from './program-settings.ts';
import { isOtherwiseUsed, type Running } from './programs.ts';

/** Programs that are believed in any image. */
const ANYWHERE = PROGRAMS.filter(({ anywhere }) => anywhere);
/** Those, and the ones that have files: a file named like theirs is read in any image. */
const ANYWHERE_OR_FILES = PROGRAMS.filter(({ anywhere, files }) => anywhere || files !== undefined);

/** A container listens on a handful of ports; more are no configuration that a person has written. */
const MOST_BINDS = 2_000;

export interface ProgramBinds {
  readonly binds: readonly Bind[];
  /** The flags that were understood: nothing else is read from them. */
  readonly understood: ReadonlySet<Flag>;
  /** The files that a known program reads. */
  readonly files: ReadonlySet<ConfigFile>;
}

/** The addresses that the settings of known programs choose. */
export function programBinds(facts: ContainerFacts): ProgramBinds {
  const readers = [...ownReaders(facts), ...otherReaders(facts)];
  const binds = readers.flatMap(({ reader }) => reader.binds()).slice(0, MOST_BINDS);
  const understood = new Set(readers.flatMap(({ reader }) => reader.understood()));
  const files = new Set(
    readers.flatMap(({ reader, settings }) =>
      settings.runs || reader.binds().length > 0 ? settings.files : [],
    ),
  );
  return { binds, understood, files: new Set([...files].map(({ file }) => file)) };
}

interface Reading {
  readonly settings: ProgramSettings;
  readonly reader: ProgramReader;
}

/** What the container runs. A variable with more arguments counts where the command line has no address of its own. */
function ownReaders(facts: ContainerFacts): Reading[] {
  const all = facts.running.map((running) => {
    const settings = settingsOf(facts, running, facts.flags.get(running.command) ?? [], true);
    return { running, settings, reader: new ProgramReader(settings) };
  });
  const told = all.filter(({ running, reader }) => {
    if (running.command.source === 'variable') return false;
    return reader.binds().some(({ source }) => source === 'argument');
  });
  const isTold = ({ program }: Running): boolean => told.some(({ running }) => running.program === program);
  return all.filter(({ running }) => running.command.source === 'argument' || !isTold(running));
}

/** What may be in the image or in a file: all commands together are its command. */
function otherReaders(facts: ContainerFacts): Reading[] {
  const { commands, files, flags, running } = facts;
  const seen = new Set(running.map(({ program }) => program));
  const all = merged(commands);
  const allFlags = commands.flatMap((command) => flags.get(command) ?? []);
  return (files.length > 0 ? ANYWHERE_OR_FILES : ANYWHERE)
    .filter((program) => !seen.has(program) && !isOtherwiseUsed(program, commands))
    .map((program) => {
      const settings = settingsOf(facts, { program, command: all, exact: false }, allFlags, false);
      return { settings, reader: new ProgramReader(settings) };
    });
}

function merged(commands: readonly Command[]): Command {
  const [only] = commands;
  if (only && commands.length === 1 && only.source === 'argument') return only;
  return {
    words: commands.flatMap(({ words }) => words),
    assignments: new Map(commands.flatMap(({ assignments }) => [...assignments])),
    source: 'argument',
  };
}
