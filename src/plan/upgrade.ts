import {
  compareVersions,
  formatVersion,
  mayBeSame,
  parseIstioVersion,
  type IstioVersion,
} from '../facts/versions.ts';
import type { ControlPlane, Mesh } from '../mesh/mesh.ts';
import { isKnown } from '../yaml/placeholders.ts';
import { followersIn } from './followers.ts';
import { divide } from './names.ts';
import { ledByComponent } from './led-by-component.ts';
import { isObjectName, isServiceName } from './shell.ts';
import { steadyText } from './steady.ts';

/** Which upgrade an environment is in, as both sides of the change show it. */
export type Upgrade =
  | { readonly is: 'unknown'; readonly because: string }
  /** Nothing is to be promoted. */
  | { readonly is: 'steady'; readonly because: string }
  | {
      readonly is: 'in-place';
      readonly from: ControlPlane;
      readonly to: ControlPlane;
      /** What shows it, where that is not the control plane's own version. */
      readonly because?: string;
    }
  | {
      readonly is: 'canary';
      readonly to: ControlPlane;
      /** What it replaces, the oldest first; never empty. */
      readonly olds: readonly ControlPlane[];
      /** Why there is nothing to promote after all: both run the same version and nothing follows the new one. */
      readonly idle?: string;
    };

/** Control planes of both sides, one for each revision. */
interface Planes {
  readonly base: readonly ControlPlane[];
  readonly head: readonly ControlPlane[];
}

/** Reads the upgrade out of the control planes of both sides, and who follows them. */
export function upgradeOf(base: Mesh, head: Mesh): Upgrade {
  const doubt = doubtIn(base) ?? doubtIn(head);
  if (doubt !== undefined) return { is: 'unknown', because: doubt };
  const planes = { base: oneEach(base.controlPlanes), head: oneEach(head.controlPlanes) };
  if (planes.base.length + planes.head.length === 0) {
    return { is: 'unknown', because: 'no control plane is written here' };
  }
  if (planes.base.length === 0)
    return { is: 'unknown', because: 'this change writes the first control plane' };
  if (planes.head.length === 0) return { is: 'unknown', because: 'this change removes every control plane' };
  return ofSeveral(base, head, planes);
}

function ofSeveral(base: Mesh, head: Mesh, planes: Planes): Upgrade {
  const added = planes.head.filter((one) => !has(planes.base, one));
  const removed = planes.base.filter((one) => !has(planes.head, one));
  if (added.length > 0) {
    const to = newest(added);
    if (!to)
      return { is: 'unknown', because: `${listed(added)} are new, and which one is to stay is not written` };
    return canary(base, head, to, [...planes.head, ...removed]);
  }
  const [only, ...others] = planes.head;
  if (only && others.length === 0) return ofOne(base, head, only, removed, planes);
  const inPlace = upgradedInPlace(planes);
  const to = newest(planes.head);
  if (inPlace && (!to || to.revision === inPlace.to.revision)) {
    const isCanary = followersOf(head, planes, inPlace.to.revision) === 0;
    return isCanary && to ? canary(base, head, to, [...planes.head, ...removed]) : inPlace;
  }
  if (to) return canary(base, head, to, [...planes.head, ...removed]);
  return sameVersion(base, head, planes);
}

/** One control plane is left, or there never was another. */
function ofOne(
  base: Mesh,
  head: Mesh,
  only: ControlPlane,
  removed: readonly ControlPlane[],
  planes: Planes,
): Upgrade {
  if (removed.length === 0) {
    return (
      upgradedInPlace(planes) ??
      ledByComponent(base, head, only) ?? {
        is: 'steady',
        because: steadyText(base, head, only),
      }
    );
  }
  const unused = removed.every(({ revision }) => followersOf(base, planes, revision) === 0);
  const notOlder = removed.every((gone) => (compared(gone, only) ?? -1) >= 0);
  if (unused && notOlder) {
    return { is: 'steady', because: `${listed(removed)} is removed, which nothing written here follows` };
  }
  return canary(base, head, only, removed);
}

function canary(base: Mesh, head: Mesh, to: ControlPlane, all: readonly ControlPlane[]): Upgrade {
  const olds = all.filter(({ revision }) => revision !== to.revision).sort((a, b) => compared(a, b) ?? 0);
  if (olds.length === 0) return { is: 'steady', because: `revision ${to.revision} is the only one` };
  const planes = { base: oneEach(base.controlPlanes), head: oneEach(head.controlPlanes) };
  const same = olds.every((old) => compared(old, to) === 0);
  if (same && followersOf(head, planes, to.revision) === 0 && !isTagged(head, to)) {
    const idle = `revision ${to.revision} runs the version of ${listed(olds)} and nothing written here follows it: there is nothing to promote until it runs another`;
    return { is: 'canary', to, olds, idle };
  }
  return { is: 'canary', to, olds };
}

