import type { ParsedFile } from '../yaml/document.ts';
import { parseFile } from '../yaml/parse.ts';
import { resourcesOf } from './plain.ts';
import type { Resource } from './resource.ts';
import type { TreeContents } from './tree.ts';

/** The files a rendering was made of, parsed when a place in them is asked for. Paths are those of the repository. */
export class SourceFiles {
  readonly #contents: TreeContents;
  readonly #blob: (path: string) => string;
  readonly #parsed = new Map<string, ParsedFile>();
  readonly #resources = new Map<string, readonly Resource[]>();

  constructor(contents: TreeContents, blob: (path: string) => string) {
    this.#contents = contents;
    this.#blob = blob;
  }

  has(path: string): boolean {
    return this.#contents.has(path);
  }

  blob(path: string): string {
    return this.#blob(path);
  }

  /** Decoded text; '' for a file that is not there. */
  text(path: string): string {
    return new TextDecoder().decode(this.#contents.get(path) ?? new Uint8Array());
  }

  parsed(path: string): ParsedFile {
    const known = this.#parsed.get(path);
    if (known) return known;
    const parsed = parseFile(this.#contents.get(path) ?? new Uint8Array(), { json: path.endsWith('.json') });
    this.#parsed.set(path, parsed);
    return parsed;
  }

  /** The objects of a manifest. */
  resources(path: string): readonly Resource[] {
    const known = this.#resources.get(path);
    if (known) return known;
    const resources = resourcesOf(this.parsed(path), path, this.#blob(path));
    this.#resources.set(path, resources);
    return resources;
  }
}
