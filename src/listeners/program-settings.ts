import { type ConfigFile, entriesIn, formatFor } from './config-files.ts';
import type { ContainerFacts } from './container.ts';
import type { Flag } from './flags.ts';
import type { Entry } from './formats/entry.ts';
import type { Running } from './programs.ts';

/** All that one program in one container may read its settings from. */
export interface ProgramSettings {
  readonly facts: ContainerFacts;
  readonly running: Running;
  readonly flags: readonly Flag[];
  readonly files: readonly ProgramFile[];
  /** Named on the command line or by the image; else it is believed only where its settings are unmistakable. */
  readonly runs: boolean;
}

export interface ProgramFile {
  readonly file: ConfigFile;
  readonly entries: readonly Entry[];
}

export function settingsOf(
  facts: ContainerFacts,
  running: Running,
  flags: readonly Flag[],
  runs: boolean,
): ProgramSettings {
  const files = facts.files.flatMap((file): ProgramFile[] => {
    const format = formatFor(running.program, file, runs);
    return format === undefined ? [] : [{ file, entries: entriesIn(file, format) }];
  });
  return { facts, running, flags, files, runs };
}
