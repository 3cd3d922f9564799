import { atLeast } from '../../facts/versions.ts';
import type { Mesh, Workload } from '../../mesh/mesh.ts';
import { qualifiedName } from '../body.ts';
import { defineRule } from '../rule.ts';

const VARIABLE = 'BLOCKED_CIDRS_IN_JWKS_URIS';
/** Later patches of 1.28 have it too, but nobody can be expected to set it there. */
const FIRST_MINOR = 29;

/** IST0175 (since 1.29): istiod fetches the jwksUri of anybody who may write a RequestAuthentication. */
export default defineRule({
  id: 'IST0175',
  name: 'jwks-unrestricted',
  level: 'warning',
  inputs: ['RequestAuthentication', 'workloads', 'controlPlanes'],
  summary: 'istiod fetches key sets from any address that a RequestAuthentication names.',
  messages: {
    unrestricted:
      'istiod fetches the key sets of {count} RequestAuthentications ({examples}), and BLOCKED_CIDRS_IN_JWKS_URIS restricts it to no network.',
  },
  advice:
    'Set BLOCKED_CIDRS_IN_JWKS_URIS on istiod to the networks it must not reach, such as 169.254.0.0/16.',
  check({ mesh, report }) {
    const requests = mesh.resources('RequestAuthentication');
    if (requests.length === 0) return;
    for (const workload of mesh.workloads) {
      if (workload.kind !== 'Deployment' || workload.resource.labels.app !== 'istiod') continue;
      if (workload.containers.some(({ env, init }) => !init && (env[VARIABLE] ?? '') !== '')) continue;
      if (mesh.world === 'open' && !hasSetting(mesh, workload)) continue;
      const data = { count: requests.length, examples: requests.slice(0, 5).map(qualifiedName) };
      report(workload.resource, ['metadata', 'name'], 'unrestricted', data);
    }
  },
});

/** Whether this istiod is of a release that knows the variable; a version that is not written says nothing. */
function hasSetting({ controlPlanes }: Mesh, { resource }: Workload): boolean {
  const controlPlane = controlPlanes.find((candidate) => candidate.resource === resource);
  return atLeast(controlPlane?.version, FIRST_MINOR) === true;
}
