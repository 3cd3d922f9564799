import type { Path } from '../vocabulary.ts';

/** Why a file or document could not be read as it stands. */
export type ProblemKind =
  | 'syntax' // not YAML or JSON, and not a template either
  | 'template' // Helm, Jinja, ytt, ...: not YAML before rendering; expected, never an error
  | 'encrypted' // SOPS, sealed values
  | 'limit' // size, depth, aliases
  | 'encoding' // bytes that are not UTF-8
  | 'duplicate-key'; // parsed, but a mapping repeats a key: the last one wins in Helm, kubectl refuses it

/** A located problem with the text itself. Lines and columns count from 1. */
export interface TextProblem {
  readonly kind: ProblemKind;
  readonly message: string;
  readonly line: number;
  readonly column: number;
}

/** A range in a file. Lines and columns count from 1; `endLine` is inclusive. */
export interface TextRange {
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
}

/**
 * One document of a file. Values are plain data by Kubernetes' scalar rules; positions are computed on demand,
 * because most documents are never pointed at.
 */
export interface Document {
  /** 0-based, counting the documents of the file that are not empty. */
  readonly index: number;
  /** Line of the first key. */
  readonly line: number;
  /** `undefined` for a document that could not be parsed or was skipped on purpose (see ParsedFile.skipped). */
  readonly value: unknown;
  /**
   * Where the value at `path` stands: `value` (default) its first character to its last line, `key` the mapping
   * key that introduces it. A missing path gives its deepest existing ancestor. Follows aliases and merge keys.
   */
  locate(path: Path, what?: 'value' | 'key'): TextRange;
  /** The text of whole lines of the file, counted from 1, both included. */
  textOf(line: number, endLine: number): string;
  /** Whether the other document, of another state of its file, says the same in the same place. */
  isSameAs(other: Document): boolean;
}

/** A file after parsing. Depends on content alone, so both sides of a review share it by blob id. */
export interface ParsedFile {
  readonly documents: readonly Document[];
  readonly problems: readonly TextProblem[];
  /** How many documents were recognised as of no interest (CRDs, dashboards, ...) and not parsed. */
  readonly skipped: number;
}
