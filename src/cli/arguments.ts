import { parseArgs } from 'node:util';
import { nearest } from '../config/nearest.ts';
import type { Options } from './options.ts';
import { UsageError } from './usage-error.ts';

/** The arguments after the command's name, checked against its options. */
export class Arguments {
  readonly positionals: readonly string[];
  private readonly values: ReadonlyMap<string, readonly string[]>;

  constructor(positionals: readonly string[], values: ReadonlyMap<string, readonly string[]>) {
    this.positionals = positionals;
    this.values = values;
  }

  /** The value of an option that takes one. */
  text(name: string): string | undefined {
    return this.values.get(name)?.[0];
  }

  /** All values of an option that may be repeated. */
  list(name: string): readonly string[] {
    return this.values.get(name) ?? [];
  }

  /** Whether the option is there. */
  has(name: string): boolean {
    return this.values.has(name);
  }

  /**
   * The value of an option that takes one of a few.
   * @throws UsageError
   */
  choice<T extends string>(name: string, choices: readonly T[]): T | undefined {
    const value = this.text(name);
    if (value === undefined) return undefined;
    const chosen = choices.find((choice) => choice === value);
    if (chosen !== undefined) return chosen;
    throw new UsageError(
      `--${name} does not know "${value}"${suggested(nearest(value, choices))}.`,
      `It takes ${choices.join(', ')}.`,
    );
  }
}

/**
 * Reads the arguments of a command.
 * @throws UsageError for an unknown option, a missing or superfluous value, and for repetitions.
 */
export function readArguments(args: readonly string[], options: Options): Arguments {
  const types = Object.entries(options).map(([name, { value }]) => {
    return [name, { type: value === undefined ? 'boolean' : 'string' }] as const;
  });
  const { tokens } = parseArgs({
    args: [...args],
    options: { ...Object.fromEntries(types), h: { type: 'boolean' } },
    strict: false,
    tokens: true,
  });
  const positionals: string[] = [];
  const values = new Map<string, string[]>();
  for (const token of tokens) {
    if (token.kind === 'positional') positionals.push(token.value);
    if (token.kind !== 'option') continue;
    const name = token.name === 'h' ? 'help' : token.name;
    const value = checkedValue(options, name, token.rawName, token.value, token.inlineValue === true);
    const given = values.get(name) ?? [];
    if (given.length > 0 && !options[name]?.repeatable)
      throw new UsageError(`${token.rawName} is given twice.`);
    values.set(name, [...given, value]);
  }
  return new Arguments(positionals, values);
}

function checkedValue(
  options: Options,
  name: string,
  rawName: string,
  value: string | undefined,
  inline: boolean,
): string {
  const option = Object.hasOwn(options, name) ? options[name] : undefined;
  if (!option) {
    const near = nearest(name, Object.keys(options));
    throw new UsageError(`There is no option ${rawName}${suggested(near && `--${near}`)}.`, 'Try --help.');
  }
  if (option.value === undefined) {
    if (value !== undefined) throw new UsageError(`${rawName} takes no value.`);
    return '';
  }
  // What begins with a dash and follows after a space is the next option: this one's value was forgotten.
  if (value === undefined || value === '' || (!inline && value.length > 1 && value.startsWith('-'))) {
    throw new UsageError(`${rawName} needs a value: ${rawName} ${option.value}.`);
  }
  return value;
}

function suggested(near: string | undefined): string {
  return near === undefined ? '' : ` (did you mean ${near}?)`;
}
