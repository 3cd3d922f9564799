import type { ListenerFact } from '../facts/bind-program.ts';
import type { Address } from './address.ts';
import { bindsFrom, type Bind, type Written } from './bind.ts';
import type { ConfigFile } from './config-files.ts';
import type { Entry } from './formats/entry.ts';
import { LONGEST_LINE } from './formats/entry.ts';
import { matchKey } from './patterns.ts';
import { addressesOf, firstMatch, shapedAddresses } from './addresses-of.ts';

const LOOPBACK: Address = { host: 'localhost', port: undefined, reach: 'loopback' };

/** Whether a file opens the listener to every address by a switch of its own (`bindIpAll: true`). */
export function fileIsOpened({ opens }: ListenerFact, entries: readonly Entry[]): boolean {
  const keys = opens?.keys ?? [];
  return keys.length > 0 && entries.some((entry) => entry.value === 'true' && isOneOf(keys, entry));
}

/** What the text of the file does not say. */
export interface FileReading {
  /** The ports when an address carries none, by what `*` stood for in its key. */
  readonly portsFor: (captured: readonly string[]) => readonly number[];
  readonly emptyIsLoopback: boolean;
  /** A value with what it refers to of the environment. */
  readonly resolved: (value: string) => string;
}

/** The addresses that a file of a program sets for one listener. */
export function fileBinds(
  listener: ListenerFact,
  file: ConfigFile,
  entries: readonly Entry[],
  written: Written,
  { portsFor, emptyIsLoopback, resolved }: FileReading,
): Bind[] {
  const place = (setting: string, line: () => number): Written => ({
    ...written,
    setting: setting.slice(0, 200),
    ...(file.source && { configMap: { ...file.source, line: line() } }),
  });
  const closed = entries.filter((entry) => entry.value === 'true' && isOneOf(listener.closes ?? [], entry));
  const keyed = entries.flatMap((entry) => {
    const captured = capturedBy(listener.keys ?? [], entry);
    if (!captured) return [];
    const isEmpty = entry.value === '' && emptyIsLoopback;
    const addresses = isEmpty ? [LOOPBACK] : addressesOf(resolved(entry.value), listener);
    const setting = `${entry.key.slice(-2).join('.')} ${entry.value}`;
    return bindsFrom(addresses, portsFor(captured), place(setting, entry.line));
  });
  return [
    ...keyed,
    ...closed.flatMap(({ key, line }) => bindsFrom([LOOPBACK], portsFor([]), place(key.join('.'), line))),
    ...lineBinds(listener, file, portsFor, place),
  ];
}

function lineBinds(
  listener: ListenerFact,
  { text }: ConfigFile,
  portsFor: (captured: readonly string[]) => readonly number[],
  place: (setting: string, line: () => number) => Written,
): Bind[] {
  if (listener.lines === undefined) return [];
  return text.split('\n').flatMap((line, number) => {
    if (line.length > LONGEST_LINE || /^\s*(?:#|\/\/|;)/.test(line)) return [];
    const match = firstMatch(listener.lines, line);
    if (!match) return [];
    return bindsFrom(
      shapedAddresses(match, listener),
      portsFor([]),
      place(line.trim(), () => number),
    );
  });
}

function capturedBy(patterns: readonly string[], { key }: Entry): string[] | undefined {
  for (const pattern of patterns) {
    const captured = matchKey(pattern, key);
    if (captured) return captured;
  }
  return undefined;
}

function isOneOf(patterns: readonly string[], entry: Entry): boolean {
  return capturedBy(patterns, entry) !== undefined;
}
