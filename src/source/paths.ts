import { realpathSync, statSync } from 'node:fs';
import { dirname, relative, resolve, sep } from 'node:path';
import { fileEntry, diskSnapshot, walkDirectory, type DiskEntries } from './directory.ts';
import { isSystemError } from './disk-file.ts';
import { isManifestPath, LIMITS, type Limits } from './limits.ts';
import { memorySnapshot } from './memory.ts';
import { SourceError, type Omission, type Snapshot, type SnapshotEntry } from './snapshot.ts';

/** What the paths are relative to, and what `-` stands for. */
export interface PathOptions {
  readonly cwd: string;
  /** The bytes of standard input, when `-` is among the paths. */
  readonly stdin?: Uint8Array;
  readonly limits?: Limits;
}

/** How findings name standard input. */
export const STDIN_PATH = 'stdin.yaml';

const NOT_A_MANIFEST = 'its name does not end in .yaml, .yml or .json';

/**
 * One tree of the files and directories a person named, links among them followed because they were named. Paths in
 * it are relative to the working directory, or to the nearest directory that holds everything named.
 * @throws SourceError `missing-path` for a path that does not exist or may not be read.
 */
export async function openPaths(paths: readonly string[], options: PathOptions): Promise<Snapshot> {
  const limits = options.limits ?? LIMITS;
  const named = paths.filter((path) => path !== '-').map((path) => locate(path, options.cwd));
  const root = named.reduce((directory, { real }) => sharedAncestor(directory, real), realpath(options.cwd));
  const disk = diskSnapshot(paths.join(' '), root, collect(root, named, limits), limits);
  if (!paths.includes('-')) return Promise.resolve(disk);
  return withStdin(disk, memorySnapshot('-', { [STDIN_PATH]: options.stdin ?? new Uint8Array() }, limits));
}

interface Named {
  readonly real: string;
  readonly isDirectory: boolean;
}

function locate(path: string, cwd: string): Named {
  try {
    const real = realpathSync(resolve(cwd, path));
    return { real, isDirectory: statSync(real).isDirectory() };
  } catch (error) {
    if (!isSystemError(error)) throw error;
    throw new SourceError('missing-path', `There is no file or directory ${path} that can be read.`);
  }
}

function realpath(cwd: string): string {
  return locate('.', cwd).real;
}

function collect(root: string, named: readonly Named[], limits: Limits): DiskEntries {
  const entries = new Map<string, SnapshotEntry>();
  const links = new Map<string, string>();
  const omitted: Omission[] = [];
  for (const { real, isDirectory } of named) {
    const path = relative(root, real).split(sep).join('/');
    const found = isDirectory ? walkDirectory(root, path, limits) : oneFile(root, path);
    for (const entry of found.entries) entries.set(entry.path, entry);
    for (const [link, target] of found.links) links.set(link, target);
    omitted.push(...found.omitted);
  }
  return { entries: [...entries.values()], links, omitted };
}

function oneFile(root: string, path: string): DiskEntries {
  const links = new Map<string, string>();
  const entry = fileEntry(root, path, 'sha1');
  if ('why' in entry) return { entries: [], links, omitted: [entry] };
  const omitted = isManifestPath(path) ? [] : [{ path, why: NOT_A_MANIFEST }];
  return { entries: [entry], links, omitted };
}

/** The deepest directory that is `directory` or above it, and holds `path`. */
function sharedAncestor(directory: string, path: string): string {
  let ancestor = directory;
  while (!holds(ancestor, path) && dirname(ancestor) !== ancestor) ancestor = dirname(ancestor);
  return ancestor;
}

function holds(directory: string, path: string): boolean {
  const between = relative(directory, path);
  return between !== '..' && !between.startsWith(`..${sep}`);
}

/** Standard input first: a file that happens to have its name gives way. */
function withStdin(disk: Snapshot, stdin: Snapshot): Snapshot {
  const [entry] = stdin.list();
  const others = disk.list().filter(({ path }) => path !== STDIN_PATH);
  const entries = [...others, ...(entry ? [entry] : [])].sort((a, b) => (a.path < b.path ? -1 : 1));
  return {
    ref: disk.ref,
    list: () => entries,
    read: (path) => (path === STDIN_PATH ? stdin : disk).read(path),
    omitted: [...disk.omitted.filter(({ path }) => path !== STDIN_PATH), ...stdin.omitted],
    close: () => disk.close(),
  };
}
