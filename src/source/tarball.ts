import { Readable } from 'node:stream';
import type { ReadableStream } from 'node:stream/web';
import { createGunzip } from 'node:zlib';

/** What an archive holds at a path: a file's bytes, or where a link points to. Links are told, never followed. */
export interface TarEntry {
  /** Without the folder that GitHub wraps an archive in. */
  readonly path: string;
  readonly kind: 'file' | 'symlink';
  readonly bytes: Uint8Array;
}

export interface TarLimits {
  /** Bytes after unpacking, of the whole archive: what bounds time and a compression bomb. */
  readonly maxBytes: number;
  /** Larger files are passed over. */
  readonly maxFileBytes: number;
}

/** The archive is not what it should be: cut off, larger than allowed, not a tar. */
export class BrokenTarball extends Error {
  override readonly name = 'BrokenTarball';
}

/**
 * Reads a gzipped tar as it arrives, and keeps only the entries that are asked for. Nothing is written anywhere.
 * @throws BrokenTarball, also when the connection breaks; AbortError.
 */
export async function* readTarball(
  stream: ReadableStream,
  wants: (path: string) => boolean,
  limits: TarLimits,
): AsyncGenerator<TarEntry> {
  const parser = new TarParser(wants, limits);
  const source = Readable.fromWeb(stream);
  const unpacked = source.pipe(createGunzip());
  source.on('error', (error) => unpacked.destroy(error));
  try {
    for await (const chunk of unpacked as AsyncIterable<Buffer>) yield* parser.push(chunk);
  } catch (error) {
    if (error instanceof BrokenTarball || isAbort(error)) throw error;
    throw new BrokenTarball('not a gzipped archive, or cut off');
  } finally {
    source.destroy();
    unpacked.destroy();
  }
  if (!parser.ended) throw new BrokenTarball('cut off');
}

function isAbort(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'name' in error && error.name === 'AbortError';
}

const BLOCK = 512;
/** Longest extended header: it holds a path. */
const MOST_EXTENDED = 64 * 1024;

interface Member {
  readonly path: string;
  readonly type: string;
  readonly link: string;
  readonly size: number;
  /** The member's bytes as far as they came; undefined when nobody wants them. */
  readonly parts: Buffer[] | undefined;
  /** Bytes still to come, with those that fill the last block. */
  left: number;
}

/** https://pubs.opengroup.org/onlinepubs/9699919799/utilities/pax.html: ustar headers and pax records. */
class TarParser {
  /** Whether the end mark was seen. */
  ended = false;
  readonly #wants: (path: string) => boolean;
  readonly #limits: TarLimits;
  #header = Buffer.alloc(0);
  #member: Member | undefined;
  #longPath: string | undefined;
  #total = 0;

  constructor(wants: (path: string) => boolean, limits: TarLimits) {
    this.#wants = wants;
    this.#limits = limits;
  }

  *push(chunk: Buffer): Generator<TarEntry> {
    this.#total += chunk.length;
    if (this.#total > this.#limits.maxBytes) throw new BrokenTarball('larger than its listing says');
    let rest = chunk;
    while (rest.length > 0 && !this.ended) {
      if (this.#member) {
        rest = this.#fill(this.#member, rest);
      } else {
        const part = rest.subarray(0, BLOCK - this.#header.length);
        this.#header = Buffer.concat([this.#header, part]);
        rest = rest.subarray(part.length);
        if (this.#header.length === BLOCK) this.#open();
      }
      if (this.#member?.left === 0) yield* this.#close(this.#member);
    }
  }

  #fill(member: Member, chunk: Buffer): Buffer {
    const part = chunk.subarray(0, member.left);
    member.parts?.push(part);
    member.left -= part.length;
    return chunk.subarray(part.length);
  }

  #open(): void {
    const header = this.#header;
    this.#header = Buffer.alloc(0);
    if (header.every((byte) => byte === 0)) {
      this.ended = true;
      return;
    }
    const size = sizeOf(header);
    const type = header.toString('latin1', 156, 157);
    const path = withoutFolder(this.#longPath ?? nameOf(header));
    const wanted = isExtension(type)
      ? size <= MOST_EXTENDED
      : isFile(type) && size <= this.#limits.maxFileBytes && this.#wants(path);
    const link = textAt(header, 157, 257);
    const left = Math.ceil(size / BLOCK) * BLOCK;
    this.#member = { path, type, link, size, parts: wanted ? [] : undefined, left };
  }

  *#close({ path, type, link, size, parts }: Member): Generator<TarEntry> {
    this.#member = undefined;
    const bytes = parts && Buffer.concat(parts).subarray(0, size);
    if (isExtension(type)) {
      if (type === 'x') this.#longPath = bytes && pathOfRecords(bytes);
      if (type === 'L') this.#longPath = bytes?.toString('utf8').replace(/\0+$/, '');
      return;
    }
    this.#longPath = undefined;
    if (bytes) yield { path, kind: 'file', bytes };
    else if (type === '2' && this.#wants(path)) yield { path, kind: 'symlink', bytes: Buffer.from(link) };
  }
}

/** pax records for the next member and for all, and GNU's long name. */
function isExtension(type: string): boolean {
  return type === 'x' || type === 'g' || type === 'L';
}

function isFile(type: string): boolean {
  return type === '0' || type === '\0';
}

function nameOf(header: Buffer): string {
  const prefix = header.toString('latin1', 257, 262) === 'ustar' ? textAt(header, 345, 500) : '';
  const name = textAt(header, 0, 100);
  return prefix === '' ? name : `${prefix}/${name}`;
}

function textAt(header: Buffer, from: number, to: number): string {
  const end = header.indexOf(0, from);
  return header.toString('utf8', from, end < 0 || end > to ? to : end);
}

function sizeOf(header: Buffer): number {
  const size = parseInt(header.toString('latin1', 124, 136), 8);
  if (!Number.isSafeInteger(size) || size < 0) throw new BrokenTarball('a header without a size');
  return size;
}

/** Records read `LENGTH key=value\n`. */
function pathOfRecords(records: Buffer): string | undefined {
  for (let at = 0; at < records.length;) {
    const length = parseInt(records.toString('latin1', at, at + 12), 10);
    if (!(length > 0)) return undefined;
    const record = records.toString('utf8', at, at + length - 1);
    const path = /^\d+ path=([^]*)$/.exec(record)?.[1];
    if (path !== undefined) return path;
    at += length;
  }
  return undefined;
}

function withoutFolder(path: string): string {
  return path.slice(path.indexOf('/') + 1);
}
