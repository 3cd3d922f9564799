import { perObject } from '../remember.ts';
import type { Resource } from '../render/resource.ts';

/**
 * Remembers what `derive` makes of a resource, for it depends on nothing else. Resources are immutable, and unchanged ones
 * are the same object on both sides of a review: several rules and both sides share one derivation.
 */
export function perResource<T>(derive: (resource: Resource) => T): (resource: Resource) => T {
  return perObject(derive);
}
