import { closeSync, constants, fstatSync, openSync, readFileSync, readSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { blobId, type ObjectFormat } from './blob-id.ts';
import { tooLarge, type Limits } from './limits.ts';
import { unreadable } from './listing.ts';

/** Neither through a link that replaced the file after it was listed, nor waiting for a pipe's other end. */
const SAFELY = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);

/**
 * The bytes of a regular file. Synchronous on purpose: for many small files a quarter of the time of promises.
 * @param path how messages name it.
 * @throws SourceError `unreadable` for what is no regular file, is too large, or may not be read.
 */
export function readDiskFile(absolute: string, path: string, limits: Limits): Uint8Array {
  return withFile(absolute, path, (file, size) => {
    if (size > limits.maxFileBytes) throw unreadable(path, tooLarge(limits));
    return readFileSync(file);
  });
}

/**
 * Git's id for the content of a file, of any size.
 * @throws SourceError `unreadable` as readDiskFile.
 */
export function diskBlobId(absolute: string, path: string, format: ObjectFormat): string {
  return withFile(absolute, path, (file, size) => {
    if (size <= CHUNK) return blobId(readFileSync(file), format);
    const hash = createHash(format).update(`blob ${size}\0`);
    const chunk = Buffer.allocUnsafe(CHUNK);
    for (let read = readSync(file, chunk); read > 0; read = readSync(file, chunk)) {
      hash.update(chunk.subarray(0, read));
    }
    return hash.digest('hex');
  });
}

const CHUNK = 4 * 1024 * 1024;

function withFile<T>(absolute: string, path: string, use: (file: number, size: number) => T): T {
  let file: number | undefined;
  try {
    file = openSync(absolute, SAFELY);
    const stat = fstatSync(file);
    if (!stat.isFile()) throw unreadable(path, 'not a regular file');
    return use(file, stat.size);
  } catch (error) {
    throw isSystemError(error) ? unreadable(path, error.code ?? error.message) : error;
  } finally {
    if (file !== undefined) closeSync(file);
  }
}

/** An error of the operating system, told by its `code` (`ENOENT`, `EACCES`). */
export function isSystemError(error: unknown): error is NodeJS.ErrnoException {
  return typeof error === 'object' && error !== null && 'syscall' in error;
}
