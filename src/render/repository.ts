import type { Unchecked } from '../vocabulary.ts';
import type { Snapshot } from '../source/snapshot.ts';
import type { ParsedFile, TextProblem } from '../yaml/document.ts';
import type { Resource } from './resource.ts';

/** A YAML or JSON file of a repository, parsed, with the resources it holds as it stands (nothing rendered). */
export interface RepositoryFile {
  readonly path: string;
  readonly blob: string;
  readonly parsed: ParsedFile;
  /** Kubernetes objects of the file, `kind: List` unfolded, in document order. */
  readonly resources: readonly Resource[];
}

/** A fault in the text of an ordinary manifest: one that nobody renders first. */
export interface FileProblem {
  readonly path: string;
  readonly problem: TextProblem;
}

/** A snapshot with its manifests parsed. Unchanged files are the same objects on both sides of a review. */
export interface Repository {
  readonly snapshot: Snapshot;
  /** Sorted by path. Files that hold no YAML or JSON are not in it. */
  readonly files: ReadonlyMap<string, RepositoryFile>;
  has(path: string): boolean;
  /** Text of any file of the snapshot (scripts, values, .env); `undefined` when it is not there, too large or not text. */
  text(path: string): Promise<string | undefined>;
  /** Faults of the text, in order of path and line: what a review tells about the files it sees changed. */
  readonly problems: readonly FileProblem[];
  /** Files that could not be read or parsed as they stand, counted by reason. */
  readonly unchecked: readonly Unchecked[];
}
