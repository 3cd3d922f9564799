import {
  ADDRESS_WORDS,
  LISTEN_TAILS,
  LISTEN_WORDS,
  OWN_WORDS,
  SERVED_WORDS,
  SIDE_WORDS,
  TARGET_WORDS,
} from '../facts/bind-names.ts';
import { type Address, addressesIn } from './address.ts';

/** What the name of a setting says about its value, be it a flag, a variable or a key of a file. */
export interface SettingName {
  /** An address where the program itself listens; one that may be anybody's; a port. */
  readonly kind: 'listens' | 'address' | 'port';
  /** The words around it, which say whose it is: [rpc, http] of `--rpc-http-host`. */
  readonly whose: readonly string[];
}

const ADDRESS_WITH_PORT = /^(?:\[[\d:a-f.]{2,45}\]|[a-z][\w.-]{0,100}|[\d.]{7,15}):\d{1,5}$/i;

/** Longest name that is taken apart, in characters. */
const LONGEST_NAME = 120;

/**
 * `undefined` when the name says none of these, or says that the address is somebody else's.
 * @param value under a name of a port, it may be an address with a port: `SOCKSPort 127.0.0.1:9050`.
 */
export function settingName(name: string, value = ''): SettingName | undefined {
  const words = nameWords(name);
  const last = words.at(-1);
  if (last === 'port') {
    const kind = ADDRESS_WITH_PORT.test(value) ? 'address' : 'port';
    return { kind, whose: words.slice(0, -1).filter((word) => !isFiller(word)) };
  }
  const listens = words.findIndex((word) => LISTEN_WORDS.has(word));
  if (listens >= 0) return listening(words, listens);
  if (last === undefined || !ADDRESS_WORDS.has(last)) return undefined;
  const front = words.findLastIndex((word) => !ADDRESS_WORDS.has(word)) + 1;
  return { kind: 'address', whose: words.slice(0, front) };
}

function listening(words: readonly string[], at: number): SettingName | undefined {
  const tail = words.slice(at + 1);
  const isAddress = tail.every((word) => isOwnTail(word) || LISTEN_TAILS.has(word) || LISTEN_WORDS.has(word));
  const front = words.slice(0, at);
  if (!isAddress || front.some(isTargetWord)) return undefined;
  return { kind: 'listens', whose: [...front, ...tail.filter(isOwnTail)] };
}

/** A protocol, whom it is for, or a position: `LISTEN_HTTP`, `BINDINGS__0__ADDRESS`. */
function isOwnTail(word: string): boolean {
  return OWN_WORDS.has(word) || SERVED_WORDS.has(word) || SIDE_WORDS.has(word) || /^\d{1,2}$/.test(word);
}

/** Words that say nothing of whose port it is. */
function isFiller(word: string): boolean {
  return LISTEN_WORDS.has(word) || word === 'default' || word === 'main';
}

/** A port that stands beside an address. */
export interface NamedPort {
  readonly whose: readonly string[];
  readonly value: string;
}

/** Ports beside an address that are looked at: a person writes a handful. */
export const MOST_PORTS = 100;

/**
 * The ports that belong to an address: those named like it, else those of more general names (`PORT` for `HTTP_BIND`), else,
 * for one named like nobody's, those of all protocols. [] when none does.
 */
export function portsBeside({ kind, whose }: SettingName, ports: readonly NamedPort[]): number[] {
  let best: NamedPort[] = [];
  let length = -1;
  for (const port of ports.slice(0, MOST_PORTS)) {
    const isMoreGeneral = port.whose.every((word, index) => word === whose[index]);
    const rest = whose.slice(port.whose.length);
    if (!isMoreGeneral || rest.some(kind === 'listens' ? isSideWord : isNotOwn)) continue;
    if (port.whose.length > length) [best, length] = [[], port.whose.length];
    if (port.whose.length === length) best.push(port);
  }
  if (best.length === 0 && whose.length === 0) {
    best = ports.filter((port) => port.whose.every((word) => OWN_WORDS.has(word) && !SIDE_WORDS.has(word)));
  }
  return [...new Set(best.flatMap(({ value }) => portIn(value)))];
}

function portIn(value: string): number[] {
  const port = /^:?(\d{1,5})$/.exec(value.trim())?.[1];
  const number = Number(port);
  return number > 0 && number < 65_536 ? [number] : [];
}

function isNotOwn(word: string): boolean {
  return !OWN_WORDS.has(word) || SIDE_WORDS.has(word);
}

/** Words that switch something, where another program's setting of the name is an address: `listen=YES`. */
const SWITCH = /^(?:yes|no|true|false|on|off|enabled?|disabled?|none)$/i;

/** The addresses in the value of a setting whose name says that it is one. */
export function namedAddresses(value: string): Address[] {
  if (SWITCH.test(value)) return [];
  // `listen on 127.0.0.1 port 25`
  const spoken = /^(?:on\s)?\s{0,5}(\S{1,100})\s{1,5}port\s{0,5}=?\s{0,5}(\d{1,5})\b/.exec(value);
  return addressesIn(spoken ? `${spoken[1] ?? ''}:${spoken[2] ?? ''}` : value);
}

/** Whether a word names a part of a program that is not the one it is there for: `metrics`. */
export function isSideWord(word: string): boolean {
  return SIDE_WORDS.has(word);
}

export function isTargetWord(word: string): boolean {
  return TARGET_WORDS.has(word);
}

/** The words of a name, in lower case: `http`, `listen`, `addr` of `--http.listenAddr`, `HTTP_LISTEN_ADDR`, `httplistenaddr`. */
export function nameWords(name: string): string[] {
  return name
    .slice(0, LONGEST_NAME)
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/([A-Z])([A-Z][a-z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '')
    .flatMap(unglued);
}

const anyOf = (words: Iterable<string>): string =>
  [...words].sort((one, other) => other.length - one.length).join('|');

/** Words written as one: `rpclisten`, `bindaddr`, `listenport`. */
const GLUED_LISTEN = new RegExp(
  `^(${anyOf(OWN_WORDS)})?(listening|listen|bind)(${anyOf(LISTEN_TAILS)}|port)?$`,
);
/** `httpport`, `webhost`. */
const GLUED_ADDRESS = new RegExp(`^(${anyOf(OWN_WORDS)})(addr|address|host|ip|port)$`);

function unglued(word: string): string[] {
  if (word.length > 30 || word === 'tcpip') return [word];
  const match = GLUED_LISTEN.exec(word) ?? GLUED_ADDRESS.exec(word);
  return match ? match.slice(1).filter((part): part is string => part !== undefined) : [word];
}
