import type { SnapshotEntry } from '../source/snapshot.ts';
import type { Document, ParsedFile } from '../yaml/document.ts';
import { parseFile } from '../yaml/parse.ts';
import { CarriedMap } from './carried-map.ts';
import { resourcesOfDocument } from './plain.ts';
import type { Repository, RepositoryFile } from './repository.ts';
import type { Resource } from './resource.ts';
import { wantedPart } from './resource-interest.ts';

/** What stands for the content of a chart's template, which is no manifest before Helm has rendered it. */
const TEMPLATE: ParsedFile = {
  documents: [],
  problems: [{ kind: 'template', message: 'A template of a Helm chart, not rendered.', line: 1, column: 1 }],
  skipped: 0,
};

/** What a repository holds, whatever snapshot it is read from. */
export type ReadFiles = Pick<Repository, 'files' | 'problems' | 'unchecked'>;

/** A document of a file with the resources in it. */
interface Part {
  readonly document: Document;
  readonly resources: readonly Resource[];
}

/**
 * What was parsed, by content. Both sides of a review share one, so that what did not change is fetched, parsed and made
 * into resources once, and is the same object on both sides.
 */
export class ContentCache {
  readonly #parsed: CarriedMap<ParsedFile>;
  readonly #files: CarriedMap<RepositoryFile>;
  /** By path, as it was last read. */
  readonly #parts: CarriedMap<readonly Part[]>;

  /** By what the snapshot lists. */
  readonly #repositories: WeakMap<readonly SnapshotEntry[], ReadFiles>;

  /** @param earlier of an earlier review of the same repository, which saw most of the same */
  constructor(earlier?: ContentCache) {
    this.#repositories = earlier ? earlier.#repositories : new WeakMap();
    this.#parsed = new CarriedMap(earlier ? earlier.#parsed : undefined);
    this.#files = new CarriedMap(earlier ? earlier.#files : undefined);
    this.#parts = new CarriedMap(earlier ? earlier.#parts : undefined);
  }

  /** What was read of the very same listing before; what it was made from stays known, too. */
  filesOf(entries: readonly SnapshotEntry[]): ReadFiles | undefined {
    const known = this.#repositories.get(entries);
    for (const { path, blob } of known?.files.values() ?? []) {
      this.#files.get(fileKey(path, blob));
      this.#files.get(templateKey(path, blob));
      this.#parts.get(path);
      this.#parsed.get(parsedKey(path, blob));
    }
    return known;
  }

  keepFiles(entries: readonly SnapshotEntry[], read: ReadFiles): void {
    this.#repositories.set(entries, read);
  }

  /**
   * The file with this content at this path. `read` is asked for the bytes of contents not seen before.
   * @throws what `read` throws
   */
  async file(path: string, blob: string, read: () => Promise<Uint8Array>): Promise<RepositoryFile> {
    const key = fileKey(path, blob);
    const known = this.#files.get(key);
    if (known) return known;
    const parsed = await this.#parse(path, blob, read);
    const parts = this.#partsOf(path, blob, parsed);
    return this.#remember(key, {
      path,
      blob,
      parsed,
      resources: parts.flatMap(({ resources }) => resources),
    });
  }

  /** Of a file that changed, the documents that did not are the same resources as in its other state. */
  #partsOf(path: string, blob: string, { documents }: ParsedFile): readonly Part[] {
    const before = this.#parts.get(path);
    const parts = documents.map((document, index) => {
      const known = before?.[index];
      return known?.document.isSameAs(document)
        ? known
        : { document, resources: resourcesOfDocument(document, path, blob) };
    });
    this.#parts.set(path, parts);
    return parts;
  }

  /** A template of a Helm chart: a file without documents. */
  template(path: string, blob: string): RepositoryFile {
    const key = templateKey(path, blob);
    return this.#files.get(key) ?? this.#remember(key, { path, blob, parsed: TEMPLATE, resources: [] });
  }

  async #parse(path: string, blob: string, read: () => Promise<Uint8Array>): Promise<ParsedFile> {
    const key = parsedKey(path, blob);
    const known = this.#parsed.get(key);
    if (known) return known;
    const bytes = await read();
    const parsed = this.#parsed.get(key) ?? parseFile(bytes, { json: isJson(path), wants: wantedPart });
    this.#parsed.set(key, parsed);
    return parsed;
  }

  #remember(key: string, file: RepositoryFile): RepositoryFile {
    this.#files.set(key, file);
    return file;
  }
}

function fileKey(path: string, blob: string): string {
  return `${blob} ${path}`;
}

function templateKey(path: string, blob: string): string {
  return `template ${blob} ${path}`;
}

/** The same content is read in two ways. */
function parsedKey(path: string, blob: string): string {
  return `${isJson(path) ? 'json' : 'yaml'} ${blob}`;
}

function isJson(path: string): boolean {
  return /\.json$/i.test(path);
}

export function isChartTemplate(file: RepositoryFile): boolean {
  return file.parsed === TEMPLATE;
}
