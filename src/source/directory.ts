import { lstatSync, readdirSync, readlinkSync, realpathSync, statSync, type Dirent } from 'node:fs';
import { join, resolve } from 'node:path';
import { blobId, type ObjectFormat } from './blob-id.ts';
import { diskBlobId, isSystemError, readDiskFile } from './disk-file.ts';
import { isForeignDirectory, LIMITS, type Limits } from './limits.ts';
import { byPath, Listing } from './listing.ts';
import { SourceError, type Omission, type Snapshot, type SnapshotEntry } from './snapshot.ts';

/**
 * The files below a directory, without git: links are listed and not followed, nested repositories are not entered,
 * `.git`, `node_modules` and `.terraform` are not looked at. Content ids are git's, computed while listing, so two
 * directories compare like two commits: what is the same on both sides is read twice and parsed once.
 * @throws SourceError `missing-path` when there is no such directory.
 */
export function openDirectorySnapshot(directory: string, limits: Limits = LIMITS): Promise<Snapshot> {
  return Promise.resolve().then(() => {
    const root = existingDirectory(directory);
    return diskSnapshot(directory, root, walkDirectory(root, '', limits), limits);
  });
}

/** What a walk found: entries, where links point to, and what could not be looked at. */
export interface DiskEntries {
  readonly entries: readonly SnapshotEntry[];
  readonly links: ReadonlyMap<string, string>;
  readonly omitted: readonly Omission[];
}

/** A snapshot whose entries are files below `root`, read when they are asked for. */
export function diskSnapshot(ref: string, root: string, found: DiskEntries, limits: Limits): Snapshot {
  const listing = new Listing(found.entries, limits, {
    omitted: found.omitted,
    linkTarget: (path) => found.links.get(path),
  });
  return {
    ref,
    list: () => listing.entries,
    read: (path) =>
      new Promise((done) => done(readDiskFile(join(root, listing.file(path).path), path, limits))),
    omitted: listing.omitted,
    close: () => Promise.resolve(),
  };
}

/**
 * Every entry below `root/start`, with paths relative to `root`. Directories that may not be read are omissions.
 * Stops soon after `maxEntries`, which Listing then reports.
 */
export function walkDirectory(root: string, start: string, limits: Limits): DiskEntries {
  const entries: SnapshotEntry[] = [];
  const links = new Map<string, string>();
  const omitted: Omission[] = [];
  const waiting = [start];
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    const inside = childrenOf(join(root, path));
    if (typeof inside === 'string') omitted.push({ path, why: `a directory that cannot be read: ${inside}` });
    else if (path !== start && inside.some(({ name }) => name === '.git')) entries.push(submodule(path));
    else inside.forEach((child) => visit(child, path === '' ? child.name : `${path}/${child.name}`));
    if (entries.length > limits.maxEntries) break;
  }
  return { entries, links, omitted };

  function visit(child: Dirent, path: string): void {
    if (child.isDirectory()) {
      if (!isForeignDirectory(child.name)) waiting.push(path);
    } else if (child.isSymbolicLink()) {
      const target = linkTarget(join(root, path));
      links.set(path, target);
      entries.push(symlink(path, target, 'sha1'));
    } else if (child.isFile()) {
      const entry = fileEntry(root, path, 'sha1');
      if ('why' in entry) omitted.push(entry);
      else entries.push(entry);
    }
  }
}

/** Larger files are far beyond what is read; theirs is an id that equals no other, without reading a disk image. */
const MAX_HASHED_BYTES = 64 * 1024 * 1024;

/** A regular file with its size and content id; an omission when it cannot be read. */
export function fileEntry(root: string, path: string, format: ObjectFormat): SnapshotEntry | Omission {
  const absolute = join(root, path);
  try {
    const { size, mtimeMs } = lstatSync(absolute);
    const hashed = size <= MAX_HASHED_BYTES;
    const blob = hashed ? diskBlobId(absolute, path, format) : `unhashed:${mtimeMs}:${absolute}`;
    return { path, blob, kind: 'file', size };
  } catch {
    return { path, why: 'a file that cannot be read' };
  }
}

export function symlink(path: string, target: string, format: ObjectFormat): SnapshotEntry {
  return {
    path,
    blob: blobId(Buffer.from(target), format),
    kind: 'symlink',
    size: Buffer.byteLength(target),
  };
}

/** Where a link points to; '' when it vanished meanwhile. */
export function linkTarget(absolute: string): string {
  try {
    return readlinkSync(absolute);
  } catch {
    return '';
  }
}

function submodule(path: string): SnapshotEntry {
  return { path, blob: 'submodule', kind: 'submodule' };
}

function existingDirectory(directory: string): string {
  try {
    const root = realpathSync(resolve(directory));
    if (statSync(root).isDirectory()) return root;
    throw new SourceError('missing-path', `${directory} is not a directory.`);
  } catch (error) {
    if (!isSystemError(error)) throw error;
    throw new SourceError('missing-path', `There is no directory ${directory} that can be read.`);
  }
}

/** Sorted children, or the system's word for why there are none. */
function childrenOf(directory: string): Dirent[] | string {
  try {
    return readdirSync(directory, { withFileTypes: true }).sort((a, b) =>
      byPath({ path: a.name }, { path: b.name }),
    );
  } catch (error) {
    if (isSystemError(error)) return error.code ?? error.message;
    throw error;
  }
}
