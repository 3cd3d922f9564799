import { field, fields, integer, list, text } from '../../../body.ts';
import { objectHit } from '../hit.ts';
import type { OddLook } from '../odd.ts';

/** Ports of ServiceEntries without resolution whose targetPort is another one. */
export const noneWithTargetPort: OddLook = {
  inputs: ['ServiceEntry'],
  hits: (mesh) =>
    mesh.resources('ServiceEntry').flatMap((resource) => {
      const spec = fields(resource.body, 'spec');
      if (!['', 'NONE'].includes(text(spec, 'resolution'))) return [];
      return list(field(resource.body, 'spec'), 'ports').flatMap((port, index) => {
        const target = integer(port, 'targetPort');
        const differs = target !== undefined && target !== 0 && target !== integer(port, 'number');
        return differs ? [objectHit(resource, ['spec', 'ports', index, 'targetPort'])] : [];
      });
    }),
};
