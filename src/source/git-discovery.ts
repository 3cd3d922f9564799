import { lstatSync, realpathSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { ObjectFormat } from './blob-id.ts';
import { runGit } from './git-command.ts';
import { SourceError } from './snapshot.ts';

/** Where a repository is, and what kind it is. */
export interface RepositoryFacts {
  /** Top of the work tree; the repository itself when it is bare. */
  readonly root: string;
  readonly bare: boolean;
  readonly format: ObjectFormat;
}

/**
 * The repository that holds `directory`: a clone or any directory in it, a linked worktree, a bare repository.
 * @throws SourceError `not-a-repository`; `missing-path` when there is no such directory; `git-failed`.
 */
export async function findRepository(directory: string): Promise<RepositoryFacts> {
  const start = existing(directory);
  const format = await ask(directory, start, '--show-object-format');
  const bare = (await ask(directory, start, '--is-inside-work-tree')) !== 'true';
  const root = await ask(directory, start, bare ? '--absolute-git-dir' : '--show-toplevel');
  // `core.worktree` can name any directory of the machine; a real work tree has a `.git`.
  if (!bare && !lstatSync(join(root, '.git'), { throwIfNoEntry: false })) throw notARepository(directory, '');
  return { root, bare, format: format === 'sha256' ? 'sha256' : 'sha1' };
}

async function ask(directory: string, start: string, question: string): Promise<string> {
  const { code, stdout, stderr } = await runGit(start, ['rev-parse', question]);
  if (code !== 0) throw notARepository(directory, stderr);
  return stdout.toString('utf8').replace(/\r?\n$/, '');
}

function notARepository(directory: string, stderr: string): SourceError {
  if (stderr.includes('dubious ownership')) {
    const message = `git refuses ${directory}: it belongs to another user.`;
    const advice = `If you trust it: git config --global --add safe.directory ${directory}`;
    return new SourceError('git-failed', message, advice);
  }
  const advice =
    'Name a git repository with --repo, or compare two directories with --base-dir and --head-dir.';
  return new SourceError('not-a-repository', `${directory} is not inside a git repository.`, advice);
}

function existing(directory: string): string {
  try {
    return realpathSync(resolve(directory));
  } catch {
    throw new SourceError('missing-path', `There is no directory ${directory}.`);
  }
}
