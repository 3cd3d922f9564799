import { perObject } from '../remember.ts';
import type { Snapshot, SnapshotEntry } from '../source/snapshot.ts';
import { isManifestPath } from '../source/limits.ts';

/** The files that differ between two snapshots, a rename being one gone and one new. */
export interface ChangedFiles {
  readonly total: number;
  readonly paths: ReadonlySet<string>;
  /** Those of them that may hold manifests, sorted. */
  readonly manifests: readonly string[];
}

/** Without a base every file is new. Content is compared by blob id: nothing is read. */
export function changedFiles(base: Snapshot | undefined, head: Snapshot): ChangedFiles {
  const before = blobsByPath(base?.list() ?? []);
  const after = blobsByPath(head.list());
  const changed = new Set<string>();
  for (const [path, blob] of after) if (before.get(path) !== blob) changed.add(path);
  for (const path of before.keys()) if (!after.has(path)) changed.add(path);
  const manifests = [...changed].filter((path) => isManifestPath(path)).sort();
  return { total: changed.size, paths: changed, manifests };
}

const blobsByPath = perObject((entries: readonly SnapshotEntry[]): ReadonlyMap<string, string> => {
  return new Map(entries.map(({ path, blob }) => [path, blob]));
});
