import { resolve } from 'node:path';
import { ApiServer } from '../cluster/api-server.ts';
import { ClusterError } from '../cluster/cluster-error.ts';
import type { ClusterAccess } from '../cluster/kubeconfig.ts';
import { precheck, type PrecheckRequest } from '../cluster/precheck.ts';
import { parseIstioVersion, type IstioVersion } from '../facts/versions.ts';
import { memorySnapshot } from '../source/memory.ts';
import { openPaths } from '../source/paths.ts';
import type { Snapshot } from '../source/snapshot.ts';
import type { Arguments } from './arguments.ts';
import type { ExitCode } from './exit-code.ts';
import type { Io } from './io.ts';
import { renderersFor } from './render-tools.ts';
import { deliver, requireEnvironment } from './report-output.ts';
import { analyzeSettings } from './run-settings.ts';
import { UsageError } from './usage-error.ts';

/** Where `kubectl apply` puts what names no namespace, when the context says nothing. */
const DEFAULT_NAMESPACE = 'default';

/**
 * `precheck`: a live cluster, alone or with manifests applied to it.
 * @throws UsageError, SettingsError, SourceError, ClusterError.
 */
export async function precheckCommand(args: Arguments, io: Io): Promise<ExitCode> {
  const versions = versionsOf(args);
  const access = await accessOf(args, io);
  const tree = await filesOf(args, io);
  try {
    const settings = {
      ...(await analyzeSettings(args, io, tree ?? memorySnapshot('', {}))),
      namespace: args.text('namespace') ?? (access.namespace || DEFAULT_NAMESPACE),
    };
    const request: PrecheckRequest = {
      name: `cluster ${access.context}`,
      ...versions,
      ...given('namespace', args.text('namespace')),
      ...given('revision', args.text('revision')),
      ...(tree && { files: { tree, renderers: await renderersFor(args, io) } }),
    };
    const review = await precheck(new ApiServer(access), request, settings);
    requireEnvironment(review, settings);
    return await deliver(review, settings, args, io);
  } finally {
    await tree?.close();
  }
}

/** The client is loaded here and nowhere else: it is larger than the rest of the command line. */
async function accessOf(args: Arguments, io: Io): Promise<ClusterAccess> {
  const file = args.text('kubeconfig');
  const { openKubeconfig } = await import('../cluster/kubeconfig.ts');
  const { access, problem } = openKubeconfig(
    file === undefined ? undefined : resolve(io.cwd, file),
    args.text('context'),
  );
  if (access === undefined) throw new ClusterError('usage', problem, 'See precheck --help.');
  return access;
}

async function filesOf(args: Arguments, io: Io): Promise<Snapshot | undefined> {
  const paths = args.positionals;
  if (paths.length === 0) return undefined;
  const stdin = paths.includes('-') ? { stdin: await io.stdin() } : {};
  return openPaths(paths, { cwd: io.cwd, ...stdin });
}

function versionsOf(args: Arguments): Pick<PrecheckRequest, 'from' | 'to'> {
  const [from, to] = [versionOf(args, 'from-version'), versionOf(args, 'to-version')];
  if (to && args.positionals.length > 0) {
    throw new UsageError('--to-version and files exclude each other.', 'The files say which version comes.');
  }
  return { ...given('from', from), ...given('to', to) };
}

function versionOf(args: Arguments, option: string): IstioVersion | undefined {
  const text = args.text(option);
  const version = text === undefined ? undefined : parseIstioVersion(text);
  if (text === undefined || version) return version;
  throw new UsageError(`--${option} "${text}" is no version of Istio.`, 'It takes 1.29 or 1.29.2.');
}

/** An option that was given, as a property; nothing otherwise. */
function given<K extends string, T>(key: K, value: T | undefined): Partial<Record<K, T>> {
  return value === undefined ? {} : ({ [key]: value } as Record<K, T>);
}
