import { createHash } from 'node:crypto';
import type { ResourceId } from '../vocabulary.ts';
import type { MessageData } from './rule.ts';

/**
 * The identity of a defect on both sides of a review: rule, resource, message and offending values. Lines have no part in
 * it, so a defect that moves within its file stays the same one. 128 bits as hexadecimal text.
 */
export function fingerprintOf(
  rule: string,
  resource: ResourceId,
  message: string,
  data: MessageData,
): string {
  const values = Object.keys(data)
    .sort()
    .map((name) => [name, data[name]]);
  const identity = [rule, resource.kind, resource.namespace, resource.name, message, values];
  return createHash('sha256').update(JSON.stringify(identity)).digest('hex').slice(0, 32);
}
