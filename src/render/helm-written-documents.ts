import type { Location, Unchecked } from '../vocabulary.ts';
import type { ParsedFile, TextProblem } from '../yaml/document.ts';
import { templatesOf } from './chart-templates.ts';
import { HOLE, PLACEHOLDER } from './gotemplate/unknown.ts';

/** A template: what Helm calls it, and the file. */
interface Template {
  readonly name: string;
  readonly file: string;
}

/** How many places an entry names. */
const EXAMPLES = 3;

const WHY =
  'what they say hangs on the cluster, on functions or on values that are not worked out without Helm';

const SILENT = 'they make nothing with the values in hand';

/** The documents that templates write, put together as Helm does it, without those that are not known as a whole. */
export class WrittenDocuments {
  text = '';
  readonly #unread = new Map<string, number>();
  readonly #silent = new Set<string>();
  /** Whose document begins at a line of the text, counted from 1. */
  readonly #owners: { readonly line: number; readonly template: Template; readonly isPlain: boolean }[] = [];
  #lines = 1;

  /** @param output of the template; `undefined` when it could not be worked out */
  add(output: string | undefined, template: Template): void {
    if (output === undefined) return this.#leaveOut(template.file);
    if (isEmpty(output)) this.#silent.add(template.file);
    for (const document of output.split(/^---.*$/m)) {
      if (isEmpty(document) || isTest(document)) continue;
      if (document.includes(HOLE)) this.#leaveOut(template.file);
      else this.#append(document, template);
    }
  }

  /** Templates that make nothing with these values. */
  get silent(): string[] {
    return [...this.#silent].sort();
  }

  /** Are there parts of the template that were not worked out? */
  isUnread(file: string): boolean {
    return this.#unread.has(file);
  }

  unread(dir: string): Unchecked[] {
    const files = [...this.#unread.keys()].sort();
    const count = [...this.#unread.values()].reduce((sum, each) => sum + each, 0);
    return [...entry(dir, WHY, count, files), ...entry(dir, SILENT, this.silent.length, this.silent)];
  }

  /** The first document without placeholders that is no YAML: Helm would refuse the whole chart for it. */
  broken(
    { problems }: ParsedFile,
    textOf: (file: string) => string,
  ): { why: string; at: Location } | undefined {
    for (const problem of problems) {
      const owner = this.#owners.findLast(({ line }) => line <= problem.line);
      if (problem.kind !== 'syntax' || !owner?.isPlain) continue;
      const { name, file } = owner.template;
      return {
        why: `${name} gives no valid YAML: ${problem.message}`,
        at: this.#placeOf(problem, file, textOf(file)),
      };
    }
    return undefined;
  }

  /** The line of the template that reads like the one with the problem. */
  #placeOf({ line }: TextProblem, file: string, template: string): Location {
    const wanted = this.text.split('\n')[line - 1]?.trim() ?? '';
    const index = wanted === '' ? -1 : template.split('\n').findIndex((each) => each.trim() === wanted);
    const at = Math.max(index, 0) + 1;
    return { file, line: at, column: 1, endLine: at };
  }

  #append(document: string, template: Template): void {
    const text = `---\n# Source: ${template.name}\n${document.trimEnd()}\n`;
    this.#owners.push({ line: this.#lines, template, isPlain: !PLACEHOLDER.test(document) });
    this.text += text;
    this.#lines += text.split('\n').length - 1;
  }

  #leaveOut(file: string): void {
    this.#unread.set(file, (this.#unread.get(file) ?? 0) + 1);
  }
}

function entry(dir: string, why: string, count: number, files: readonly string[]): Unchecked[] {
  if (count === 0) return [];
  const examples = files.slice(0, EXAMPLES).map((file) => ({ file, line: 1, column: 1, endLine: 1 }));
  return [{ what: templatesOf(dir || '.'), why, count, examples }];
}

/** Nothing but comments. A block of unknown content alone may be any number of documents: it counts. */
function isEmpty(document: string): boolean {
  return document.split('\n').every((line) => /^\s*(?:#(?!__CANNOT_TELL__).*)?$/.test(line));
}

function isTest(document: string): boolean {
  return /helm\.sh\/hook["']?\s*:\s*["']?test/.test(document);
}
