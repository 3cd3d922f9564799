import { type Fields, isMapping } from '../../untyped.ts';
import type { Resource } from '../../render/resource.ts';
import type { Path } from '../../vocabulary.ts';
import { field, fieldName, fields, list, NO_FIELDS } from '../body.ts';
import { perResource } from '../per-resource.ts';

/** One place where a VirtualService sends traffic to. */
export interface Destination {
  readonly role: 'destination' | 'mirror';
  readonly protocol: 'http' | 'tls' | 'tcp';
  readonly fields: Fields;
  /** Of the destination itself, from the resource's body. */
  readonly path: Path;
}

const PROTOCOLS = ['tcp', 'tls', 'http'] as const;

/** Every destination of a VirtualService: routes of the three protocols, and mirrors. */
export const destinationsOf = perResource((virtualService: Resource): readonly Destination[] => {
  const found: Destination[] = [];
  const spec = fields(virtualService.body, 'spec');
  for (const protocol of PROTOCOLS) {
    list(spec, protocol).forEach((route, index) => {
      const path: Path = ['spec', protocol, index];
      list(route, 'route').forEach((target, position) => {
        found.push({
          role: 'destination',
          protocol,
          fields: isMapping(target) ? fields(target, 'destination') : NO_FIELDS,
          path: [...path, 'route', position, 'destination'],
        });
      });
      if (protocol === 'http') found.push(...mirrorsOf(route, path));
    });
  }
  return found;
});

function mirrorsOf(route: unknown, path: Path): Destination[] {
  const found: Destination[] = [];
  if (isMapping(field(route, 'mirror'))) {
    found.push({
      role: 'mirror',
      protocol: 'http',
      fields: fields(route, 'mirror'),
      path: [...path, 'mirror'],
    });
  }
  list(route, 'mirrors').forEach((mirror, index) => {
    found.push({
      role: 'mirror',
      protocol: 'http',
      fields: fields(mirror, 'destination'),
      path: [...path, fieldName(route, 'mirrors'), index, 'destination'],
    });
  });
  return found;
}

/** Path of a field of the destination, as the author spelt it. */
export function within(destination: Destination, name: string): Path {
  return [...destination.path, fieldName(destination.fields, name)];
}
