import type { Bind } from './bind.ts';
import type { ConfigFile } from './config-files.ts';
import type { ContainerFacts } from './container.ts';
import type { Flag } from './flags.ts';
import { namedFlagBinds } from './named-flags.ts';
import { fileKeyBinds } from './named-keys.ts';
import { namedVariableBinds } from './named-variables.ts';

/** Addresses whose setting is of no known program, but whose name says that they are an own one. */
export function namedBinds(
  facts: ContainerFacts,
  understood: ReadonlySet<Flag>,
  files: ReadonlySet<ConfigFile>,
): Bind[] {
  return [...namedFlagBinds(facts, understood), ...namedVariableBinds(facts), ...fileKeyBinds(facts, files)];
}
