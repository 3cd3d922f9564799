import { lstatSync, type Stats } from 'node:fs';
import { dirname, join } from 'node:path';
import { blobId, type ObjectFormat } from './blob-id.ts';
import { fileEntry, linkTarget, symlink, type DiskEntries } from './directory.ts';
import { readDiskFile } from './disk-file.ts';
import { runGitOrFail } from './git-command.ts';
import { kindOfMode, zeroSeparated } from './git-tree.ts';
import { isForeignDirectory, isManifestPath, type Limits } from './limits.ts';
import type { Omission, SnapshotEntry } from './snapshot.ts';

/** The files of a working tree, and where the content of each is. */
export interface WorktreeFiles extends DiskEntries {
  /** Not on disk on purpose (sparse checkout): the index holds their content. */
  readonly indexed: ReadonlySet<string>;
  /** Checked out with CRLF and otherwise unchanged: read with LF, as they are committed. */
  readonly withCrlf: ReadonlySet<string>;
}

/** A line of `git ls-files --stage -t`: `S` marks what a sparse checkout leaves out. */
const STAGED = /^(\S) (\d{6}) ([0-9a-f]+) \d\t([^]*)$/;

/**
 * What `git add --all` would commit: tracked files as they are on disk, and new ones that are not ignored. Content ids
 * are git's, so unchanged files equal their committed blobs. No filter of the repository runs: a file whose checked-out
 * form differs from its blob otherwise than by line ends counts as changed.
 * @throws SourceError `git-failed`.
 */
export async function worktreeFiles(
  root: string,
  format: ObjectFormat,
  limits: Limits,
): Promise<WorktreeFiles> {
  const staged = zeroSeparated(await runGitOrFail(root, ['ls-files', '-z', '--stage', '-t']));
  const others = await runGitOrFail(root, ['ls-files', '-z', '--others', '--exclude-standard']);
  const found = new Finder(root, format, limits);
  for (const line of staged) {
    const [, tag, mode, blob, path] = STAGED.exec(line) ?? [];
    if (tag && mode && blob && path) found.tracked(path, mode, blob, tag === 'S');
  }
  for (const path of zeroSeparated(others)) found.untracked(path);
  const { byPath, links, omitted, indexed, withCrlf } = found;
  return { entries: [...byPath.values()], links, omitted, indexed, withCrlf };
}

class Finder {
  readonly byPath = new Map<string, SnapshotEntry>();
  readonly links = new Map<string, string>();
  readonly omitted: Omission[] = [];
  readonly indexed = new Set<string>();
  readonly withCrlf = new Set<string>();
  readonly #root: string;
  readonly #format: ObjectFormat;
  readonly #limits: Limits;
  /** Whether a directory is one, all the way from the root, and not a link to elsewhere. */
  readonly #directories = new Map<string, boolean>([['.', true]]);

  constructor(root: string, format: ObjectFormat, limits: Limits) {
    this.#root = root;
    this.#format = format;
    this.#limits = limits;
  }

  tracked(path: string, mode: string, blob: string, leftOut: boolean): void {
    const kind = kindOfMode(mode);
    if (kind === 'submodule') return void this.byPath.set(path, { path, blob, kind });
    const stat = this.#stat(path);
    if (!stat && leftOut) {
      this.indexed.add(path);
      this.byPath.set(path, { path, blob, kind });
    } else if (stat?.isSymbolicLink()) this.#link(path);
    else if (stat?.isFile() && kind === 'symlink') this.byPath.set(path, { path, blob, kind });
    else if (stat?.isFile()) this.#file(path, blob);
  }

  untracked(path: string): void {
    if (path.split('/').some(isForeignDirectory)) return;
    if (path.endsWith('/')) {
      const nested = path.slice(0, -1);
      this.byPath.set(nested, { path: nested, blob: 'submodule', kind: 'submodule' });
      return;
    }
    const stat = this.#stat(path);
    if (stat?.isSymbolicLink()) this.#link(path);
    else if (stat?.isFile()) this.#file(path, undefined);
  }

  #link(path: string): void {
    const target = linkTarget(join(this.#root, path));
    this.links.set(path, target);
    this.byPath.set(path, symlink(path, target, this.#format));
  }

  #file(path: string, committed: string | undefined): void {
    const entry = fileEntry(this.#root, path, this.#format);
    if ('why' in entry) return void this.omitted.push(entry);
    if (committed !== undefined && entry.blob !== committed && this.#differsByCrlf(entry, committed)) {
      this.withCrlf.add(path);
      this.byPath.set(path, { ...entry, blob: committed });
    } else this.byPath.set(path, entry);
  }

  #differsByCrlf({ path, size = 0 }: SnapshotEntry, committed: string): boolean {
    if (!isManifestPath(path) || size > this.#limits.maxFileBytes) return false;
    const bytes = readDiskFile(join(this.#root, path), path, this.#limits);
    return blobId(withoutCarriageReturns(bytes), this.#format) === committed;
  }

  #stat(path: string): Stats | undefined {
    if (!this.#isDirectory(dirname(path))) return undefined;
    return lstatSync(join(this.#root, path), { throwIfNoEntry: false });
  }

  #isDirectory(path: string): boolean {
    const known = this.#directories.get(path);
    if (known !== undefined) return known;
    const isOne =
      this.#isDirectory(dirname(path)) &&
      lstatSync(join(this.#root, path), { throwIfNoEntry: false })?.isDirectory() === true;
    this.#directories.set(path, isOne);
    return isOne;
  }
}

/** The text as git commits it under `core.autocrlf`. */
export function withoutCarriageReturns(bytes: Uint8Array): Uint8Array {
  return Buffer.from(Buffer.from(bytes).toString('latin1').replaceAll('\r\n', '\n'), 'latin1');
}
