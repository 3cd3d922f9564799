import { compareVersions, type IstioVersion } from '../../facts/versions.ts';
import type { ControlPlane, Mesh } from '../../mesh/mesh.ts';
import type { Evidence } from '../../vocabulary.ts';
import { defineFleetRule, type FleetMember, type OtherMember } from '../fleet-rule.ts';
import { subjectAt } from '../subject.ts';
import { stageRank } from './stage-rank.ts';

/** What stands before production is there to find out first what a new minor release does to the workloads. */
export default defineFleetRule({
  id: 'environment-drift',
  name: 'environment-drift',
  level: 'warning',
  inputs: ['controlPlanes'],
  summary: 'Production gets a minor release of Istio that no environment before it has run.',
  messages: {
    first: '{environment} goes from Istio {from} to {to} and would be the first to run {minor}: {others}.',
    jump: '{environment} jumps {count} minors, from Istio {from} to {to}, and would be the first to run {minor}: {others}.',
    together:
      '{environment} goes to Istio {to} in the same change as {others}: none of them has run {minor} before.',
  },
  advice:
    'Bring the environments before production to this minor first and watch their workloads. If they are there already, the repository does not say so.',
  check({ environment, others, report, unchecked }) {
    const { before, after } = environment;
    const newest = after && newestOf(after);
    const previous = before && newestOf(before);
    if (!newest || !previous || newest.version.minor <= previous.version.minor) return;
    if (stageRank(environment.name) !== 'production') return;
    const lower = membersBefore(others);
    if (lower.length === 0) return;
    const { minor } = newest.version;
    if (lower.some(({ before: mesh }) => mesh && newestOf(mesh, minor))) return;
    const subject = subjectAt(
      { kind: 'ControlPlane', namespace: newest.plane.namespace, name: newest.plane.revision },
      newest.plane.at,
    );
    const hidden = lower.find(
      ({ before: mesh }) => mesh && !mesh.controlPlanes.every(({ version }) => version),
    );
    if (hidden) {
      unchecked(`what ${hidden.name} has run`, 'the version of its control plane is not known', subject);
      return;
    }
    const along = lower.filter(({ after: mesh }) => mesh && newestOf(mesh, minor));
    const data = {
      environment: environment.name,
      from: previous.plane.versionText,
      to: newest.plane.versionText,
      minor: `1.${minor}`,
    };
    const count = minor - previous.version.minor;
    if (along.length > 0) {
      report(subject, [], 'together', { ...data, others: along.map(({ name }) => name) }, { level: 'info' });
    } else {
      const id = count > 1 ? 'jump' : 'first';
      const says = { ...data, count, others: lower.flatMap(standing) };
      report(subject, [], id, says, {
        confidence: newest.plane.confidence,
        evidence: lower.flatMap(evidence),
      });
    }
  },
});

interface Newest {
  readonly plane: ControlPlane;
  readonly version: IstioVersion;
}

/** The control plane of the highest version, of at least the minor `from`. */
function newestOf({ controlPlanes }: Mesh, from = 0): Newest | undefined {
  return controlPlanes
    .flatMap((plane) =>
      plane.version && plane.version.minor >= from ? [{ plane, version: plane.version }] : [],
    )
    .sort((a, b) => compareVersions(b.version, a.version))[0];
}

/** Environments with a control plane whose names say that they come before production. */
function membersBefore(others: readonly OtherMember[]): FleetMember[] {
  return others
    .filter(({ name }) => ['early', 'middle'].includes(stageRank(name) ?? ''))
    .map(({ member }) => member())
    .filter(({ before }) => before !== undefined && before.controlPlanes.length > 0);
}

function standing({ name, before }: FleetMember): string[] {
  const newest = before && newestOf(before);
  return newest ? [`${name} runs ${newest.plane.versionText}`] : [];
}

function evidence({ name, before }: FleetMember): Evidence[] {
  const newest = before && newestOf(before);
  return newest ? [{ says: `${name}: ${newest.plane.versionText}`, at: newest.plane.at }] : [];
}
