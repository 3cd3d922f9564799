import type { Document, ParsedFile, TextProblem } from './document.ts';
import { decode, lineFeeds } from './decode.ts';
import { ExpansionBudget } from './expansion.ts';
import { scanHeader, topLevelKey, type Header } from './header.ts';
import { LazyDocument } from './lazy-document.ts';
import { Lines } from './lines.ts';
import { MAX_DEPTH, parsePiece, type Parsed } from './parse-piece.ts';
import { withoutSchemas } from './outline.ts';
import * as problems from './problems.ts';
import { splitDocuments, type Piece } from './split.ts';

export type { Header } from './header.ts';

/** How much of a document a reader wants: all of it, what stands before `spec:`, all but schemas, or nothing. */
export type Wanted = boolean | 'head' | 'outline';

export interface ParseOptions {
  /** The file is JSON by its name: one document, read by the rules of JSON where it can be. */
  readonly json?: boolean;
  /** Asked for every YAML document that says its `apiVersion` or `kind` in plain sight. All others are wanted. */
  readonly wants?: (header: Header, text: string) => Wanted;
}

/** Problems of one file that are told; more of them say nothing new. */
const MAX_PROBLEMS = 100;

/** Documents of one file that are read, and broken ones among them: beyond, the file is an attack or an accident. */
const MAX_DOCUMENTS = 50_000;
const MAX_BROKEN = 1_000;

/** Nodes that the aliases of a file may expand to: this many, and ten for each one written. */
const FREE_EXPANSION = 10_000;

/**
 * Parses a file of YAML or JSON documents as Kubernetes tools read them. Never throws for what the file says: a document
 * that cannot be read is a located problem, and its neighbours are read nevertheless. Time and memory are bounded by the
 * size of the file.
 */
export function parseFile(bytes: Uint8Array, options: ParseOptions = {}): ParsedFile {
  const decoded = decode(bytes);
  if (decoded.problem !== undefined) return { documents: [], problems: [decoded.problem], skipped: 0 };
  return read(decoded.text, decoded.damaged, options);
}

/** The same for text that stands inside another file: a ConfigMap entry, an inline patch. Positions count from its start. */
export function parseText(text: string, options: ParseOptions = {}): ParsedFile {
  return read(lineFeeds(text), false, options);
}

function read(text: string, damaged: boolean, options: ParseOptions): ParsedFile {
  const reader = new FileReader(text, damaged, options);
  const pieces = options.json ? [{ start: 0, end: text.length }] : splitDocuments(text);
  for (const piece of pieces) if (!reader.isExhausted(piece)) reader.read(piece);
  return { documents: reader.documents, problems: reader.problems(), skipped: reader.skipped };
}

interface Found extends problems.Diagnosis {
  readonly offset: number;
}

class FileReader {
  readonly documents: Document[] = [];
  skipped = 0;
  readonly #text: string;
  readonly #damaged: boolean;
  readonly #options: ParseOptions;
  readonly #lines: Lines;
  readonly #budget: ExpansionBudget;
  readonly #found: Found[] = [];
  #pieces = 0;
  #exhausted = false;

  constructor(text: string, damaged: boolean, options: ParseOptions) {
    this.#text = text;
    this.#damaged = damaged;
    this.#options = options;
    this.#lines = new Lines(text);
    this.#budget = new ExpansionBudget(FREE_EXPANSION);
  }

