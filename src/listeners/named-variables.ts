import { CALLED_WORDS, HOST_VARIABLES, OWN_SECTIONS, OWN_WORDS } from '../facts/bind-names.ts';
import { NODE_COMMANDS } from '../facts/bind-commands.ts';
import { bindsFrom, declaredOnly, type Bind, type Written } from './bind.ts';
import { lastSegment } from './command-line.ts';
import type { ContainerFacts } from './container.ts';
import { isForeignUrl, onlyPort } from './named-flags.ts';
import {
  isSideWord,
  namedAddresses,
  type NamedPort,
  portsBeside,
  type SettingName,
  settingName,
} from './names.ts';
import { OwnNames } from './own-names.ts';
import { imageName, partsOf } from './programs.ts';
import type { Variable } from './variables.ts';

/** Variables that are looked at; a person writes a few dozen. */
const MOST_VARIABLES = 2_000;

/** Addresses in variables of no known program, whose names say that they are an own one. */
export function namedVariableBinds(facts: ContainerFacts): Bind[] {
  const named = [...facts.variables.known].slice(0, MOST_VARIABLES).flatMap(([name, variable]) => {
    const says = settingName(name, variable.value);
    return says ? [{ name, variable, says }] : [];
  });
  const ports = named.flatMap(({ says: { kind, whose }, variable: { value } }) =>
    kind === 'port' ? [{ whose, value }] : [],
  );
  const names = new OwnNames(facts);
  return named
    .flatMap(({ name, variable, says }) => {
      const { value } = variable;
      if (says.kind === 'listens') {
        const beside = portsBeside(says, ports);
        const other = beside.length > 0 || says.whose.some(isSideWord) ? beside : onlyPort(facts.container);
        return bindsFrom(namedAddresses(value), other, written(name, variable, 'named'));
      }
      if (says.kind !== 'address' || HOST_VARIABLES.includes(name) || value.includes('/')) return [];
      const found = portsOf(says, ports, names);
      if (found === undefined || isForeignUrl(value)) return [];
      // `ATHENS_PORT=127.0.0.1:3000`, where a client's would be `ATHENS_ADDR`.
      const isPort = name.endsWith('PORT');
      const addresses = namedAddresses(value).filter(
        ({ port, reach }) => reach !== 'unknown' && (port === undefined || found.ownPort || isPort),
      );
      return declaredOnly(
        bindsFrom(addresses, found.ports, written(name, variable, 'weak')),
        facts.container,
      );
    })
    .concat(hostVariableBinds(facts));
}

interface Ports {
  readonly ports: readonly number[];
  /** Whether a port in the value is believed. */
  readonly ownPort: boolean;
}

/**
 * The port of an address that is named after what the program serves (`GRPC_ADDR`, `SERVER_HOST`), after the program
 * (`GOTIFY_HOST` beside `GOTIFY_PORT`), or both; `undefined` when it is named after something else.
 */
function portsOf(says: SettingName, ports: readonly NamedPort[], names: OwnNames): Ports | undefined {
  const { whose } = says;
  const own = whose.findIndex((word) => !names.has(word) && !names.abbreviates(word));
  const rest = own < 0 ? [] : whose.slice(own);
  const isProgram = rest.length < whose.length;
  const isOwn = (word: string): boolean => OWN_WORDS.has(word) || (isProgram && OWN_SECTIONS.has(word));
  const protocol = rest.some((word) => !CALLED_WORDS.has(word));
  if (!rest.every(isOwn) || (rest.length > 0 && !protocol)) return undefined;
  const beside = ports.filter((port) => whose.length === 0 || port.whose.join() === whose.join());
  return { ports: portsBeside(says, beside), ownPort: !isProgram || protocol };
}

/** `HOST` is where Node's programs listen by convention: together with a PORT, or the only port of a Node image. */
function hostVariableBinds(facts: ContainerFacts): Bind[] {
  const { container, variables } = facts;
  const port = Number(variables.known.get('PORT')?.value);
  const ports = port > 0 ? [port] : isNode(facts) ? onlyPort(container) : [];
  return HOST_VARIABLES.flatMap((name) => {
    const variable = variables.known.get(name);
    if (!variable || (name !== 'HOST' && !isNode(facts))) return [];
    return declaredOnly(
      bindsFrom(namedAddresses(variable.value), ports, written(name, variable, 'weak')),
      container,
    );
  });
}

function isNode({ container, commands }: ContainerFacts): boolean {
  const image = partsOf(imageName(container));
  return (
    image.some((part) => NODE_COMMANDS.has(part)) ||
    commands.some(({ words }) => words.some(({ text }) => NODE_COMMANDS.has(lastSegment(text))))
  );
}

function written(name: string, { value, path, source }: Variable, trust: Written['trust']): Written {
  return {
    ...{ setting: `${name}=${value}`.slice(0, 200), program: '', trust, source: 'variable', path },
    ...(source && { configMap: source }),
  };
}
