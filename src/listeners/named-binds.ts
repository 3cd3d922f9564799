import {
  ADDRESS_FLAGS,
  ADDRESS_VARIABLES,
  HOST_VARIABLES,
  LISTEN_ENV_ENDS,
  LISTEN_FLAG_ENDS,
  NODE_COMMANDS,
  OWN_PREFIXES,
  TARGET_WORDS,
} from '../facts/bind-names.ts';
import type { ContainerModel } from '../mesh/mesh.ts';
import { addressesIn } from './address.ts';
import { bindsFrom, type Bind, type Written } from './bind.ts';
import { lastSegment } from './command-line.ts';
import type { ContainerFacts } from './container.ts';
import type { Flag } from './flags.ts';
import { imageName, isClientOfProgram, partsOf } from './programs.ts';

/** Addresses whose setting is of no known program, but whose name says that they are an own one. */
export function namedBinds(facts: ContainerFacts, understood: ReadonlySet<Flag>): Bind[] {
  const told = facts.running.filter(
    ({ exact, program }) => exact && program.listeners.some((one) => one.flags),
  );
  const known = new Set(told.map(({ command }) => command));
  const flags = [...facts.flags]
    .filter(([command]) => !isClientOfProgram(command))
    .map(([command, own]) =>
      own.filter((flag) => !understood.has(flag) && !(known.has(command) && isWeak(flag))),
    );
  return [
    ...flags.flatMap((own) => own.flatMap((flag) => flagBinds(flag, own, facts.container))),
    ...variableBinds(facts),
    ...hostVariableBinds(facts),
    ...ownVariableBinds(facts),
  ];
}

/** A flag with an address and a port. `--host` is believed only together with a declared `--port`. */
function flagBinds(flag: Flag, flags: readonly Flag[], container: ContainerModel): Bind[] {
  const { name, value, written, joint, path } = flag;
  if (value === undefined) return [];
  const trust = flagTrust(name);
  const isEnv = String(path[container.path.length]).startsWith('env');
  const source = isEnv ? 'variable' : 'argument';
  const says: Written = {
    setting: `${written}${joint}${value}`.slice(0, 200),
    program: '',
    trust: trust ?? 'weak',
    source,
    path,
  };
  if (trust !== undefined) {
    // Without a port it says too little, but for a port beside it.
    const port = declaredPort(flags, container);
    return bindsFrom(addressesIn(value), port === undefined ? [] : [port], says);
  }
  const port = portBeside(name, flags, container);
  return port === undefined ? [] : bindsFrom(addressesIn(value), [port], says);
}

/** `--host` with `--port`, `--http-host` with `--http-port`: believed when the container declares the port. */
function portBeside(name: string, flags: readonly Flag[], container: ContainerModel): number | undefined {
  if (name === 'host' || name === 'hostname') return declaredPort(flags, container);
  const prefix = OWN_PREFIXES.find((each) => name === `${each}-host`);
  if (prefix === undefined) return undefined;
  const port = flags.find((flag) => flag.name === `${prefix}-port`)?.value;
  return container.ports.find((entry) => String(entry.port) === port)?.port;
}

function flagTrust(name: string): 'named' | 'weak' | undefined {
  if (isTarget(name.split(/[.:-]/))) return undefined;
  const listens = LISTEN_FLAG_ENDS.some((end) => name === end || /[.-]/.test(before(name, end)));
  if (listens) return 'named';
  return ADDRESS_FLAGS.has(name) ? 'weak' : undefined;
}

/** Of a known program the catalogue says which flags are its own addresses: others are targets. */
function isWeak({ name }: Flag): boolean {
  return flagTrust(name) !== 'named';
}

/** The character before `end` when the name ends so, '' otherwise. */
function before(name: string, end: string): string {
  return name.endsWith(end) ? name.charAt(name.length - end.length - 1) : '';
}

