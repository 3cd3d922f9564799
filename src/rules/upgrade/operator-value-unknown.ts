import { REMOVED_MESH_CONFIG, REMOVED_OPERATOR_VALUES } from '../../facts/operator-values.ts';
import { minorDistance } from '../../facts/versions.ts';
import type { ControlPlane, Mesh } from '../../mesh/mesh.ts';
import { defineRule } from '../rule.ts';
import { reach } from './hazards/reach.ts';

/** istioctl decodes the values and the mesh config of an IstioOperator against its schema, where Helm looks at nothing. */
export default defineRule({
  id: 'operator-value-unknown',
  name: 'operator-value-unknown',
  level: 'error',
  inputs: ['controlPlanes', 'upgrades'],
  summary:
    'An IstioOperator holds a value or a field of the mesh config that its istioctl does not know any more.',
  messages: {
    removed: 'istioctl of Istio {version} does not know {key} any more (since 1.{since}): the install fails.',
  },
  advice:
    'Remove it. What it did is a field of the mesh config today, or gone: the notes of that release say which.',
  check({ mesh, report }) {
    for (const { resource, installer, version } of mesh.controlPlanes) {
      if (installer !== 'istioctl' || resource?.kind !== 'IstioOperator' || !version) continue;
      for (const { key, since, paths } of removedBy(version.minor)) {
        // An upgrade that leaves it behind is told by what that release changes.
        if (isCrossed(mesh, resource.name, since)) continue;
        const [found] = paths.flatMap((path) => reach(resource.body, path));
        if (!found) continue;
        report(
          resource,
          found.path,
          'removed',
          { version: `1.${version.minor}`, key, since },
          { atKey: true },
        );
      }
    }
  },
});

interface Removed {
  readonly key: string;
  readonly since: number;
  readonly paths: readonly string[];
}

function removedBy(minor: number): Removed[] {
  const values = REMOVED_OPERATOR_VALUES.filter((one) => one.in <= minor).flatMap((one) =>
    one.keys.map((key) => ({ key: `values.${key}`, since: one.in, paths: [`spec.values.${key}`] })),
  );
  const config = REMOVED_MESH_CONFIG.filter((one) => one.in <= minor).flatMap((one) =>
    one.keys.map((key) => ({
      key: `meshConfig.${key}`,
      since: one.in,
      paths: [`spec.meshConfig.${key}`, `spec.values.meshConfig.${key}`],
    })),
  );
  return [...values, ...config];
}

function isCrossed({ upgrades }: Mesh, release: ControlPlane['release'], since: number): boolean {
  return upgrades.some(
    ({ after, from, to }) =>
      after.name === release && minorDistance(from, to) > 0 && from.minor < since && since <= to.minor,
  );
}
