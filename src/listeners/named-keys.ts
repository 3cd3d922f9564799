import { LISTEN_KEYS, PORT_KEYS, TARGET_WORDS } from '../facts/bind-names.ts';
import type { FileFormat } from '../facts/bind-program.ts';
import { addressesIn } from './address.ts';
import { bindsFrom, type Bind } from './bind.ts';
import { type ConfigFile, entriesIn } from './config-files.ts';
import type { ContainerFacts } from './container.ts';
import { withEnvironment } from './environment-values.ts';
import type { Entry } from './formats/entry.ts';

/** Formats that a file's ending tells for certain. */
const FORMATS: ReadonlyMap<string, FileFormat> = new Map([
  ['yaml', 'yaml'],
  ['yml', 'yaml'],
  ['json', 'yaml'],
  ['toml', 'ini'],
  ['ini', 'ini'],
]);

/** Addresses in files of no known program under keys that say that somebody listens there: `server.listen: 127.0.0.1:80`. */
export function fileKeyBinds(facts: ContainerFacts, understood: ReadonlySet<ConfigFile>): Bind[] {
  return facts.files
    .filter((file) => !understood.has(file))
    .flatMap((file) => {
      const format = FORMATS.get(file.file.slice(file.file.lastIndexOf('.') + 1).toLowerCase());
      return format === undefined ? [] : bindsIn(file, entriesIn(file, format), facts);
    });
}

function bindsIn(file: ConfigFile, entries: readonly Entry[], { variables }: ContainerFacts): Bind[] {
  return entries.flatMap((entry) => {
    const depth = depthOf(entry.key);
    if (depth === undefined || isTarget(entry.key)) return [];
    const parent = entry.key.slice(0, depth);
    const beside = entries.find(
      ({ key }) =>
        key.length === depth + 1 &&
        PORT_KEYS.has(plain(key[depth])) &&
        parent.every((step, at) => key[at] === step),
    );
    const port = Number(withEnvironment(beside?.value ?? '', variables));
    return bindsFrom(addressesIn(withEnvironment(entry.value, variables)), port > 0 ? [port] : [], {
      setting: `${entry.key.slice(-2).join('.')} ${entry.value}`.slice(0, 200),
      program: '',
      trust: 'named',
      source: 'file',
      path: file.path,
      ...(file.source && { configMap: { ...file.source, line: entry.line() } }),
    });
  });
}

/** Where the key stands that says so: the last step, or the one before the position in a list. */
function depthOf(key: readonly string[]): number | undefined {
  const last = key.length - 1;
  if (LISTEN_KEYS.has(plain(key[last]))) return last;
  return /^\d+$/.test(key[last] ?? '') && LISTEN_KEYS.has(plain(key[last - 1])) ? last - 1 : undefined;
}

function isTarget(key: readonly string[]): boolean {
  return key.some((step) => step.split(/[_-]/).some((word) => TARGET_WORDS.has(word.toLowerCase())));
}

function plain(step = ''): string {
  return step.replace(/[_-]/g, '').toLowerCase();
}