function isTarget(words: readonly string[]): boolean {
  return words.some((word) => TARGET_WORDS.has(word.toLowerCase()));
}

function declaredPort(flags: readonly Flag[], { ports }: ContainerModel): number | undefined {
  const port = flags.find(({ name }) => name === 'port' || name === 'http-port')?.value;
  return ports.find((entry) => String(entry.port) === port)?.port;
}

function variableBinds({ container, variables }: ContainerFacts): Bind[] {
  return [...variables.known].flatMap(([name, { value, path, source }]) => {
    const end = LISTEN_ENV_ENDS.find((ending) => name === ending || name.endsWith(`_${ending}`));
    if (end === undefined || isTarget(name.split('_'))) return [];
    const prefix = name.slice(0, name.length - end.length);
    const beside = [`${prefix}LISTEN_PORT`, `${prefix}BIND_PORT`, `${prefix}PORT`, 'PORT'];
    const port = beside
      .map((other) => Number(variables.known.get(other)?.value))
      .find((number) => number > 0);
    const ports = port === undefined ? onlyPort(container) : [port];
    return bindsFrom(addressesIn(value), ports, {
      setting: `${name}=${value}`.slice(0, 200),
      program: '',
      trust: 'named',
      source: 'variable',
      path,
      ...(source && { configMap: source }),
    });
  });
}

/** `ADDR=127.0.0.1:80`, and `SERVER_HOST` beside `SERVER_PORT`: of a port that the container declares. */
function ownVariableBinds({ container, variables: { known } }: ContainerFacts): Bind[] {
  const isDeclared = (port: number | undefined): boolean => container.ports.some((one) => one.port === port);
  const told = (name: string, port: number | undefined): Bind[] => {
    const variable = known.get(name);
    if (!variable || variable.value.includes('/')) return [];
    const { value, path, source } = variable;
    const binds = bindsFrom(addressesIn(value), port === undefined ? [] : [port], {
      ...{ setting: `${name}=${value}`.slice(0, 200), program: '', trust: 'weak', source: 'variable', path },
      ...(source && { configMap: source }),
    });
    return binds.filter((bind) => isDeclared(bind.port));
  };
  return [
    ...ADDRESS_VARIABLES.flatMap((name) => told(name, undefined)),
    ...OWN_PREFIXES.map((prefix) => prefix.toUpperCase()).flatMap((prefix) => {
      const port = Number(known.get(`${prefix}_PORT`)?.value);
      return port > 0 ? told(`${prefix}_HOST`, port) : [];
    }),
  ];
}

/** `HOST` is where Node's programs listen by convention: together with a declared PORT, or the only port of a Node image. */
function hostVariableBinds(facts: ContainerFacts): Bind[] {
  const { container, variables } = facts;
  const port = Number(variables.known.get('PORT')?.value);
  const declared = container.ports.some((entry) => entry.port === port);
  const ports = declared ? [port] : isNode(facts) && !(port > 0) ? onlyPort(container) : [];
  return HOST_VARIABLES.flatMap((name) => {
    const variable = variables.known.get(name);
    if (!variable || (name !== 'HOST' && !isNode(facts))) return [];
    const { value, path, source } = variable;
    const says: Written = {
      setting: `${name}=${value}`.slice(0, 200),
      program: '',
      trust: 'weak',
      source: 'variable',
      path,
    };
    return bindsFrom(addressesIn(value), ports, { ...says, ...(source && { configMap: source }) });
  });
}

function isNode({ container, commands }: ContainerFacts): boolean {
  const image = partsOf(imageName(container));
  return (
    image.some((part) => NODE_COMMANDS.has(part)) ||
    commands.some(({ words }) => words.some(({ text }) => NODE_COMMANDS.has(lastSegment(text))))
  );
}

/** An address without a port is that of the container's only port. */
function onlyPort({ ports }: ContainerModel): number[] {
  const [only] = ports;
  return only && ports.length === 1 ? [only.port] : [];
}
