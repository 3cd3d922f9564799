import { LOGIN_KEYS } from '../facts/bind-names.ts';
import type { Entry } from './formats/entry.ts';
import { MOST_PORTS, type NamedPort, type SettingName, settingName } from './names.ts';

/** A setting of a file of no known program, whose name says that it is an address. */
export interface FileSetting {
  readonly entry: Entry;
  readonly name: string;
  readonly says: SettingName;
  /** The sections, blocks or mappings around it, from the outside in; positions in lists are numbers. */
  readonly around: readonly string[];
  /** The ports beside it. */
  readonly ports: readonly NamedPort[];
  /** Whether a name or a password stands beside it: a client logs in there. */
  readonly logsIn: boolean;
}

/** Names that switch a part on or off. */
const ON_NAMES: ReadonlySet<string> = new Set(['enabled', 'enable', 'active']);
const OFF_NAMES: ReadonlySet<string> = new Set(['disabled', 'disable']);
const NO: ReadonlySet<string> = new Set(['false', 'no', 'off', '0']);
const YES: ReadonlySet<string> = new Set(['true', 'yes', 'on', '1']);

/** A setting that stands deeper is none that a person has written. */
const DEEPEST = 30;

/** Where an entry stands. */
interface Place {
  readonly name: string;
  /** The steps around it; in XML, with the numbers of the elements. */
  readonly parent: readonly string[];
  /** The same for all entries of one block, and for no others. */
  readonly block: string;
}

/** The addresses of a file with the ports beside them. Parts that are switched off are left out. Linear in the entries. */
export function fileSettings(entries: readonly Entry[], isXml: boolean): FileSetting[] {
  const off = new Set<string>();
  const logins = new Set<string>();
  const ports = new Map<string, NamedPort[]>();
  const addresses: { entry: Entry; says: SettingName; place: Place }[] = [];
  for (const entry of entries) {
    const place = placeOf(entry, isXml);
    if (!place) continue;
    if (isOff(place.name, entry.value)) off.add(place.block);
    if (LOGIN_KEYS.has(place.name.toLowerCase())) logins.add(place.block);
    const says = settingName(place.name, entry.value);
    if (says?.kind === 'port') {
      const known = ports.get(place.block);
      const port = { whose: says.whose, value: entry.value };
      if (!known) ports.set(place.block, [port]);
      else if (known.length < MOST_PORTS) known.push(port);
    } else if (says) addresses.push({ entry, says, place });
  }
  return addresses
    .filter(({ place }) => off.size === 0 || !blocksAround(place).some((block) => off.has(block)))
    .map(({ entry, says, place }) => ({
      ...{
        entry,
        name: place.name,
        says,
        ports: ports.get(place.block) ?? [],
        logsIn: logins.has(place.block),
      },
      around: isXml ? place.parent.filter((step) => !isNumber(step)) : place.parent,
    }));
}

function isOff(name: string, value: string): boolean {
  const word = name.toLowerCase();
  const told = value.toLowerCase();
  return (ON_NAMES.has(word) && NO.has(told)) || (OFF_NAMES.has(word) && YES.has(told));
}

function placeOf({ key, block }: Entry, isXml: boolean): Place | undefined {
  if (key.length > DEEPEST) return undefined;
  const last = key.at(-1) ?? '';
  // `bind-address.4.#` is the text of an element, `listener.5.@ip` an attribute, `bind.0` an item of a list.
  const at = key.length - (isXml && last === '#' ? 3 : !isXml && isNumber(last) ? 2 : 1);
  const parent = key.slice(0, Math.max(0, at));
  return { name: (key[at] ?? '').replace(/^@/, ''), parent, block: blockOf(parent, block) };
}

function blockOf(parent: readonly string[], number: number | undefined): string {
  return `${parent.join('.')}#${number ?? ''}`;
}

/** Its own block and, where no numbers tell blocks of one name apart, those around it. */
function blocksAround(place: Place): string[] {
  const outer = place.parent.map((_, length) => blockOf(place.parent.slice(0, length), undefined));
  return [place.block, ...outer];
}

function isNumber(step: string): boolean {
  return /^\d+$/.test(step);
}
