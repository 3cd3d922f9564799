import { compareVersions } from '../facts/versions.ts';
import type { ControlPlane, Mesh } from '../mesh/mesh.ts';
import { aheadText } from './led-by-component.ts';
import { versionIn } from './upgrade.ts';

/** Why nothing is to be promoted where one control plane stays: as far as its version is written. */
export function steadyText(base: Mesh, head: Mesh, only: ControlPlane): string {
  const serves = `revision ${only.revision} serves everything`;
  const before = base.controlPlanes.find(({ revision }) => revision === only.revision);
  if (!versionIn(only)) return `${serves}, and its version is not written here`;
  if (before && before.versionText !== only.versionText && (!before.version || !isSame(before, only))) {
    const [was, is] = [before.versionText || 'no version', only.versionText || 'no version'];
    return `${serves}; ${was} and ${is} may be the same release, so whether its version changes is not known`;
  }
  return aheadText(base, head, only) ?? `${serves} and its version stays`;
}

function isSame({ version: a }: ControlPlane, { version: b }: ControlPlane): boolean {
  return a !== undefined && b !== undefined && compareVersions(a, b) === 0 && a.patch === b.patch;
}
