import { createHash } from 'node:crypto';

/** The hash a repository names its objects by. */
export type ObjectFormat = 'sha1' | 'sha256';

/** The id git gives to this content, so that files outside git compare equal to blobs inside it. */
export function blobId(content: Uint8Array, format: ObjectFormat = 'sha1'): string {
  return createHash(format).update(`blob ${content.byteLength}\0`).update(content).digest('hex');
}
