import { randomUUID } from 'node:crypto';
import { appendFileSync } from 'node:fs';
import { commandMessage } from '../report/escape.ts';
import { logLine } from './log-line.ts';

/**
 * How an action speaks with its runner: inputs and files by environment variables, commands by lines of its output.
 * https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands
 */
export class Workflow {
  readonly #env: Readonly<Record<string, string | undefined>>;

  constructor(env: Readonly<Record<string, string | undefined>>) {
    this.#env = env;
  }

  /** An input of `action.yml`; '' when it was not given. */
  input(name: string): string {
    return (this.#env[`INPUT_${name.toUpperCase()}`] ?? '').trim();
  }

  /** An output of `action.yml`. */
  output(name: string, value: string | number): void {
    // What ends a value cannot be guessed by whoever wrote it.
    const end = `end_${randomUUID()}`;
    this.#append('GITHUB_OUTPUT', `${name}<<${end}\n${value}\n${end}\n`);
  }

  /** Markdown for the page of the job. */
  summary(markdown: string): void {
    this.#append('GITHUB_STEP_SUMMARY', markdown);
  }

  /** Keeps a value out of the log from here on. */
  mask(secret: string): void {
    process.stdout.write(`::add-mask::${commandMessage([secret])}\n`);
  }

  /** A line of the log, which the runner takes for nothing else. */
  log(text: string): void {
    process.stdout.write(`${logLine(text)}\n`);
  }

  /** A file that an old Enterprise Server does not offer is done without. */
  #append(variable: string, text: string): void {
    const file = this.#env[variable] ?? '';
    if (file !== '') appendFileSync(file, text);
  }
}
