import { resolve } from 'node:path';
import { review } from '../review.ts';
import { openDirectorySnapshot } from '../source/directory.ts';
import { GitRepository } from '../source/git.ts';
import type { Snapshot } from '../source/snapshot.ts';
import type { Arguments } from './arguments.ts';
import type { ExitCode } from './exit-code.ts';
import type { Io } from './io.ts';
import { deliver, deliverPlan, requireEnvironment } from './report-output.ts';
import { renderersFor } from './render-tools.ts';
import { reviewSettings } from './run-settings.ts';
import { UsageError } from './usage-error.ts';

/**
 * `review`: what a change does to the mesh.
 * @throws UsageError, SettingsError, SourceError.
 */
export function reviewCommand(args: Arguments, io: Io): Promise<ExitCode> {
  return compare('review', deliver, args, io);
}

/**
 * `plan`: the promotion plan alone, with every command. Its exit code is that of the review it comes from.
 * @throws UsageError, SettingsError, SourceError.
 */
export function planCommand(args: Arguments, io: Io): Promise<ExitCode> {
  return compare('plan', deliverPlan, args, io);
}

async function compare(command: string, tell: typeof deliver, args: Arguments, io: Io): Promise<ExitCode> {
  const [stray] = args.positionals;
  if (stray !== undefined) {
    throw new UsageError(
      `${command} takes no path such as "${stray}".`,
      'To review a repository elsewhere: --repo DIR. For a tree without comparison: analyze PATH.',
    );
  }
  const sides = await openSides(args, io);
  const { base, head } = sides;
  try {
    const settings = await reviewSettings(args, io, base, head);
    const result = await review(base, head, settings, undefined, await renderersFor(args, io));
    requireEnvironment(result, settings);
    return await tell(result, settings, args, io);
  } finally {
    await sides.close();
  }
}

interface Sides {
  readonly base: Snapshot | undefined;
  readonly head: Snapshot;
  close(): Promise<void>;
}

function openSides(args: Arguments, io: Io): Promise<Sides> {
  const directories = args.has('base-dir') || args.has('head-dir');
  if (!directories) return openGitSides(args, io);
  const git = ['repo', 'base', 'head', 'worktree'].find((name) => args.has(name));
  if (git) throw new UsageError(`--${git} is about git; with --base-dir and --head-dir there is none.`);
  return openDirectories(args, io);
}

async function openDirectories(args: Arguments, io: Io): Promise<Sides> {
  const headDirectory = args.text('head-dir');
  const baseDirectory = args.text('base-dir');
  if (headDirectory === undefined || baseDirectory === undefined) {
    throw new UsageError(
      '--base-dir and --head-dir belong together.',
      'To look at one directory: analyze DIR.',
    );
  }
  const head = await openDirectory(headDirectory, io);
  const base = await openDirectory(baseDirectory, io);
  return { base, head, close: () => head.close().then(() => base.close()) };
}

/** Named in the report as it was on the command line, so that the report does not depend on where it was made. */
async function openDirectory(directory: string, io: Io): Promise<Snapshot> {
  return { ...(await openDirectorySnapshot(resolve(io.cwd, directory))), ref: directory };
}

async function openGitSides(args: Arguments, io: Io): Promise<Sides> {
  if (args.has('head') && args.has('worktree')) {
    throw new UsageError('--head and --worktree exclude each other.');
  }
  const repository = await GitRepository.open(resolve(io.cwd, args.text('repo') ?? '.'));
  try {
    const headRef = args.has('worktree') ? undefined : (args.text('head') ?? 'HEAD');
    const head = headRef === undefined ? await repository.worktree() : await repository.snapshot(headRef);
    const baseRef = args.text('base') ?? (await repository.defaultBase(headRef));
    const base = baseRef === undefined ? undefined : await repository.snapshot(baseRef);
    return { base, head, close: () => repository.close() };
  } catch (error) {
    await repository.close();
    throw error;
  }
}
