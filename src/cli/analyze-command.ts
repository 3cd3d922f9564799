import { relative, resolve, sep } from 'node:path';
import type { Settings } from '../config/settings.ts';
import { analyze } from '../review.ts';
import { openPaths } from '../source/paths.ts';
import type { Arguments } from './arguments.ts';
import type { ExitCode } from './exit-code.ts';
import type { Io } from './io.ts';
import { renderersFor } from './render-tools.ts';
import { deliver, requireEnvironment } from './report-output.ts';
import { analyzeSettings } from './run-settings.ts';
import { UsageError } from './usage-error.ts';

/**
 * `analyze`: every rule over one tree.
 * @throws UsageError, SettingsError, SourceError.
 */
export async function analyzeCommand(args: Arguments, io: Io): Promise<ExitCode> {
  const clusters = args.list('cluster').map((text) => clusterOf(text, io));
  const paths = [...args.positionals, ...clusters.map(({ path }) => path)];
  if (paths.length === 0) {
    throw new UsageError('analyze needs at least one path.', 'analyze . looks at the working directory.');
  }
  const stdin = paths.includes('-') ? { stdin: await io.stdin() } : {};
  const tree = await openPaths(paths, { cwd: io.cwd, ...stdin });
  try {
    const settings = { ...(await analyzeSettings(args, io, tree)), ...environmentsOf(clusters) };
    const result = await analyze(tree, settings, undefined, await renderersFor(args, io));
    requireEnvironment(result, settings);
    return await deliver(result, settings, args, io);
  } finally {
    await tree.close();
  }
}

interface Cluster {
  readonly name: string;
  /** Relative to the working directory, which is then the root of the tree. */
  readonly path: string;
}

function clusterOf(text: string, io: Io): Cluster {
  const equals = text.indexOf('=');
  const name = text.slice(0, Math.max(equals, 0)).trim();
  const path = text.slice(equals + 1).trim();
  if (name === '' || path === '') throw new UsageError(`--cluster "${text}" is not NAME=PATH.`);
  const inside = relative(io.cwd, resolve(io.cwd, path)).split(sep).join('/');
  if (inside === '..' || inside.startsWith('../')) {
    throw new UsageError(`--cluster ${name}: ${path} is outside the working directory.`);
  }
  return { name, path: inside };
}

function environmentsOf(clusters: readonly Cluster[]): Partial<Settings> {
  if (clusters.length === 0) return {};
  const names = [...new Set(clusters.map(({ name }) => name))];
  const pathsOf = (name: string) =>
    clusters.filter((cluster) => cluster.name === name).map(({ path }) => (path === '' ? '**' : path));
  return { environments: names.map((name) => ({ name, paths: pathsOf(name) })) };
}
