import { isKnown } from '../yaml/placeholders.ts';
import type { Resource } from '../render/resource.ts';
import type { Twins } from './environment.ts';
import type { Item } from './kustomize-item.ts';

/**
 * Finds objects of one identity among what one kustomization gathers. kustomize compares group, version, kind, namespace
 * and name at every level ("already registered id") and then builds nothing at all.
 */
export class TwinFinder {
  readonly found: Twins[] = [];
  readonly #by: string;
  readonly #known = new Map<string, Resource>();

  /** @param start what was gathered before, and compared there */
  constructor(by: string, start: readonly Item[]) {
    this.#by = by;
    for (const { resource } of start) this.#known.set(identityOf(resource), resource);
  }

  add(items: readonly Item[]): void {
    for (const { resource } of items) {
      if (resource.name === '' || !isKnown(resource.name) || !isKnown(resource.namespace)) continue;
      const identity = identityOf(resource);
      const first = this.#known.get(identity);
      if (first) this.found.push({ first, second: resource, by: this.#by });
      else this.#known.set(identity, resource);
    }
  }
}

/** An object without a namespace is one of `default` to kustomize. */
function identityOf({ apiVersion, kind, namespace, name }: Resource): string {
  return `${apiVersion} ${kind} ${namespace || 'default'}/${name}`;
}
