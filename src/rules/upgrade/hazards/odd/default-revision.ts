import { componentHit } from '../hit.ts';
import type { OddLook } from '../odd.ts';

/** Control planes with a revision of their own, where no tag makes one of them the default. */
export const revisionWithoutDefault: OddLook = {
  inputs: ['components', 'tags'],
  hits: ({ components, tags }) => {
    if (tags.some(({ name }) => name === 'default')) return [];
    return components
      .filter(
        ({ component, revision }) =>
          component === 'istiod' && revision !== undefined && revision !== 'default',
      )
      .map((part) => componentHit(part));
  },
};
