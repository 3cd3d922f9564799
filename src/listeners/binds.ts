import {
  ADDRESS_FLAGS,
  type BindSetting,
  LISTEN_ENV_ENDS,
  LISTEN_FLAG_ENDS,
  PROGRAM_ENV,
  PROGRAM_FLAGS,
} from '../facts/bind-settings.ts';
import type { ContainerModel } from '../mesh/mesh.ts';
import type { Path } from '../vocabulary.ts';
import { type Address, addressesIn, type Reach } from './address.ts';
import { type Flag, flagsOf, type Word, wordsOf } from './command-line.ts';
import { type ConfigMaps, type Variable, type Variables, variablesOf } from './variables.ts';

/** An address that a container is told to listen on. */
export interface Bind {
  readonly reach: Reach;
  readonly host: string;
  readonly port: number;
  /** As written: `--address=127.0.0.1:8080`, `SERVER_ADDRESS=127.0.0.1`. */
  readonly setting: string;
  readonly path: Path;
  /** Whether the setting is known to be this program's, or is read off its name. */
  readonly known: boolean;
  readonly source: 'argument' | 'variable';
  /** Where the value of the variable stands, when it comes from a ConfigMap. */
  readonly configMap?: NonNullable<Variable['source']>;
}

/** The addresses a container listens on, as far as its manifest and its ConfigMaps say. */
export function bindsOf(container: ContainerModel, configMaps: ConfigMaps): Bind[] {
  const variables = variablesOf(container, configMaps);
  const words = wordsOf(container, variables);
  const flags = flagsOf(words);
  return [...flagBinds(container, words, flags), ...variableBinds(container, variables)];
}

function flagBinds(container: ContainerModel, words: readonly Word[], flags: readonly Flag[]): Bind[] {
  return flags.flatMap((flag) => {
    const program = PROGRAM_FLAGS.find(
      (entry) => entry.names.includes(flag.name) && runs(entry, container, words),
    );
    const setting = program ?? genericFlag(flag, flags, container);
    if (!setting) return [];
    const separator = flag.written.startsWith('--') || program === undefined ? '=' : ' ';
    return bindsFrom(addressesIn(flag.value), siblingPort(setting, flags), setting.defaultPort, {
      setting: `${flag.written}${separator}${flag.value}`,
      path: flag.path,
      known: program !== undefined,
      source: 'argument',
    });
  });
}

/** A flag whose name says that it is an own address. Without a port in its value it says too little. */
function genericFlag(flag: Flag, flags: readonly Flag[], container: ContainerModel): BindSetting | undefined {
  const listens = LISTEN_FLAG_ENDS.some((end) => flag.name === end || /[.-]/.test(before(flag.name, end)));
  if (listens || ADDRESS_FLAGS.has(flag.name)) return { names: [flag.name] };
  if (flag.name !== 'host') return undefined;
  // `--host` is a client's target as often as an own address: believed only where the container declares the port.
  const port = flags.find(({ name }) => name === 'port')?.value;
  const declared = container.ports.some((entry) => String(entry.port) === port);
  return declared ? { names: ['host'], ports: ['port'] } : undefined;
}

/** The character before `end` when the name ends so, '' otherwise. */
function before(name: string, end: string): string {
  return name.endsWith(end) ? name.charAt(name.length - end.length - 1) : '';
}

function runs(setting: BindSetting, container: ContainerModel, words: readonly Word[]): boolean {
  if (setting.programs === undefined) return true;
  const image = container.image.split('@')[0]?.split('/').at(-1)?.split(':')[0] ?? '';
  const names = new Set([image, ...words.map(({ text }) => text.split('/').at(-1) ?? '')]);
  return setting.programs.some((program) => names.has(program));
}

function siblingPort(setting: BindSetting, flags: readonly Flag[]): number | undefined {
  const sibling = flags.find(({ name }) => setting.ports?.includes(name));
  return sibling && /^\d{1,5}$/.test(sibling.value) ? Number(sibling.value) : undefined;
}

function variableBinds(container: ContainerModel, variables: Variables): Bind[] {
  return [...variables].flatMap(([name, { value, path, source }]) => {
    const program = PROGRAM_ENV.find((entry) => entry.names.includes(name));
    const setting = program ?? genericVariable(name, container, variables);
    if (!setting) return [];
    const port = setting.ports?.map((sibling) => numberIn(variables, sibling)).find((number) => number > 0);
    return bindsFrom(addressesIn(value), port, setting.defaultPort ?? onlyPort(container), {
      setting: `${name}=${value}`,
      path,
      known: program !== undefined,
      source: 'variable',
      ...(source && { configMap: source }),
    });
  });
}

function numberIn(variables: Variables, name: string): number {
  return Number(variables.get(name)?.value);
}

function genericVariable(
  name: string,
  { ports }: ContainerModel,
  variables: Variables,
): BindSetting | undefined {
  const end = LISTEN_ENV_ENDS.find((ending) => name === ending || name.endsWith(`_${ending}`));
  if (end !== undefined) {
    const prefix = name.slice(0, name.length - end.length);
    return { names: [name], ports: [`${prefix}LISTEN_PORT`, `${prefix}BIND_PORT`, `${prefix}PORT`, 'PORT'] };
  }
  // Node's convention; also how people name a client's target, so believed only together with a declared PORT.
  const declared = ports.some(({ port }) => port === numberIn(variables, 'PORT'));
  return name === 'HOST' && declared ? { names: ['HOST'], ports: ['PORT'] } : undefined;
}

/** An address without a port is that of the container's only port. */
function onlyPort({ ports }: ContainerModel): number | undefined {
  return ports.length === 1 ? ports[0]?.port : undefined;
}

function bindsFrom(
  addresses: readonly Address[],
  siblingPort: number | undefined,
  defaultPort: number | undefined,
  written: Pick<Bind, 'setting' | 'path' | 'known' | 'source' | 'configMap'>,
): Bind[] {
  return addresses.flatMap(({ host, port: own, reach }) => {
    const port = own ?? siblingPort ?? defaultPort;
    return port === undefined ? [] : [{ host, reach, port, ...written }];
  });
}
