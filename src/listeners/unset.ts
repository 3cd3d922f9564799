import type { ListenerFact, UnsetFact } from '../facts/bind-program.ts';
import type { ContainerModel } from '../mesh/mesh.ts';
import { hasOwnFile } from './config-files.ts';
import type { ContainerFacts } from './container.ts';
import type { Flag } from './flags.ts';
import { imageVersion, type Running } from './programs.ts';

/** Flags that name a configuration file, whose text may set the address. */
const FILE_FLAGS: ReadonlySet<string> = new Set([
  ...['config', 'config-file', 'config-dir', 'configuration', 'conf', 'c', 'f', 'file'],
  ...['alpha-config', 'settings', 'env-file', 'ini'],
]);

/** A file that reads others says nothing by what it leaves out. */
const INCLUDE = /^\s*(?:!?include\w*|import)\b/m;

/**
 * Whether a listener that nothing sets is on loopback: the program does run, in a version that does so, with the subcommand
 * that listens, and nothing that cannot be seen here (a Secret, a file of the image) may set it.
 */
export function isUnset(
  { unset, variables = [] }: ListenerFact,
  { program, command, exact }: Running,
  facts: ContainerFacts,
  flags: readonly Flag[],
): boolean {
  if (!unset || !exact) return false;
  const { known, hidden, open } = facts.variables;
  const others = unset.unlessVariables ?? [];
  if (open && variables.length + others.length > 0) return false;
  if (others.some((name) => known.has(name) || hidden.has(name) || command.assignments.has(name)))
    return false;
  const words = command.words.map(({ text }) => text);
  if (unset.with && !unset.with.some((word) => words.some((text) => text.split('/').at(-1) === word)))
    return false;
  const ownFile = facts.files.some((file) => hasOwnFile(program, file) && !INCLUDE.test(file.text));
  const { whenVariable } = unset;
  if (whenVariable && known.get(whenVariable.name)?.value !== whenVariable.value) return false;
  if (unset.unlessFlags && flags.some(({ name }) => unset.unlessFlags?.includes(name))) return false;
  if (unset.withFile ? !ownFile : flags.some(({ name }) => FILE_FLAGS.has(name))) return false;
  return isSince(unset, facts.container);
}

/** Whether the image is of a version that has the default; without a readable tag it is not said to be. */
export function isSince({ since }: UnsetFact, container: ContainerModel): boolean {
  if (since === undefined) return true;
  const version = imageVersion(container);
  if (!version) return false;
  const wanted = since.split('.').map(Number);
  for (const [index, part] of wanted.entries()) {
    const has = version[index] ?? 0;
    if (has !== part) return has > part;
  }
  return true;
}