/** Of revisions at one version, the one that is new to somebody is the goal; the one nobody follows is waiting. */
function sameVersion(base: Mesh, head: Mesh, planes: Planes): Upgrade {
  const gaining = planes.head.filter(
    ({ revision }) => followersOf(head, planes, revision) > followersOf(base, planes, revision),
  );
  const idle = planes.head.filter(({ revision }) => followersOf(head, planes, revision) === 0);
  const [to, ...more] = gaining.length > 0 ? gaining : idle;
  if (to && more.length === 0) return canary(base, head, to, planes.head);
  const because = `${listed(planes.head)} run the same version or one that is not written here, so which one is to replace which is not known`;
  return { is: 'unknown', because };
}

function upgradedInPlace(planes: Planes): (Upgrade & { is: 'in-place' }) | undefined {
  for (const to of planes.head) {
    const from = planes.base.find(({ revision }) => revision === to.revision);
    if (from?.version && to.version && !mayBeSame(from.version, to.version)) {
      return { is: 'in-place', from, to };
    }
  }
  return undefined;
}

/** Why nothing can be said about this side. */
function doubtIn(mesh: Mesh): string | undefined {
  const { controlPlanes, tags } = mesh;
  if (!controlPlanes.every(({ revision }) => isKnown(revision))) {
    return 'the revision of a control plane is filled in later';
  }
  const odd = [...controlPlanes, ...tags].find(({ revision }) => !isObjectName(revision));
  if (odd) return `${odd.revision} is no name that Kubernetes takes`;
  const dotted = controlPlanes.find(({ revision }) => !isServiceName(`istiod-${revision}`));
  if (dotted) return `istiod-${dotted.revision} is no name that Kubernetes takes for a Service`;
  if (new Set(controlPlanes.map(({ namespace }) => namespace)).size > 1) {
    return 'control planes in several namespaces may be meshes of their own';
  }
  const twice = controlPlanes.find((one) =>
    controlPlanes.some(
      (other) =>
        other.revision === one.revision && other.version && one.version && compared(one, other) !== 0,
    ),
  );
  return twice && `revision ${twice.revision} is written with two versions`;
}

/** One control plane of each revision: the one that says most about its version. */
function oneEach(controlPlanes: readonly ControlPlane[]): ControlPlane[] {
  const chosen = new Map<string, ControlPlane>();
  for (const one of controlPlanes) {
    const before = chosen.get(one.revision);
    if (!before || (!before.version && one.version)) chosen.set(one.revision, one);
  }
  return [...chosen.values()];
}

function followersOf(mesh: Mesh, { base, head }: Planes, revision: string): number {
  return divide(mesh, [...base, ...head], followersIn(mesh), revision).ofNew.length;
}

function isTagged({ tags }: Mesh, { revision }: ControlPlane): boolean {
  return tags.some((tag) => tag.revision === revision);
}

function has(planes: readonly ControlPlane[], { revision }: ControlPlane): boolean {
  return planes.some((one) => one.revision === revision);
}

/** The only one whose version is above all others'. */
function newest(planes: readonly ControlPlane[]): ControlPlane | undefined {
  return planes.find((one) => planes.every((other) => other === one || (compared(one, other) ?? 0) > 0));
}

/** The release a control plane runs; where it is not written, the one its revision is named after. */
export function versionIn({ version, revision }: ControlPlane): IstioVersion | undefined {
  return (
    version ??
    parseIstioVersion(/(?:^|-)v?(1-\d{1,2}(?:-\d{1,3})?)$/.exec(revision)?.[1]?.replaceAll('-', '.') ?? '')
  );
}

function compared(a: ControlPlane, b: ControlPlane): number | undefined {
  const [left, right] = [versionIn(a), versionIn(b)];
  if (!left || !right || (left.patch !== right.patch && mayBeSame(left, right))) return undefined;
  return compareVersions(left, right);
}

/** `1-10-0 (1.10.0)`. */
export function planeText(plane: ControlPlane): string {
  const version = versionIn(plane);
  const named = plane.revision === 'default' ? 'the unnamed control plane' : plane.revision;
  return version ? `${named} (${formatVersion(version)})` : named;
}

function listed(planes: readonly ControlPlane[]): string {
  return planes.map(({ revision }) => revision).join(', ');
}
