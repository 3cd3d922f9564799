import type { Location, Unchecked } from '../vocabulary.ts';
import type { TextProblem } from '../yaml/document.ts';

/** How many places an entry names. */
const EXAMPLES = 3;

/** Why the documents with such a problem are not looked at. A repeated key is a fault, but the document is read. */
const REASONS: Readonly<Record<TextProblem['kind'], string | undefined>> = {
  syntax: 'not valid YAML or JSON',
  template: 'templates, not YAML before they are rendered',
  encrypted: 'encrypted values',
  limit: 'nested or expanded beyond what is read',
  encoding: 'bytes that are not UTF-8',
  'duplicate-key': undefined,
};

interface Entry {
  readonly what: string;
  readonly why: string;
  count: number;
  readonly examples: Location[];
}

/** Counts what could not be read, by reason. Add in path order: the first places are the examples. */
export class UnreadFiles {
  readonly #entries = new Map<string, Entry>();

  add(what: string, why: string, path: string, { line, column } = { line: 1, column: 1 }): void {
    const key = JSON.stringify([what, why]);
    const entry = this.#entries.get(key) ?? { what, why, count: 0, examples: [] };
    entry.count += 1;
    if (entry.examples.length < EXAMPLES) entry.examples.push({ file: path, line, column, endLine: line });
    this.#entries.set(key, entry);
  }

  addProblem(path: string, problem: TextProblem): void {
    const why = REASONS[problem.kind];
    if (why !== undefined) this.add('documents', why, path, problem);
  }

  /** Sorted by what and why, whatever order they were found in. */
  unchecked(): Unchecked[] {
    return [...this.#entries].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, entry]) => entry);
  }
}
