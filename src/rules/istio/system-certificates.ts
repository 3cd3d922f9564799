import { compareVersions } from '../../facts/versions.ts';
import type { Mesh } from '../../mesh/mesh.ts';

/**
 * Whether every proxy verifies servers against the public CAs when no others are given: `VERIFY_CERTIFICATE_AT_CLIENT` is the
 * default since 1.21. Istio's own analyzers do not know, so a closed world does not either.
 */
export function verifiesBySystem(mesh: Mesh): boolean {
  if (mesh.world === 'closed') return false;
  const off = mesh.controlPlanes.some(({ env }) => env['VERIFY_CERTIFICATE_AT_CLIENT'] === 'false');
  if (off) return false;
  return mesh.controlPlanes.every(
    ({ version }) =>
      version === undefined || compareVersions(version, { major: 1, minor: 21, patch: 0 }) >= 0,
  );
}
