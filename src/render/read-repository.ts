import { perObject } from '../remember.ts';
import { isManifestPath } from '../source/limits.ts';
import { SourceError, type Snapshot, type SnapshotEntry } from '../source/snapshot.ts';
import { chartOfTemplate, templatesOf } from './chart-templates.ts';
import { ContentCache, isChartTemplate, type ReadFiles } from './content-cache.ts';
import type { FileProblem, Repository, RepositoryFile } from './repository.ts';
import { UnreadFiles } from './unread-files.ts';

export { ContentCache } from './content-cache.ts';

/** Reads in flight at once: enough to keep a batching source busy, few enough to bound the bytes held. */
const CONCURRENT_READS = 64;

/** A script or values file above this is not asked for its text. */
const MAX_TEXT_BYTES = 1024 * 1024;

type Exists = (path: string) => boolean;

/**
 * Parses the manifests of a snapshot. Nothing a file contains makes this fail: what cannot be read is counted in
 * `unchecked`, and faults of the text are `problems`.
 * @throws SourceError when the source itself breaks.
 */
export async function readRepository(snapshot: Snapshot, cache: ContentCache): Promise<Repository> {
  const listed = snapshot.list();
  const entries = entriesByPath(listed);
  const exists: Exists = (path) => entries.has(path);
  const read = cache.filesOf(listed) ?? (await readFiles(snapshot, cache, exists));
  cache.keepFiles(listed, read);
  const text = (path: string): Promise<string | undefined> => textOf(snapshot, entries.get(path));
  return { snapshot, ...read, has: exists, text };
}

const entriesByPath = perObject(
  (entries: readonly SnapshotEntry[]): ReadonlyMap<string, SnapshotEntry> =>
    new Map(entries.map((entry) => [entry.path, entry])),
);

async function readFiles(snapshot: Snapshot, cache: ContentCache, exists: Exists): Promise<ReadFiles> {
  const unread = new UnreadFiles();
  for (const { path, why } of snapshot.omitted) unread.add('files', why, path);
  const files = new Map<string, RepositoryFile>();
  const problems: FileProblem[] = [];
  const results = await readAll(snapshot, cache, manifestsOf(snapshot), exists);
  for (const { path, file, why } of results) {
    if (file === undefined) {
      unread.add('files', why, path);
      continue;
    }
    files.set(path, file);
    if (isChartTemplate(file)) {
      unread.add(templatesOf(chartOfTemplate(path, exists) ?? ''), 'the chart is not rendered', path);
      continue;
    }
    for (const problem of file.parsed.problems) {
      problems.push({ path, problem });
      unread.addProblem(path, problem);
    }
  }
  return { files, problems, unchecked: unread.unchecked() };
}

function manifestsOf(snapshot: Snapshot): SnapshotEntry[] {
  const omitted = new Set(snapshot.omitted.map(({ path }) => path));
  return snapshot
    .list()
    .filter(({ path, kind }) => kind === 'file' && isManifestPath(path) && !omitted.has(path));
}

/** A file, or why it is not read. */
type ReadResult =
  | { readonly path: string; readonly file: RepositoryFile; readonly why?: never }
  | { readonly path: string; readonly file?: never; readonly why: string };

/** In the order of `entries`, whatever order the reads end in. */
async function readAll(
  snapshot: Snapshot,
  cache: ContentCache,
  entries: readonly SnapshotEntry[],
  exists: Exists,
): Promise<ReadResult[]> {
  const results: ReadResult[] = [];
  for (let at = 0; at < entries.length; at += CONCURRENT_READS) {
    const batch = entries.slice(at, at + CONCURRENT_READS);
    results.push(...(await Promise.all(batch.map((entry) => readOne(snapshot, cache, entry, exists)))));
  }
  return results;
}

async function readOne(
  snapshot: Snapshot,
  cache: ContentCache,
  { path, blob }: SnapshotEntry,
  exists: Exists,
): Promise<ReadResult> {
  if (chartOfTemplate(path, exists) !== undefined) return { path, file: cache.template(path, blob) };
  try {
    return { path, file: await cache.file(path, blob, () => snapshot.read(path)) };
  } catch (error) {
    if (error instanceof SourceError && error.code === 'unreadable')
      return { path, why: 'they cannot be read' };
    throw error;
  }
}

async function textOf(snapshot: Snapshot, entry: SnapshotEntry | undefined): Promise<string | undefined> {
  if (entry?.kind !== 'file' || (entry.size ?? 0) > MAX_TEXT_BYTES) return undefined;
  try {
    const bytes = await snapshot.read(entry.path);
    if (bytes.length > MAX_TEXT_BYTES || bytes.includes(0)) return undefined;
    return utf8(bytes);
  } catch (error) {
    if (error instanceof SourceError && error.code === 'unreadable') return undefined;
    throw error;
  }
}

function utf8(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
