import type { Omission, SnapshotEntry } from './snapshot.ts';

/** What a review reads at most. Beyond it a file is omitted, with the reason; nothing fails. */
export interface Limits {
  /** Bytes of one file. Larger ones are generated: dashboards in ConfigMaps, bundles of CRDs. */
  readonly maxFileBytes: number;
  /** Manifests of one tree; the largest public chart repository known has 28,000. */
  readonly maxFiles: number;
  /** Bytes of all manifests of one tree; the same repository has 230 MB. */
  readonly maxTotalBytes: number;
  /** Entries of one tree, of whatever kind: bounds the listing itself. */
  readonly maxEntries: number;
}

export const LIMITS: Limits = {
  maxFileBytes: 8 * 1024 * 1024,
  maxFiles: 50_000,
  maxTotalBytes: 256 * 1024 * 1024,
  maxEntries: 500_000,
};

/** Directories that tools fill with other people's files: nothing in them is deployed from there. */
const FOREIGN_DIRECTORIES = new Set(['.git', '.terraform', 'node_modules']);

/** YAML and JSON that package managers write; megabytes of it, and never a manifest. */
const LOCK_FILES = new Set(['package-lock.json', 'npm-shrinkwrap.json', 'pnpm-lock.yaml', 'composer.lock']);

/** True when a walk should not enter a directory of this name. */
export function isForeignDirectory(name: string): boolean {
  return FOREIGN_DIRECTORIES.has(name);
}

/**
 * Whether the file at `path` may hold Kubernetes manifests or what describes them (charts, kustomizations, values):
 * YAML and JSON by its name, `Kustomization` without an extension included. Nothing else is parsed.
 */
export function isManifestPath(path: string): boolean {
  const name = path.slice(path.lastIndexOf('/') + 1);
  if (!/\.(?:ya?ml|json)$/i.test(name) && name !== 'Kustomization') return false;
  return !LOCK_FILES.has(name) && !BELOW_FOREIGN.test(path);
}

const BELOW_FOREIGN = new RegExp(
  `(?:^|/)(?:${[...FOREIGN_DIRECTORIES].map((name) => name.replace('.', '\\.')).join('|')})/`,
);

/**
 * The manifests that a limit keeps out, in path order. Files that are no manifests are never read unasked, so they
 * are neither counted nor reported.
 * @param entries sorted by path; a file of unknown size counts as empty and is judged when it is read.
 */
export function omissionsByLimit(entries: readonly SnapshotEntry[], limits: Limits): Omission[] {
  const omitted: Omission[] = [];
  let files = 0;
  let bytes = 0;
  for (const { path, kind, size = 0 } of entries) {
    if (kind !== 'file' || !isManifestPath(path)) continue;
    const why = tooMuch(size, files, bytes, limits);
    if (why !== undefined) {
      omitted.push({ path, why });
      continue;
    }
    files += 1;
    bytes += size;
  }
  return omitted;
}

/** Why a file is larger than a review reads; one sentence, equal for all such files so that they can be counted. */
export function tooLarge({ maxFileBytes }: Limits): string {
  return `larger than ${megabytes(maxFileBytes)}`;
}

function tooMuch(size: number, files: number, bytes: number, limits: Limits): string | undefined {
  if (size > limits.maxFileBytes) return tooLarge(limits);
  if (files >= limits.maxFiles) return `beyond the first ${limits.maxFiles} manifests of the repository`;
  if (bytes + size > limits.maxTotalBytes) {
    return `beyond the first ${megabytes(limits.maxTotalBytes)} of manifests of the repository`;
  }
  return undefined;
}

function megabytes(bytes: number): string {
  const mebibytes = bytes / (1024 * 1024);
  return mebibytes >= 1 ? `${Math.round(mebibytes)} MB` : `${bytes} bytes`;
}
