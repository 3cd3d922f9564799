import { compareVersions, formatVersion, minorDistance } from '../facts/versions.ts';
import type { ControlPlane, Mesh, MeshComponent } from '../mesh/mesh.ts';
import { versionSteps, type VersionStep } from '../mesh/version-steps.ts';

/** An upgrade in place that shows in a component first, or last. */
export interface LedUpgrade {
  readonly is: 'in-place';
  readonly from: ControlPlane;
  readonly to: ControlPlane;
  /** What shows it: one sentence without a full stop. */
  readonly because: string;
}

/**
 * The upgrade that a change belongs to which leaves the control plane alone: a base chart that goes ahead of it, or a part
 * that comes up to it. `undefined` where no component goes that way, or versions are not known.
 */
export function ledByComponent(base: Mesh, head: Mesh, only: ControlPlane): LedUpgrade | undefined {
  const { version } = only;
  if (!version) return undefined;
  const steps = versionSteps(base.components, head.components).filter(
    ({ after, from, to }) => PARTS.has(after.component) && compareVersions(to, from) > 0,
  );
  const [leader] = steps.filter((step) => isAhead(step, version)).sort((a, b) => compareVersions(b.to, a.to));
  if (leader) {
    // A revision with a name of its own is followed by another one: which, this change does not say.
    if (only.revision !== 'default') return undefined;
    const to = { ...only, version: leader.to, versionText: leader.after.versionText };
    const because = `${titleOf(leader.after)} goes to ${formatVersion(leader.to)} before the control plane does`;
    return { is: 'in-place', from: only, to, because };
  }
  const follower = steps.find(({ to }) => compareVersions(to, version) === 0);
  if (!follower) return undefined;
  const because = `${titleOf(follower.after)} follows the control plane to ${formatVersion(version)}`;
  return { is: 'in-place', from: only, to: only, because };
}

/** A base chart that goes ahead of a revision with a name of its own, and what that leaves open. */
export function aheadText(base: Mesh, head: Mesh, only: ControlPlane): string | undefined {
  const { version, revision } = only;
  const step = versionSteps(base.components, head.components).find(
    (one) => version && one.after.component === 'base' && compareVersions(one.to, version) > 0,
  );
  if (!step || !version || compareVersions(step.to, step.from) < 0) return undefined;
  return `${titleOf(step.after)} goes to ${formatVersion(step.to)}, ahead of revision ${revision} (${formatVersion(version)}): CRDs come first, and whether ${revision} follows in place or a new revision beside it is not written yet`;
}

const PARTS = new Set<MeshComponent['component']>(['base', 'cni', 'ztunnel', 'gateway']);

/** CRDs go ahead; what runs on nodes is ahead only by a minor; the proxy of a gateway is its injector's. */
function isAhead({ after, to }: VersionStep, version: NonNullable<ControlPlane['version']>): boolean {
  if (after.component === 'gateway') return false;
  return after.component === 'base' ? compareVersions(to, version) > 0 : minorDistance(version, to) > 0;
}

/** `base chart istio-base`, `ztunnel`. */
function titleOf({ component, name }: MeshComponent): string {
  const title = { base: 'base chart', cni: 'CNI plugin', ztunnel: 'ztunnel', gateway: 'gateway' }[
    component as 'base' | 'cni' | 'ztunnel' | 'gateway'
  ];
  return name === '' || name === component ? title : `${title} ${name}`;
}
