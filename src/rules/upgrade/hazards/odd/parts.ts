import { compareVersions, parseIstioVersion } from '../../../../facts/versions.ts';
import { asResource, titleOf } from '../../component-finding.ts';
import { settingHit } from '../hit.ts';
import type { OddLook } from '../odd.ts';

/** A part of the installation (first argument) that this change leaves older than a release (the second). */
export const partOlderThan: OddLook = {
  inputs: ['components'],
  hits: (mesh, [wanted, release = '']) => {
    const least = parseIstioVersion(release);
    return mesh.components.flatMap((part) => {
      const { component, version, versionText, at } = part;
      if (component !== wanted || !version || !least || compareVersions(version, least) >= 0) return [];
      return [settingHit(asResource(part), () => at, `the ${titleOf(part)} is ${versionText}`, undefined)];
    });
  },
};
