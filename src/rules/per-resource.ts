import type { Resource } from '../render/resource.ts';

/**
 * Remembers what `derive` makes of a resource, for it depends on nothing else. Resources are immutable, and unchanged ones
 * are the same object on both sides of a review: several rules and both sides share one derivation.
 */
export function perResource<T extends object>(derive: (resource: Resource) => T): (resource: Resource) => T {
  const known = new WeakMap<Resource, T>();
  return (resource) => {
    const before = known.get(resource);
    if (before !== undefined) return before;
    const derived = derive(resource);
    known.set(resource, derived);
    return derived;
  };
}
