import { unquoted, type Command, type Word } from './command-line.ts';
import type { Path } from '../vocabulary.ts';

export interface Flag {
  /** Without dashes, in lower case with `-` between words; single letters keep their case. */
  readonly name: string;
  /** As written, with its dashes. */
  readonly written: string;
  /** `undefined` when neither `=` nor a word that is no flag follows. */
  readonly value: string | undefined;
  /** `=` or a space, as written. */
  readonly joint: string;
  /** Of the word that holds the value. */
  readonly path: Path;
  /** Position among the words. */
  readonly index: number;
}

/** The flags of a command: `--name=value`, `--name value`, `-n value`. */
export function flagsOf({ words }: Command): Flag[] {
  return words.flatMap((word, index): Flag[] => {
    const match =
      /^(-{1,2}[A-Za-z][\w.:-]{0,120})(?:=([\s\S]*))?$/.exec(word.text) ??
      // Properties without dashes: `jetty.http.host=localhost`, also behind `-E` and `--conf`.
      /^([a-z][\w-]{0,60}(?:\.[\w-]{1,60}){1,6})=([\s\S]*)$/.exec(word.text);
    const written = match?.[1];
    if (written === undefined) return [];
    const flag = { name: flagName(written), written, index };
    if (match?.[2] !== undefined) {
      return [{ ...flag, value: unquoted(match[2]), joint: '=', path: word.path }];
    }
    const next = words[index + 1];
    const value = next && !/^-{1,2}[A-Za-z]/.test(next.text) ? next.text : undefined;
    return [{ ...flag, value, joint: ' ', path: (value === undefined ? word : (next ?? word)).path }];
  });
}

/** The values of a single-letter flag written without a space: `-b127.0.0.1:80`. Only what begins like an address. */
export function attachedValues({ words }: Command, letter: string): { value: string; word: Word }[] {
  return words.flatMap((word) => {
    const value = word.text.startsWith(`-${letter}`) ? word.text.slice(2) : '';
    return /^(?:\d|\[|:|\*|localhost)/.test(value) ? [{ value, word }] : [];
  });
}

/** `listenAddress` and `listen_address` are `listen-address`; Java's `-Dserver.address` sets the property server.address. */
export function flagName(written: string): string {
  const isProperty = /^-[DE][\w]/.test(written) && written.includes('.');
  const dashes = isProperty || written.startsWith('--') ? 2 : written.startsWith('-') ? 1 : 0;
  const bare = written.slice(dashes);
  if (bare.length === 1) return bare;
  return bare
    .replace(/([a-z0-9])([A-Z])/g, '$1-$2')
    .replaceAll('_', '-')
    .toLowerCase();
}
