import { texts, fields } from '../../../body.ts';
import { type Hit, objectHit } from '../hit.ts';
import type { OddLook } from '../odd.ts';

/** Wildcard hosts of VirtualServices that are covered by a wider one, of another VirtualService or the same. */
export const overlappingWildcardHosts: OddLook = {
  inputs: ['VirtualService'],
  hits: (mesh) => {
    const hosts = mesh
      .resources('VirtualService')
      .flatMap((resource) =>
        texts(fields(resource.body, 'spec'), 'hosts').flatMap((host, index) =>
          host.startsWith('*.')
            ? [{ suffix: host.slice(1), hit: objectHit(resource, ['spec', 'hosts', index]) }]
            : [],
        ),
      );
    const known = new Set(hosts.map(({ suffix }) => suffix));
    return hosts
      .filter(({ suffix }) => widerOnes(suffix).some((wider) => known.has(wider)))
      .map(({ hit }): Hit => hit);
  },
};

/** `.example.com` and `.com` for `.a.example.com`. */
function widerOnes(suffix: string): string[] {
  const labels = suffix.slice(1).split('.').slice(1, 20);
  return labels.map((_, index) => `.${labels.slice(index).join('.')}`);
}