  /** True when the rest of the file, from this piece on, is not worth reading; told once. */
  isExhausted({ start }: Piece): boolean {
    this.#pieces += 1;
    if (this.#exhausted) return true;
    this.#exhausted = this.#pieces > MAX_DOCUMENTS || this.#found.length >= MAX_BROKEN;
    if (this.#exhausted) this.#found.unshift({ ...problems.TOO_MANY, offset: start });
    return this.#exhausted;
  }

  read(piece: Piece): void {
    const text = this.#text.slice(piece.start, piece.end);
    const wanted = this.#wanted(text);
    if (wanted === false) {
      this.skipped += 1;
      this.#add(piece, text, firstContent(text), undefined);
      return;
    }
    const lost = this.#damaged ? text.indexOf('\ufffd') : -1;
    if (lost >= 0) this.#refuse(piece, text, { ...problems.NOT_UTF8, offset: piece.start + lost });
    else this.#accept(piece, text, this.#parse(partOf(text, wanted)));
  }

  /** In the order of the text, without those of a kind that only follow from another. */
  problems(): TextProblem[] {
    const found = this.#found.slice(0, MAX_PROBLEMS).sort((a, b) => a.offset - b.offset);
    return found.map(({ kind, message, offset }) => ({ kind, message, ...this.#lines.at(offset) }));
  }

  #wanted(text: string): Wanted {
    const { wants, json } = this.#options;
    if (wants === undefined || json) return true;
    const header = scanHeader(text);
    return header.apiVersion === '' && header.kind === '' ? true : wants(header, text);
  }

  #parse(text: string): Parsed {
    return (this.#options.json ? parseJson(text) : undefined) ?? parsePiece(text);
  }

  #accept(piece: Piece, text: string, parsed: Parsed): void {
    if (parsed.outcome === 'empty') return;
    if (parsed.outcome === 'fault') {
      const { reason, offset } = parsed.fault;
      const template = problems.templateSyntaxAt(text);
      const diagnosis = problems.diagnose(reason, template >= 0);
      const place = diagnosis.kind === 'template' ? template : offset;
      this.#refuse(piece, text, { ...diagnosis, offset: piece.start + place });
      return;
    }
    this.#budget.grow(10 * parsed.nodes);
    const refused = parsed.hasAliases ? this.#budget.charge(parsed.value, MAX_DEPTH) : undefined;
    if (refused !== undefined) {
      this.#refuse(piece, text, { ...problems.diagnose(refused, false), offset: piece.start + parsed.start });
      return;
    }
    this.#add(piece, parsed.text, parsed.start, parsed.value);
    const meant = parsed.repeatedKeys.length > 0 && problems.repeatsOnPurpose(text);
    for (const { reason, offset } of meant ? [] : parsed.repeatedKeys) {
      this.#found.push({ ...problems.repeatedKey(reason), offset: piece.start + offset });
    }
    const sops = this.#options.json ? -1 : topLevelKey(text, 'sops');
    if (sops >= 0) this.#found.push({ ...problems.ENCRYPTED, offset: piece.start + sops });
  }

  #refuse(piece: Piece, text: string, problem: Found): void {
    this.#found.push(problem);
    this.#add(piece, text, firstContent(text), undefined);
  }

  #add({ start: offset }: Piece, text: string, start: number, value: unknown): void {
    const index = this.documents.length;
    this.documents.push(new LazyDocument({ index, value, text, offset, start, lines: this.#lines }));
  }
}

/** JSON proper, many times faster than as YAML; `undefined` when it is none, which YAML may still read. */
function parseJson(text: string): Parsed | undefined {
  const start = text.search(/\S/);
  if (start < 0) return { outcome: 'empty' };
  try {
    const value: unknown = JSON.parse(text);
    return { outcome: 'value', value, start, repeatedKeys: [], hasAliases: true, nodes: text.length, text };
  } catch {
    return undefined;
  }
}

function partOf(text: string, wanted: Wanted): string {
  if (wanted === 'outline') return withoutSchemas(text);
  return wanted === 'head' ? beforeSpec(text) : text;
}

function beforeSpec(text: string): string {
  const spec = topLevelKey(text, 'spec');
  return spec < 0 ? text : text.slice(0, spec);
}

/** The first line that is neither a comment, nor a marker, nor empty. */
function firstContent(text: string): number {
  for (const { index } of text.matchAll(/^(?![ \t]*(?:#|\r?$)|---|%).*$/gm)) return index;
  return 0;
}
