import type { Environment } from '../environments/environment.ts';
import type { Inventory } from './inventory.ts';

/** The name of a live cluster among environments. */
export const CLUSTER = 'cluster';

/** A live cluster as an environment: the rules read it as they read a repository's. */
export function liveEnvironment(inventory: Inventory): Environment {
  return {
    name: CLUSTER,
    roots: [CLUSTER],
    because: 'the live cluster',
    resources: inventory.resources,
    files: new Set(inventory.resources.map(({ origin }) => origin.file)),
    charts: [],
    opaque: [],
    unchecked: inventory.unchecked,
    holdsAll: (kind, namespace) => inventory.holdsAll(kind, namespace),
  };
}
