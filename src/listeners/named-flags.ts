import { ADDRESS_FLAGS, LOGIN_KEYS, OWN_WORDS } from '../facts/bind-names.ts';
import type { ContainerModel } from '../mesh/mesh.ts';
import { bindsFrom, declaredOnly, type Bind, type Written } from './bind.ts';
import type { Command } from './command-line.ts';
import type { ContainerFacts } from './container.ts';
import type { Flag } from './flags.ts';
import {
  isSideWord,
  namedAddresses,
  type NamedPort,
  portsBeside,
  type SettingName,
  settingName,
} from './names.ts';
import { isNamedLikeClient } from './own-names.ts';
import { isClientOfProgram } from './programs.ts';

/** The only port of a container: an address without a port is taken for its. */
export function onlyPort({ ports }: ContainerModel): number[] {
  const [only] = ports;
  return only && ports.length === 1 ? [only.port] : [];
}

/** Addresses in flags of no known program, whose names say that they are an own one. */
export function namedFlagBinds(facts: ContainerFacts, understood: ReadonlySet<Flag>): Bind[] {
  const known = new Set(
    facts.running
      .filter(({ exact, program }) => exact && program.listeners.some((one) => one.flags))
      .map(({ command }) => command),
  );
  const last = facts.commands.filter(({ source }) => source === 'argument').at(-1);
  return [...facts.flags]
    .filter(([command]) => !isClientOfProgram(command))
    .flatMap(([command, flags]) => {
      const reader = new FlagReader(command, flags, facts.container);
      const own = flags.filter((flag) => !understood.has(flag));
      // Of a known program the catalogue says which flags are its own addresses: others are targets.
      if (known.has(command)) return own.flatMap((flag) => reader.listening(flag));
      const binds = own.flatMap((flag) => reader.listening(flag));
      if (isNamedLikeClient(command)) return binds;
      return [
        ...binds,
        ...own.flatMap((flag) => reader.addressed(flag)),
        ...(command === last ? reader.short() : []),
      ];
    });
}

/** Subcommands by which a program says that it serves. */
const SERVING: ReadonlySet<string> = new Set(['serve', 'server', 'listen', 'daemon', 'web']);

/** Single letters for an address, and for the port beside it. */
const SHORT_LISTEN: ReadonlySet<string> = new Set(['l', 'b']);
const SHORT_ADDRESS: ReadonlySet<string> = new Set([...SHORT_LISTEN, 'h', 'H', 'i', 'a']);
const SHORT_PORT: ReadonlySet<string> = new Set(['p', 'P']);

/** Reads the flags of one command. */
class FlagReader {
  readonly #command: Command;
  readonly #flags: readonly Flag[];
  readonly #container: ContainerModel;
  readonly #ports: readonly NamedPort[];
  /** `--listen=8081` beside `--bind=127.0.0.1` is the port of it; alone, it is every address. */
  readonly #hasOwnHost: boolean;

  constructor(command: Command, flags: readonly Flag[], container: ContainerModel) {
    this.#command = command;
    this.#flags = flags;
    this.#container = container;
    this.#hasOwnHost = flags.some(
      ({ name, value = '' }) =>
        settingName(name)?.kind === 'listens' &&
        namedAddresses(value).some(({ host, port }) => host !== '' && port === undefined),
    );
    this.#ports = flags.flatMap(({ name, value = '' }): NamedPort[] => {
      const isNumber = /^\d+$/.test(value);
      const isShort = SHORT_PORT.has(name) || (SHORT_LISTEN.has(name) && isNumber);
      const says = isShort ? { kind: 'port', whose: [] } : settingName(name, value);
      if (says?.kind === 'listens' && isNumber) return [{ whose: says.whose, value }];
      return says?.kind === 'port' ? [{ whose: says.whose, value }] : [];
    });
  }

  /** `--web.listen-address`, `--bind`: its port stands in it, beside it, or is the only one of the container. */
  listening(flag: Flag): Bind[] {
    const name = settingName(flag.name);
    if (name?.kind !== 'listens' || flag.value === undefined) return [];
    if (this.#hasOwnHost && /^\d+$/.test(flag.value)) return [];
    const beside = portsBeside(name, this.#ports);
    const isSide = name.whose.some(isSideWord);
    const ports = beside.length > 0 || isSide ? beside : onlyPort(this.#container);
    return bindsFrom(namedAddresses(flag.value), ports, this.#written(flag, 'named'));
  }

  /** `--host` beside `--port`, `--rpc-http-address`, and `serve --host` when the container has one port. */
  addressed(flag: Flag): Bind[] {
    const { name: written, value } = flag;
    if (value === undefined || isForeignUrl(value)) return [];
    const says = this.#written(flag, 'weak');
    if (ADDRESS_FLAGS.has(written)) return bindsFrom(namedAddresses(value), [], says);
    const name = settingName(written, value);
    if (name?.kind !== 'address' || !name.whose.every((word) => OWN_WORDS.has(word))) return [];
    const isFilledIn = value.includes('$');
    const addresses = namedAddresses(value).filter(({ reach }) => reach !== 'unknown' || isFilledIn);
    const withPort = addresses.filter(({ port }) => port !== undefined);
    const others = addresses.filter(({ port }) => port === undefined);
    return [
      ...bindsFrom(withPort, [], says),
      ...declaredOnly(bindsFrom(others, this.#portsOf(name), says), this.#container),
    ];
  }

  #portsOf(name: SettingName): number[] {
    const beside = portsBeside(name, this.#ports);
    if (beside.length > 0 || name.whose.length > 0) return beside;
    const serves = this.#command.words.slice(0, 3).some(({ text }) => SERVING.has(text));
    return serves ? onlyPort(this.#container) : [];
  }

  /** `-l 127.0.0.1:80`, `-h 127.0.0.1 -p 80`. Clients have such flags, too: of the command that a container is there for. */
  short(): Bind[] {
    const ports = portsBeside({ kind: 'address', whose: [] }, this.#ports);
    return this.#flags.flatMap((flag) => {
      const { name, value } = flag;
      if (value === undefined || isForeignUrl(value) || !SHORT_ADDRESS.has(name)) return [];
      if (!SHORT_LISTEN.has(name) && this.#logsIn()) return [];
      const addresses = namedAddresses(value).filter(
        ({ host, port, reach }) =>
          host !== '' && reach !== 'unknown' && (port === undefined || SHORT_LISTEN.has(name)),
      );
      return declaredOnly(bindsFrom(addresses, ports, this.#written(flag, 'weak')), this.#container);
    });
  }

  /** A user beside an address is who logs in there, as in `-h localhost -P 3306 -u root`. */
  #logsIn(): boolean {
    return this.#flags.some(({ name }) => name === 'u' || name === 'U' || LOGIN_KEYS.has(name));
  }

  #written({ written, joint, value = '', path }: Flag, trust: Written['trust']): Written {
    const isEnv = String(path[this.#container.path.length]).startsWith('env');
    return {
      setting: `${written}${joint}${value}`.slice(0, 200),
      program: '',
      trust,
      source: isEnv ? 'variable' : 'argument',
      path,
    };
  }
}

/** An URL of HTTP is what somebody calls, where the name does not say otherwise. */
export function isForeignUrl(value: string): boolean {
  return /^\w*https?:\/\//.test(value);
}
