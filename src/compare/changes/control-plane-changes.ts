import type { Change, Evidence } from '../../vocabulary.ts';
import { compareVersions, formatVersion, minorDistance } from '../../facts/versions.ts';
import type { IstioVersion } from '../../facts/versions.ts';
import { newlyUninstalled } from '../../mesh/installations/script-installations.ts';
import { fieldAt, textAt } from '../../untyped.ts';
import type { ControlPlane, Mesh } from '../../mesh/mesh.ts';
import { isKnown } from '../../yaml/placeholders.ts';
import { blastRadius } from './blast-radius.ts';
import { followersOf, injectedBy } from './names.ts';
import { pairUp } from './pairs.ts';

/** Control planes that came, went, or change their version under the same name. */
export function controlPlaneChanges(base: Mesh, head: Mesh): Change[] {
  const { both, added, removed } = pairUp(
    base.controlPlanes,
    head.controlPlanes,
    ({ revision, namespace }) => `${revision} ${namespace}`,
    ({ at }) => at.file,
  );
  return [
    ...distinct(removed.filter((one) => !stillThere(one, head))).map((one) =>
      removal(base, head, one, added),
    ),
    ...distinct(added.filter((one) => !stillThere(one, base))).map((one) => addition(head, one)),
    ...both.flatMap(([before, after]) => upgrade(head, before, after) ?? []),
  ];
}

/** The first of those that are the same revision in the same namespace. */
function distinct(controlPlanes: readonly ControlPlane[]): ControlPlane[] {
  const first = new Map<string, ControlPlane>();
  for (const one of controlPlanes) {
    const key = `${one.revision} ${one.namespace}`;
    if (!first.has(key)) first.set(key, one);
  }
  return [...first.values()];
}

/**
 * A second owner of the same revision comes or goes: the revision itself stays. So it may where a revision is set out of
 * sight: it may be the very one.
 */
function stillThere({ revision, namespace }: ControlPlane, mesh: Mesh): boolean {
  return mesh.controlPlanes.some(
    (one) =>
      one.namespace === namespace &&
      (one.revision === revision || !isKnown(one.revision) || !isKnown(revision)),
  );
}

function removal(base: Mesh, head: Mesh, gone: ControlPlane, added: readonly ControlPlane[]): Change {
  const { namespaces, workloads } = injectedBy(base, gone.revision);
  // istioctl deletes nothing: what it installs next comes beside it.
  const successor = added.find(
    ({ release, namespace }) =>
      gone.installer !== 'istioctl' && release === gone.release && namespace === gone.namespace,
  );
  return {
    kind: 'revision-removed',
    subject: gone.revision,
    ...fromVersion(gone),
    message: `Control plane ${nameOf(gone)} ${farewell(gone, newlyUninstalled(base.scripts, head.scripts))}.`,
    at: gone.at,
    evidence: [...(successor ? [replacedBy(successor)] : []), ...stillAskingFor(head, gone.revision)],
    blastRadius: blastRadius(base, workloads, namespaces),
  };
}

/** What becomes of it differs: Helm deletes, the Sail operator waits (30 seconds unless told), istioctl does nothing. */
function farewell({ installer, resource, revision }: ControlPlane, uninstalled: ReadonlySet<string>): string {
  if (installer === 'istioctl' && !uninstalled.has(revision)) {
    return 'is no longer written here: it runs on until somebody uninstalls it';
  }
  const byVersion = textAt(resource?.body, 'spec', 'updateStrategy', 'type') === 'RevisionBased';
  if (installer === 'sail' && byVersion) {
    const grace = fieldAt(
      resource?.body,
      'spec',
      'updateStrategy',
      'inactiveRevisionDeletionGracePeriodSeconds',
    );
    const seconds = typeof grace === 'number' ? grace : 30;
    return `is replaced: the operator deletes it once nothing has used it for ${seconds} seconds`;
  }
  return 'is removed: proxies it serves keep their last configuration and cannot renew their certificates';
}

/** All objects of a release carry the revision in their names, so renaming it deletes the old ones in the same step. */
function replacedBy({ release = '', revision, at }: ControlPlane): Evidence {
  return { says: `release ${release} installs ${revision} instead, so both change at once`, at };
}

function stillAskingFor(head: Mesh, revision: string): Evidence[] {
  const tags = head.tags
    .filter((tag) => tag.revision === revision)
    .map(({ name, at }) => ({ says: `tag ${name} still points to it`, at }));
  const { namespaces } = followersOf(head, revision);
  const labelled = namespaces.map((name) => ({ says: `namespace ${name} still asks for it` }));
  return [...tags, ...labelled.slice(0, MANY)];
}

/** Enough to see that it is not over; the blast radius names them all. */
const MANY = 5;

function addition(head: Mesh, added: ControlPlane): Change {
  const { namespaces, workloads } = injectedBy(head, added.revision);
  return {
    kind: 'revision-added',
    subject: added.revision,
    ...toVersion(added),
    message: `Control plane ${nameOf(added)} is new.`,
    at: added.at,
    evidence: [],
    blastRadius: blastRadius(head, workloads, namespaces),
  };
}

function upgrade(head: Mesh, before: ControlPlane, after: ControlPlane): Change | undefined {
  if (before.versionText === after.versionText || !isKnown(after.revision)) return undefined;
  // Another way to install it, with the version where we cannot see, is no upgrade that anyone could vouch for.
  if (before.versionText === '' || after.versionText === '') return undefined;
  const known = before.version !== undefined && after.version !== undefined;
  const step = known ? direction(before.version, after.version) : 0;
  const { namespaces, workloads } = injectedBy(head, after.revision);
  return {
    kind: 'revision-upgraded-in-place',
    subject: after.revision,
    ...fromVersion(before),
    ...toVersion(after),
    message: `Control plane ${after.revision} ${verb(step)} from ${versionOf(before)} to ${versionOf(after)} in place: it serves all its proxies at once, and pods get the new proxy when they are next created.`,
    at: after.at,
    evidence: [
      { says: `before: ${versionOf(before)}`, at: before.at },
      ...(known ? skipped(minorDistance(before.version, after.version)) : []),
    ],
    blastRadius: blastRadius(head, workloads, namespaces),
  };
}

function skipped(minors: number): Change['evidence'] {
  if (minors <= 1) return [];
  return [{ says: `${minors} minors in one step; Istio supports one at a time in place` }];
}

/** Two patches compare only where both are written: a range may already have chosen the newer one. */
function direction(before: IstioVersion, after: IstioVersion): number {
  const minors = minorDistance(before, after);
  const open = before.patch === undefined || after.patch === undefined;
  return minors === 0 && open ? 0 : compareVersions(after, before);
}

function verb(step: number): string {
  return step < 0 ? 'is downgraded' : step > 0 ? 'is upgraded' : 'changes';
}

function nameOf(controlPlane: ControlPlane): string {
  const version = versionOf(controlPlane);
  return version === 'a version not written here'
    ? controlPlane.revision
    : `${controlPlane.revision} (${version})`;
}

/** The text as written says more than the number (`1.10.0-distroless`), except where it is no single release. */
function versionOf({ version, versionText }: Pick<ControlPlane, 'version' | 'versionText'>): string {
  if (versionText !== '') return versionText;
  return version ? formatVersion(version) : 'a version not written here';
}

function fromVersion(controlPlane: ControlPlane): Pick<Change, 'from'> {
  return controlPlane.versionText === '' ? {} : { from: controlPlane.versionText };
}

function toVersion(controlPlane: ControlPlane): Pick<Change, 'to'> {
  return controlPlane.versionText === '' ? {} : { to: controlPlane.versionText };
}
