import { runGit, runGitOrFail } from './git-command.ts';
import type { EntryKind, SnapshotEntry } from './snapshot.ts';

/** `<mode> <type> <id> <size>\t<path>`; the size is padded, `-` for a submodule, and absent when not asked for. */
const LINE = /^(\d{6}) \w+ ([0-9a-f]+)(?: +(\d+|-))?\t([^]*)$/;

/**
 * Every entry of a commit's tree.
 * @param withSizes false for partial clones, where git would want to fetch a blob to learn its size.
 * @throws SourceError `git-failed` when the tree is not there or larger than what is read.
 */
export async function listTree(
  directory: string,
  commit: string,
  withSizes: boolean,
): Promise<SnapshotEntry[]> {
  const args = ['ls-tree', '-r', '-z', '--full-tree', ...(withSizes ? ['-l'] : []), commit];
  return zeroSeparated(await runGitOrFail(directory, args)).flatMap(parseLine);
}

/** The parts of git's `-z` output. Names that are not UTF-8 are shown with replacement characters. */
export function zeroSeparated(output: Buffer): string[] {
  const parts = output.toString('utf8').split('\0');
  if (parts.at(-1) === '') parts.pop();
  return parts;
}

export function kindOfMode(mode: string): EntryKind {
  if (mode === '120000') return 'symlink';
  return mode === '160000' ? 'submodule' : 'file';
}

/** The ids of a commit's tree whose content a partial clone does not have. Asks no one else for them. */
export async function missingObjects(directory: string, commit: string): Promise<Set<string>> {
  const args = ['rev-list', '--objects', '--no-walk', '--missing=print', commit];
  const { code, stdout } = await runGit(directory, args);
  if (code !== 0) return new Set();
  const lines = stdout.toString('latin1').split('\n');
  return new Set(lines.filter((line) => line.startsWith('?')).map((line) => line.slice(1)));
}

/** Whether objects may be absent on purpose: a clone with `--filter`. */
export async function isPartialClone(directory: string): Promise<boolean> {
  const pattern = '^(extensions\\.partialclone|remote\\..*\\.promisor)$';
  return (await runGit(directory, ['config', '--get-regexp', pattern])).code === 0;
}

function parseLine(line: string): SnapshotEntry[] {
  const [, mode, blob, size, path] = LINE.exec(line) ?? [];
  if (mode === undefined || blob === undefined || path === undefined) return [];
  const known = size === undefined || size === '-' ? {} : { size: Number(size) };
  return [{ path, blob, kind: kindOfMode(mode), ...known }];
}
