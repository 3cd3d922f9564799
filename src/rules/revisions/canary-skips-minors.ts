import { type IstioVersion, minorDistance } from '../../facts/versions.ts';
import type { ControlPlane, Mesh } from '../../mesh/mesh.ts';
import { defineChangeRule } from '../change-rule.ts';
import { controlPlaneSubject, revisionChange } from './revision-names.ts';

/** How far a new revision may be ahead of the one beside it, in minors (istio.io, canary upgrades; 1.10 and later). */
const FARTHEST = 2;

export default defineChangeRule({
  id: 'canary-skips-minors',
  name: 'canary-skips-minors',
  level: 'warning',
  inputs: ['controlPlanes'],
  summary: 'A new revision is more than two minors ahead of the revision it is installed beside.',
  messages: {
    far: 'Revision {revision} is {to}, {minors} minors ahead of the newest control plane so far ({from}).',
  },
  advice:
    'Go two minors at a time by revision: both revisions share CRDs and root certificates while they run.',
  check({ before, after, report }) {
    const newest = newestOf(before);
    if (!newest) return;
    for (const added of revisionChange(before, after).added) {
      const { version, revision, confidence } = added;
      const minors = version ? minorDistance(newest.version, version) : 0;
      if (!version || minors <= FARTHEST) continue;
      const data = { revision, minors, to: minorOf(version), from: minorOf(newest.version) };
      const evidence = [{ says: `before: ${newest.controlPlane.versionText}`, at: newest.controlPlane.at }];
      report(controlPlaneSubject(added), [], 'far', data, { confidence, evidence });
    }
  },
});

/** The newest control plane; `undefined` where one has no version that is written here. */
function newestOf({
  controlPlanes,
}: Mesh): { readonly controlPlane: ControlPlane; readonly version: IstioVersion } | undefined {
  let newest: { controlPlane: ControlPlane; version: IstioVersion } | undefined;
  for (const controlPlane of controlPlanes) {
    const { version } = controlPlane;
    if (!version) return undefined;
    if (!newest || minorDistance(newest.version, version) > 0) newest = { controlPlane, version };
  }
  return newest;
}

function minorOf({ major, minor }: IstioVersion): string {
  return `${major}.${minor}`;
}
