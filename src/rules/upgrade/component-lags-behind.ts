import { type IstioVersion, minorDistance } from '../../facts/versions.ts';
import type { Mesh, MeshComponent } from '../../mesh/mesh.ts';
import { defineRule } from '../rule.ts';
import { asResource, titleOf } from './component-finding.ts';

/** istio-cni and ztunnel 1.x work with istiod 1.x and 1.x+1 (istio.io, ambient upgrade with Helm). */
const SUPPORTED_LAG = 1;

export default defineRule({
  id: 'component-lags-behind',
  name: 'component-lags-behind',
  level: 'warning',
  inputs: ['components'],
  summary: 'istio-cni or ztunnel is more than one minor older than every control plane.',
  messages: {
    behind: 'The {title} is {version}, {lag} minors behind the control plane ({other}).',
  },
  advice: 'Upgrade it to the minor of the control plane; it may lag by one.',
  check({ mesh, report }) {
    const planes = mesh.components.filter(({ component }) => component === 'istiod');
    const oldest = oldestOf(planes);
    if (!oldest) return;
    for (const part of nodeAgents(mesh)) {
      if (!part.version) continue;
      const lag = minorDistance(part.version, oldest.version);
      if (lag <= SUPPORTED_LAG) continue;
      const data = {
        title: titleOf(part),
        version: minorOf(part.version),
        lag,
        other: minorOf(oldest.version),
      };
      const evidence = [
        { says: `${titleOf(oldest.part)} is ${oldest.part.versionText}`, at: oldest.part.at },
      ];
      report(asResource(part), [], 'behind', data, { confidence: part.confidence, evidence });
    }
  },
});

function nodeAgents(mesh: Mesh): readonly MeshComponent[] {
  return mesh.components.filter(({ component }) => component === 'cni' || component === 'ztunnel');
}

/** The oldest control plane; `undefined` where one has no version that is written here. */
function oldestOf(
  planes: readonly MeshComponent[],
): { readonly part: MeshComponent; readonly version: IstioVersion } | undefined {
  let oldest: { part: MeshComponent; version: IstioVersion } | undefined;
  for (const part of planes) {
    if (!part.version) return undefined;
    if (!oldest || minorDistance(oldest.version, part.version) < 0) oldest = { part, version: part.version };
  }
  return oldest;
}

function minorOf({ major, minor }: IstioVersion): string {
  return `${major}.${minor}`;
}
