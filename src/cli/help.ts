import { TOOL } from '../report/tool.ts';
import { COMMANDS, type Command, type CommandName, type Options } from './options.ts';

const EXIT_CODES = `Exit codes:
  0  nothing at the level of --fail-on
  1  findings at that level
  2  the command line or the settings are wrong
  3  no review came about
`;

/** `istio-upgrade-guard --help`. */
export function generalHelp(): string {
  const commands: [string, Command][] = Object.entries(COMMANDS);
  const rows = commands.map(([name, { summary }]) => [name, summary] as const);
  return [
    `${TOOL.name} ${TOOL.version}: reviews changes of Istio manifests before they are merged.`,
    '',
    'Commands:',
    ...table(rows),
    '',
    `Options of a command: ${TOOL.name} COMMAND --help`,
    `Also: --version, --help`,
    '',
    EXIT_CODES,
  ].join('\n');
}

/** `istio-upgrade-guard COMMAND --help`. */
export function commandHelp(name: CommandName): string {
  const { summary, usage, options }: Command = COMMANDS[name];
  return [
    `${TOOL.name} ${name}: ${summary}`,
    '',
    'Usage:',
    ...usage.map((line) => `  ${TOOL.name} ${line}`),
    '',
    'Options:',
    ...table(optionRows(options)),
    '',
    EXIT_CODES,
  ].join('\n');
}

function optionRows(options: Options): (readonly [string, string])[] {
  return Object.entries(options).map(([name, { value, repeatable, help }]) => [
    value === undefined ? `--${name}` : `--${name} ${value}`,
    `${help}${repeatable ? ' (may be repeated)' : ''}`,
  ]);
}

function table(rows: readonly (readonly [string, string])[]): string[] {
  const width = Math.max(...rows.map(([left]) => left.length));
  return rows.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`);
}
