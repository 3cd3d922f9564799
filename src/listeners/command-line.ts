import { CLIENT_COMMANDS } from '../facts/bind-settings.ts';
import type { ContainerModel } from '../mesh/mesh.ts';
import type { Path } from '../vocabulary.ts';
import { expanded, type Variables } from './variables.ts';

/** A word of a container's command line, and the manifest field it is written in. */
export interface Word {
  readonly text: string;
  readonly path: Path;
}

export interface Flag {
  /** Without dashes, in lower case with `-` between words: `listenAddress` and `listen_address` are `listen-address`. */
  readonly name: string;
  /** As written, with its dashes. */
  readonly written: string;
  readonly value: string;
  /** Of the word that holds the value. */
  readonly path: Path;
}

/** A script longer than this is not read for flags. */
const LONGEST_SCRIPT = 20_000;

/** Command and arguments, with `$(VAR)` filled in from known variables and shell scripts taken apart. */
export function wordsOf(container: ContainerModel, variables: Variables): Word[] {
  const words: Word[] = [];
  let script = false;
  for (const field of ['command', 'args'] as const) {
    const written = container.body[field];
    container[field].forEach((text, index) => {
      // Items that are not text are left out of the model, so positions count only in a list of nothing but text.
      const whole = Array.isArray(written) && written.length === container[field].length;
      const path = whole ? [...container.path, field, index] : [...container.path, field];
      const filled = expanded(text, variables);
      if (script || /[\n;&|]/.test(filled)) {
        words.push(...scriptWords(filled).map((word) => ({ text: word, path })));
      } else {
        words.push({ text: filled, path });
      }
      script = /^-[a-z]*c$/.test(text) && isShell(words[0]?.text ?? '');
    });
  }
  return words;
}

function isShell(command: string): boolean {
  return ['sh', 'bash', 'ash', 'dash', 'zsh', 'busybox'].includes(command.split('/').at(-1) ?? '');
}

/** The words of a script, without those of commands that talk to an address instead of listening on it. */
function scriptWords(script: string): string[] {
  if (script.length > LONGEST_SCRIPT) return [];
  return script
    .replace(/\\\n/g, ' ')
    .split(/[\n;&|]+/)
    .map((command) =>
      command
        .split(/\s+/)
        .filter((word) => word !== '')
        .map(unquoted),
    )
    .filter((words) => !words.some((word) => CLIENT_COMMANDS.has(word.split('/').at(-1) ?? '')))
    .flat();
}

function unquoted(word: string): string {
  return word.replace(/^["']|["']$/g, '');
}

/** The flags with a value: `--name=value`, `--name value`, `-n value`. */
export function flagsOf(words: readonly Word[]): Flag[] {
  return words.flatMap((word, index): Flag[] => {
    const match = /^(-{1,2}[A-Za-z][\w.-]{0,80})(?:=([\s\S]*))?$/.exec(word.text);
    const written = match?.[1];
    if (written === undefined) return [];
    const name = flagName(written);
    if (match?.[2] !== undefined) return [{ name, written, value: unquoted(match[2]), path: word.path }];
    const next = words[index + 1];
    if (!next || next.text.startsWith('-')) return [];
    return [{ name, written, value: next.text, path: next.path }];
  });
}

function flagName(written: string): string {
  // Java's -Dserver.address=... sets the property server.address.
  const property = written.startsWith('-D') && written.includes('.');
  return written
    .slice(property || written.startsWith('--') ? 2 : 1)
    .replace(/([a-z0-9])([A-Z])/g, '$1-$2')
    .replaceAll('_', '-')
    .toLowerCase();
}
