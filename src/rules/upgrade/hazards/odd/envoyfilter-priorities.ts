import { fields, integer } from '../../../body.ts';
import { objectHit } from '../hit.ts';
import type { OddLook } from '../odd.ts';

/** EnvoyFilters with a priority, where some stand in the root namespace and some elsewhere. */
export const envoyFilterPriorities: OddLook = {
  inputs: ['EnvoyFilter', 'meshConfig'],
  hits: (mesh) => {
    const filters = mesh.resources('EnvoyFilter');
    const inRoot = filters.filter(({ namespace }) => namespace === mesh.rootNamespace).length;
    if (inRoot === 0 || inRoot === filters.length) return [];
    return filters
      .filter(({ body }) => (integer(fields(body, 'spec'), 'priority') ?? 0) !== 0)
      .map((resource) => objectHit(resource, ['spec', 'priority']));
  },
};
