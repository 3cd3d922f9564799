import { nearest } from '../config/nearest.ts';
import { terminalText } from '../report/escape.ts';
import { TOOL } from '../report/tool.ts';
import { ClusterError } from '../cluster/cluster-error.ts';
import { SourceError } from '../source/snapshot.ts';
import { analyzeCommand } from './analyze-command.ts';
import { readArguments, type Arguments } from './arguments.ts';
import { EXIT, type ExitCode } from './exit-code.ts';
import { commandHelp, generalHelp } from './help.ts';
import type { Io } from './io.ts';
import { COMMANDS, isCommand, type CommandName } from './options.ts';
import { precheckCommand } from './precheck-command.ts';
import { planCommand, reviewCommand } from './review-command.ts';
import { explainCommand, rulesCommand } from './rule-commands.ts';
import { serveCommand } from './serve-command.ts';
import { SettingsError } from './settings-error.ts';
import { UsageError } from './usage-error.ts';

/**
 * The command line: `argv` without the program's own name. Writes the report, or one sentence of trouble, and gives the
 * exit code. Never throws.
 */
export async function main(argv: readonly string[], io: Io): Promise<ExitCode> {
  try {
    return await dispatch(argv, io);
  } catch (error) {
    return explainTrouble(error, io);
  }
}

function dispatch([name, ...rest]: readonly string[], io: Io): ExitCode | Promise<ExitCode> {
  if (name === undefined) {
    io.stderr.write(generalHelp());
    return EXIT.usage;
  }
  if (name === '--version') return say(io, `${TOOL.name} ${TOOL.version}\n`);
  if (name === '--help' || name === '-h' || name === 'help') {
    const [topic] = rest;
    return say(io, topic !== undefined && isCommand(topic) ? commandHelp(topic) : generalHelp());
  }
  if (!isCommand(name)) throw unknownCommand(name);
  const args = readArguments(rest, COMMANDS[name].options);
  return args.has('help') ? say(io, commandHelp(name)) : RUNNERS[name](args, io);
}

type Runner = (args: Arguments, io: Io) => ExitCode | Promise<ExitCode>;

const RUNNERS: Readonly<Record<CommandName, Runner>> = {
  review: reviewCommand,
  plan: planCommand,
  analyze: analyzeCommand,
  rules: rulesCommand,
  explain: explainCommand,
  precheck: precheckCommand,
  serve: serveCommand,
};

function say(io: Io, text: string): ExitCode {
  io.stdout.write(text);
  return EXIT.ok;
}

function unknownCommand(name: string): UsageError {
  const near = nearest(name, Object.keys(COMMANDS));
  const hint = near === undefined ? '' : ` (did you mean ${near}?)`;
  return new UsageError(`There is no command "${name}"${hint}.`, 'See --help for what there is.');
}

function explainTrouble(error: unknown, io: Io): ExitCode {
  if (error instanceof SettingsError) {
    for (const { file, line, column, message } of error.problems) {
      io.stderr.write(`${terminalText(file)}:${line}:${column}: ${terminalText(message)}\n`);
    }
    return complain(io, error.message, 'Mend the lines above; the README describes every key.', EXIT.usage);
  }
  if (error instanceof UsageError) return complain(io, error.message, error.advice, EXIT.usage);
  if (error instanceof ClusterError) {
    return complain(io, error.message, error.advice, error.code === 'usage' ? EXIT.usage : EXIT.failed);
  }
  if (error instanceof SourceError) return complain(io, error.message, error.advice, EXIT.failed);
  const defect = error instanceof Error ? (error.stack ?? error.message) : String(error);
  for (const line of defect.split('\n')) io.stderr.write(`${terminalText(line)}\n`);
  const advice = 'Please report it, with the lines above and the manifests that caused it.';
  return complain(io, 'This is a defect of the tool; nothing was reviewed.', advice, EXIT.failed);
}

function complain(io: Io, message: string, advice: string, code: ExitCode): ExitCode {
  const text = advice === '' ? message : `${message} ${advice}`;
  io.stderr.write(`${TOOL.name}: ${terminalText(text)}\n`);
  return code;
}
