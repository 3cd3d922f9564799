import { resolve } from 'node:path';
import { toolRenderers, type Renderers } from '../render/renderers.ts';
import { findTools } from '../render/tools.ts';
import type { Arguments } from './arguments.ts';
import type { Io } from './io.ts';

/** Options that name a directory with files under review. */
const DIRECTORIES = ['repo', 'base-dir', 'head-dir'];

/**
 * The renderers of this machine; `undefined` with `--no-render` and where there are none. Programs inside the directories
 * under review are never started: a pull request may have brought them.
 */
export async function renderersFor(args: Arguments, io: Io): Promise<Renderers | undefined> {
  if (args.has('no-render')) return undefined;
  const named = [...DIRECTORIES.flatMap((name) => args.text(name) ?? []), ...args.positionals];
  const untrusted = (named.length > 0 ? named : ['.']).map((path) => resolve(io.cwd, path));
  const tools = await findTools({ path: io.env['PATH'] ?? '', untrusted });
  return tools.helm || tools.kustomize ? toolRenderers(tools) : undefined;
}
