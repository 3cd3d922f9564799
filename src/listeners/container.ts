import type { ContainerModel, Workload } from '../mesh/mesh.ts';
import {
  commandLineOf,
  commandsOfScript,
  lastSegment,
  type Command,
  type CommandLine,
  type FileText,
  type Word,
} from './command-line.ts';
import { mountedFilesOf, otherFiles, type ConfigFile } from './config-files.ts';
import { withAssignments, withDotEnv } from './told-variables.ts';
import { entriesOf } from './formats/entries.ts';
import { flagsOf, type Flag } from './flags.ts';
import { runningPrograms, type Running } from './programs.ts';
import { variablesOf, type ConfigMaps, type ContainerVariables } from './variables.ts';

/** All that is known of what a container is told: the one thing its binds are read from. */
export interface ContainerFacts {
  readonly container: ContainerModel;
  readonly commands: readonly Command[];
  readonly flags: ReadonlyMap<Command, readonly Flag[]>;
  readonly variables: ContainerVariables;
  readonly files: readonly ConfigFile[];
  readonly running: readonly Running[];
}

export function factsOf(
  container: ContainerModel,
  workload: Workload,
  configMaps: ConfigMaps,
): ContainerFacts {
  const mounted = mountedFilesOf(container, workload, configMaps);
  const set = withDotEnv(variablesOf(container, configMaps), mounted);
  const line = withMountedScripts(commandLineOf(container, set, textOf(mounted)), mounted, set);
  const variables = withAssignments(set, line.commands);
  const files = [...mounted, ...otherFiles(line, variables)].filter((file) =>
    isActive(file, line, variables),
  );
  const running = runningPrograms(container, line);
  const { commands } = line;
  let flags: ReadonlyMap<Command, readonly Flag[]> | undefined;
  return {
    ...{ container, commands, variables, files, running },
    // Taken apart when asked for: of most containers nobody does.
    get flags() {
      return (flags ??= new Map(commands.map((command) => [command, flagsOf(command)])));
    },
  };
}

/** The commands that a process manager runs: of supervisord's programs, and of a Procfile. */
function managedScripts(files: readonly ConfigFile[]): Word[] {
  return files.flatMap(({ file, text, path }) => {
    if (lastSegment(file) === 'Procfile') {
      return [...text.matchAll(/^[\w-]{1,60}:\s*(\S.*)$/gm)].map((match) => ({ text: match[1] ?? '', path }));
    }
    if (!/supervisor/.test(file)) return [];
    return entriesOf(text, 'ini')
      .filter(({ key }) => key[0]?.startsWith('program:') === true && key.at(-1) === 'command')
      .map(({ value }) => ({ text: value, path }));
  });
}

function textOf(files: readonly ConfigFile[]): FileText {
  return (wanted) => files.find(({ file }) => file === wanted || `./${lastSegment(file)}` === wanted)?.text;
}

/** A command that is itself a mounted script (`/scripts/start.sh`) runs what the script says. */
function withMountedScripts(
  line: CommandLine,
  files: readonly ConfigFile[],
  variables: ContainerVariables,
): CommandLine {
  const scripts = files.filter(({ file, text }) => /\.(?:sh|bash)$/.test(file) || text.startsWith('#!'));
  const managed = managedScripts(files);
  if (scripts.length === 0 && managed.length === 0) return line;
  const more = line.commands.flatMap(({ words }) => {
    const run = words.slice(0, 6).map(({ text }) => text);
    const script = scripts.find(({ file }) => run.includes(file) || run.includes(`./${lastSegment(file)}`));
    const isShell = script !== undefined && /^(?:#!.*sh\b|(?!#!))/.test(script.text);
    return isShell ? [commandsOfScript(script, variables, textOf(files))] : [];
  });
  more.push(...managed.map((script) => commandsOfScript(script, variables, textOf(files))));
  return {
    ...line,
    commands: [...line.commands, ...more.flatMap(({ commands }) => commands)],
    files: [...line.files, ...more.flatMap(({ files: written }) => written)],
  };
}

/** Spring reads `application-NAME` files only for an active profile. */
function isActive({ file }: ConfigFile, { commands }: CommandLine, { known }: ContainerVariables): boolean {
  const profile = /(?:^|\/)application-([\w-]{1,60})\.(?:ya?ml|properties|json)$/.exec(file)?.[1];
  if (profile === undefined) return true;
  const words = commands.flatMap((command) => command.words.map(({ text }) => text));
  const told = words.filter((text) => /^-{1,2}D?spring\.profiles\.(?:active|include)=/.test(text));
  const active = [known.get('SPRING_PROFILES_ACTIVE')?.value ?? '', ...told].join(',');
  return active.split(/[,=\s]/).includes(profile);
}
