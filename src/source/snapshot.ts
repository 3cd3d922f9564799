/** The seam between "where files come from" and everything else. */

/** What a tree holds at a path. Symlinks and submodules are listed, never followed. */
export type EntryKind = 'file' | 'symlink' | 'submodule';

export interface SnapshotEntry {
  /** Relative to the repository root, `/`-separated. */
  readonly path: string;
  /** Content identity: equal ids mean equal bytes, on both sides of a review. A git blob id where there is one. */
  readonly blob: string;
  readonly kind: EntryKind;
  /** Bytes, when the source knows it without reading. */
  readonly size?: number;
}

/** A file a limit or its nature kept out of the review, and why: one sentence without the path. */
export interface Omission {
  readonly path: string;
  readonly why: string;
}

/**
 * The files of a repository at one commit. Reads may be issued concurrently; implementations batch them.
 * `read` rejects with SourceError when the source breaks, never because of what the file contains.
 */
export interface Snapshot {
  /** How a person names this state: a branch, a short commit id, a directory. */
  readonly ref: string;
  /** Every entry, sorted by path (code-unit order). */
  list(): readonly SnapshotEntry[];
  /** The bytes of the file at `path`, which must be one `list()` gave with kind `file`. */
  read(path: string): Promise<Uint8Array>;
  /** What a limit kept out, and why. */
  readonly omitted: readonly Omission[];
  /** Releases processes and handles. Idempotent. */
  close(): Promise<void>;
}

/** The outside world failed: no such ref, not a repository, git died. Surfaces show `message` and exit 3. */
export class SourceError extends Error {
  override readonly name = 'SourceError';
  readonly code:
    'unknown-ref' | 'not-a-repository' | 'missing-base' | 'missing-path' | 'git-failed' | 'unreadable';
  /** What the user can do about it; one sentence. */
  readonly advice: string;

  constructor(code: SourceError['code'], message: string, advice = '') {
    super(message);
    this.code = code;
    this.advice = advice;
  }
}
