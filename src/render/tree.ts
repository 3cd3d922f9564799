import { rmSync } from 'node:fs';
import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { isSystemError } from '../source/disk-file.ts';
import type { Omission, Snapshot } from '../source/snapshot.ts';

/** The regular files of a repository at one commit, as the renderers need them. */
export interface ReadableFiles {
  /** Paths of regular files. Symbolic links and submodules are not among them. */
  list(): readonly string[];
  read(path: string): Promise<Uint8Array>;
  /** Content identity of a listed file: equal ids mean equal bytes, on both sides of a review. */
  blob(path: string): string;
  /** Paths of the repository that are not in `list()`, and why. */
  readonly omitted?: readonly Omission[];
}

/** A snapshot as the renderers see it: links, submodules and what a limit kept out are omitted. */
export function readableFiles(snapshot: Snapshot): ReadableFiles {
  const omitted = new Map(snapshot.omitted.map((omission) => [omission.path, omission]));
  const blobs = new Map<string, string>();
  for (const { path, kind, blob } of snapshot.list()) {
    if (kind === 'file' && !omitted.has(path)) blobs.set(path, blob);
    if (kind !== 'file') omitted.set(path, { path, why: NOT_A_FILE[kind] });
  }
  const paths = [...blobs.keys()];
  return {
    list: () => paths,
    read: (path) => snapshot.read(path),
    blob: (path) => blobs.get(path) ?? '',
    omitted: [...omitted.values()],
  };
}

const NOT_A_FILE = {
  symlink: 'a symbolic link, which is not followed',
  submodule: 'a submodule, which is not read',
};

/** What a tree holds: bytes by path, relative to its root. */
export type TreeContents = ReadonlyMap<string, Uint8Array>;

/** A tree on disk that nobody else may read, and that is gone when `withTree` returns. */
export interface Tree {
  /** Absolute path of the files. */
  readonly root: string;
  /** Absolute path of an empty directory: the tool's HOME and temporary directory. */
  readonly home: string;
}

/** Something the renderers will not do, as one sentence without a full stop. */
export interface Refusal {
  readonly refused: string;
}

export interface TreeLimits {
  readonly treeFiles: number;
  readonly treeBytes: number;
}

/**
 * Reads files of a repository into memory, each under the path it will have in the tree.
 * @param placed path in the tree → path in the repository
 */
export async function gather(
  placed: ReadonlyMap<string, string>,
  files: ReadableFiles,
  limits: TreeLimits,
): Promise<TreeContents | Refusal> {
  if (placed.size > limits.treeFiles) return { refused: `it needs more than ${limits.treeFiles} files` };
  const contents = new Map<string, Uint8Array>();
  let total = 0;
  for (const [path, source] of placed) {
    const bytes = await files.read(source);
    total += bytes.byteLength;
    if (total > limits.treeBytes) return { refused: `its files are larger than ${limits.treeBytes} bytes` };
    contents.set(path, bytes);
  }
  return contents;
}

/**
 * Writes `contents` into a private temporary directory, calls `use`, and removes the directory whatever happens. Only
 * regular files are created, so nothing in the tree leads out of it.
 */
export async function withTree<T>(
  contents: TreeContents,
  use: (tree: Tree) => Promise<T>,
): Promise<T | Refusal> {
  const unsafe = [...contents.keys()].find((path) => !isSafePath(path));
  if (unsafe !== undefined) return { refused: `${JSON.stringify(unsafe)} is not a path inside a tree` };
  const base = await mkdtemp(join(await realpath(tmpdir()), `istio-upgrade-guard-${process.pid}-`));
  removeOnExit(base);
  try {
    const tree = { root: join(base, 'tree'), home: join(base, 'home') };
    await mkdir(tree.root);
    await mkdir(tree.home);
    const conflict = await write(contents, tree.root);
    return conflict ?? (await use(tree));
  } finally {
    await rm(base, { recursive: true, force: true });
    alive.delete(base);
  }
}

/** Relative, normalised, and meaning the same on every system. */
export function isSafePath(path: string): boolean {
  if (path === '' || path.length > 1024 || /[\0\\]/.test(path)) return false;
  return path.split('/').every((segment) => segment !== '' && segment !== '.' && segment !== '..');
}

async function write(contents: TreeContents, root: string): Promise<Refusal | undefined> {
  for (const [path, bytes] of contents) {
    const target = join(root, path);
    try {
      await mkdir(dirname(target), { recursive: true });
      await writeFile(target, bytes, { flag: 'wx' });
    } catch (error) {
      if (!isSystemError(error)) throw error;
      // Two names that this file system takes for one, a file where a directory is needed, a full disk.
      return { refused: `${JSON.stringify(path)} could not be written: ${error.code}` };
    }
  }
  return undefined;
}

/** Trees to remove when the process ends while a tool runs. */
const alive = new Set<string>();

function removeOnExit(base: string): void {
  if (alive.size === 0 && !process.listeners('exit').includes(removeAll)) process.once('exit', removeAll);
  alive.add(base);
}

function removeAll(): void {
  for (const base of alive) rmSync(base, { recursive: true, force: true });
}
