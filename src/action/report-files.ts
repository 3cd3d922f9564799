import { closeSync, constants, mkdirSync, openSync, realpathSync, writeFileSync } from 'node:fs';
import { dirname, relative, resolve, sep } from 'node:path';
import { ActionError } from './action-error.ts';

/** Never through a link: the checkout may hold one that a pull request has put there. */
const FRESH = constants.O_WRONLY | constants.O_CREAT | constants.O_TRUNC | (constants.O_NOFOLLOW ?? 0);

/**
 * Writes a report that a workflow asked for.
 * @param file relative to the workspace, and inside of it or of the job's temporary directory.
 * @returns the absolute path.
 * @throws ActionError when the file is elsewhere, is a link, or cannot be written.
 */
export function writeReport(file: string, text: string, workspace: string, temp: string): string {
  const path = resolve(workspace, file);
  try {
    mkdirSync(dirname(path), { recursive: true });
    const directory = realpathSync(dirname(path));
    if (![workspace, temp].some((root) => isInside(realpathSync(root), directory))) throw outside(file);
    const target = resolve(directory, path.slice(dirname(path).length + 1));
    const handle = openSync(target, FRESH, 0o644);
    try {
      writeFileSync(handle, text);
    } finally {
      closeSync(handle);
    }
    return target;
  } catch (error) {
    if (error instanceof ActionError) throw error;
    const code =
      typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : 'unknown';
    throw new ActionError(`${file} cannot be written (${code}).`);
  }
}

function outside(file: string): ActionError {
  return new ActionError(
    `${file} is outside of the workspace.`,
    'Reports are written below GITHUB_WORKSPACE or RUNNER_TEMP.',
  );
}

function isInside(root: string, path: string): boolean {
  const between = relative(root, path);
  return (
    between === '' || (between !== '..' && !between.startsWith(`..${sep}`) && resolve(root, between) === path)
  );
}
