import { createHash } from 'node:crypto';
import type { Location, Path } from '../vocabulary.ts';
import type { Document, ParsedFile } from '../yaml/document.ts';
import type { Origin, Resource, SourceLines } from './resource.ts';

type Fields = Readonly<Record<string, unknown>>;

/** Lists nest at most this deep; deeper ones are nothing a person or a tool writes. */
const MAX_LIST_DEPTH = 4;

/**
 * The Kubernetes objects of a file as it stands, lists unfolded, in document order.
 * @param blob content identity of the file, which spares hashing every object for its digest.
 */
export function resourcesOf(parsed: ParsedFile, file: string, blob?: string): Resource[] {
  return parsed.documents.flatMap((document) => resourcesOfDocument(document, file, blob));
}

/** The same for one document of a file. */
export function resourcesOfDocument(document: Document, file: string, blob?: string): Resource[] {
  return unfold(document.value, new Place(file, blob, document, []));
}

function unfold(value: unknown, place: Place): Resource[] {
  if (!isFields(value)) return [];
  const items = own(value, 'items');
  const kind = own(value, 'kind');
  if (typeof kind !== 'string' || !kind.endsWith('List') || !Array.isArray(items)) {
    const resource = toResource(value, place, place.digestOf(value));
    return resource ? [resource] : [];
  }
  if (place.prefix.length >= 2 * MAX_LIST_DEPTH) return [];
  return items.flatMap((item, index) => unfold(item, place.within(['items', index])));
}

/**
 * The object as a resource; `undefined` when it does not say what it is. Whatever else has the wrong type reads as absent:
 * what Kubernetes makes of it is for rules to say.
 */
export function toResource(body: Fields, origin: Origin, digest: string): Resource | undefined {
  const apiVersion = own(body, 'apiVersion');
  const kind = own(body, 'kind');
  if (typeof apiVersion !== 'string' || typeof kind !== 'string' || apiVersion === '' || kind === '') {
    return undefined;
  }
  const metadata = own(body, 'metadata');
  const slash = apiVersion.indexOf('/');
  return {
    apiVersion,
    group: slash < 0 ? '' : apiVersion.slice(0, slash),
    kind,
    namespace: scalarText(field(metadata, 'namespace')) ?? '',
    name: scalarText(field(metadata, 'name')) ?? '',
    labels: textMap(field(metadata, 'labels')),
    annotations: textMap(field(metadata, 'annotations')),
    body,
    origin,
    digest,
  };
}

const NONE: Readonly<Record<string, string>> = Object.freeze(Object.create(null) as Record<string, string>);

/**
 * Labels or annotations: the entries with a scalar value. Without a prototype, so that a label named `constructor` or
 * `__proto__` is a label and nothing else.
 */
export function textMap(value: unknown): Readonly<Record<string, string>> {
  if (!isFields(value)) return NONE;
  const result = Object.create(null) as Record<string, string>;
  for (const [key, entry] of Object.entries(value)) {
    const text = scalarText(entry);
    if (text !== undefined) result[key] = text;
  }
  return result;
}

/** Kubernetes wants text here; a number or boolean that somebody forgot to quote still shows what was meant. */
function scalarText(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;
}

/** Where an object stands: a document of a file, or an item of a list in it. */
class Place implements Origin {
  readonly file: string;
  readonly prefix: Path;
  readonly through: readonly string[] = [];
  readonly #blob: string | undefined;
  readonly #document: Document;

  constructor(file: string, blob: string | undefined, document: Document, prefix: Path) {
    this.file = file;
    this.prefix = prefix;
    this.#blob = blob;
    this.#document = document;
  }

  within(steps: Path): Place {
    return new Place(this.file, this.#blob, this.#document, [...this.prefix, ...steps]);
  }

  at(path: Path, what: 'value' | 'key' = 'value'): Location {
    return { file: this.file, ...this.#document.locate([...this.prefix, ...path], what) };
  }

  lines(path: Path): SourceLines {
    const { line, endLine } = this.#document.locate([...this.prefix, ...path]);
    return { file: this.file, startLine: line, text: this.#document.textOf(line, endLine) };
  }

  digestOf(value: Fields): string {
    const place = `${this.#document.index}:${this.prefix.join('.')}:${this.file}`;
    if (this.#blob !== undefined) return `${this.#blob}:${place}`;
    const hash = createHash('sha256').update(JSON.stringify(value)).digest('hex');
    return `${hash}:${this.#document.line}:${place}`;
  }
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function own(fields: Fields, key: string): unknown {
  return Object.hasOwn(fields, key) ? fields[key] : undefined;
}

function field(value: unknown, key: string): unknown {
  return isFields(value) ? own(value, key) : undefined;
}
