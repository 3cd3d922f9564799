import { blobId } from './blob-id.ts';
import { LIMITS, type Limits } from './limits.ts';
import { Listing, unreadable } from './listing.ts';
import type { Snapshot } from './snapshot.ts';

/**
 * A snapshot of files given as text or bytes, by path: what standard input holds, and what tests need.
 * @param ref how messages name it.
 */
export function memorySnapshot(
  ref: string,
  files: Readonly<Record<string, string | Uint8Array>>,
  limits: Limits = LIMITS,
): Snapshot {
  const contents = new Map(
    Object.entries(files).map(([path, content]) => [
      path,
      typeof content === 'string' ? new TextEncoder().encode(content) : content,
    ]),
  );
  const entries = [...contents].map(([path, bytes]) => ({
    path,
    blob: blobId(bytes),
    kind: 'file' as const,
    size: bytes.byteLength,
  }));
  const listing = new Listing(entries, limits);

  function read(path: string): Uint8Array {
    const bytes = contents.get(listing.file(path).path);
    if (bytes === undefined) throw unreadable(path, 'no such file');
    return bytes;
  }
  return {
    ref,
    list: () => listing.entries,
    read: (path) => new Promise((resolve) => resolve(read(path))),
    omitted: listing.omitted,
    close: () => Promise.resolve(),
  };
}
