import { field, list, text } from '../../../body.ts';
import { objectHit } from '../hit.ts';
import type { OddLook } from '../odd.ts';

/** Subsets of a DestinationRule that bear the name of an earlier one. */
export const duplicateSubsets: OddLook = {
  inputs: ['DestinationRule'],
  hits: (mesh) =>
    mesh.resources('DestinationRule').flatMap((resource) => {
      const names = list(field(resource.body, 'spec'), 'subsets').map((subset) => text(subset, 'name'));
      return names.flatMap((name, index) =>
        name !== '' && names.indexOf(name) < index
          ? [objectHit(resource, ['spec', 'subsets', index, 'name'])]
          : [],
      );
    }),
};
