import { compareVersions } from '../facts/versions.ts';
import type { ControlPlane, Mesh, MeshComponent } from '../mesh/mesh.ts';
import { followersIn, followersText, type Follower } from './followers.ts';
import { hopDrafts } from './canary.ts';
import { preflight, runs, versionWords } from './checks.ts';
import { rollingGateways } from './gateway-moves.ts';
import { INSTALLERS } from './installers/all.ts';
import { versionByHand, versionEdit } from './installers/version-edits.ts';
import { anotherInstaller, staysAbove, takenOver, togetherInOrder } from './in-place-conditions.ts';
import { leadsTo } from './names.ts';
import { baseDrafts, componentHolds, partDrafts, titleOf } from './parts.ts';
import { comesWith, componentsOf, isAtNew, isDowngrade, type Promotion } from './promotion.ts';
import { restartsOf } from './restarts.ts';
import { NEITHER, UNDO_UPGRADE, type Draft } from './step.ts';
import { wavesOf, type Wave } from './waves.ts';

/** The steps of an upgrade in place: the control plane serves all its proxies at once, and they follow by restarts. */
export function inPlaceDrafts(p: Promotion): Draft[] {
  const followers = followersIn(p.head).filter((one) => isServed(p, one));
  const pods = followers.filter(({ gateway }) => !gateway);
  const waves = wavesOf(p.head, p.settings, pods);
  const together = partsOf(p);
  const apart = (component: MeshComponent): boolean => !together.includes(component);
  // What is never newer than the control plane goes back before it; CRDs do not go back.
  const isFirst = ({ component }: MeshComponent): boolean => isDowngrade(p) && component !== 'gateway';
  return [
    ...hopDrafts(p, 1),
    ...baseDrafts(p, (one) => apart(one) && (!isDowngrade(p) || isNew(p, one))),
    ...partDrafts(p, (one) => apart(one) && isFirst(one)),
    upgradeDraft(p, followers),
    ...partDrafts(p, (one) => apart(one) && !isFirst(one)),
    ...(waves.length > 0
      ? waves.map((_, index) => restartDraft(p, waves.slice(0, index + 1)))
      : [restartElsewhere(p)]),
  ];
}

function isServed({ head, to }: Promotion, { asksFor }: Follower): boolean {
  const leads = leadsTo(head, [to], asksFor);
  return leads.to === 'revision'
    ? leads.revision === to.revision
    : asksFor === 'default' && leads.to === 'unknown';
}

function upgradeDraft(p: Promotion, followers: readonly Follower[]): Draft {
  const { to } = p;
  const action = INSTALLERS[p.installer].upgradeInPlace(p);
  const holds = holdsOf(p);
  const edits = holds.head ? [] : editsOf(p);
  const byItself =
    holds.head || edits.length > 0 ? [] : [versionByHand(p, { component: 'istiod', at: to.at })];
  const parts = partsOf(p);
  const with_ = parts.length > 0 ? `, together with ${parts.map(titleOf).join(', ')}` : '';
  return {
    ...action,
    ...anotherInstaller(p, action),
    title: `${verb(p)} ${to.revision === 'default' ? 'the control plane' : `revision ${to.revision}`} in place to ${versionWords(to)}${with_}`,
    preconditions: [
      ...preflight(p),
      ...byItself,
      ...staysAbove(p),
      ...togetherInOrder(p, parts),
      ...takenOver(p),
      ...action.preconditions,
    ],
    edits,
    verify: [...runs(to), ...action.verify, ...rollingGateways(followers)],
    holds,
  };
}

function isNew({ base }: Promotion, { component }: MeshComponent): boolean {
  return !base.components.some((one) => one.component === component);
}

/** Parts that one release installs together with the control plane, and that one change brings to the new version. */
function partsOf(p: Promotion): MeshComponent[] {
  const holds = holdsOf(p);
  return componentsOf(p.head, 'base', 'cni', 'ztunnel', 'gateway').filter((one) => {
    const own = componentHolds(p, one);
    return comesWith(p, one) && own.head === holds.head && own.base === holds.base;
  });
}

function holdsOf({ base, head, to }: Promotion): Draft['holds'] {
  return { base: isThere(base, to), head: isThere(head, to) };
}

/** The control plane's own version, and that of the parts that come with it. */
function editsOf(p: Promotion): Draft['edits'] {
  const [from] = p.olds;
  if (!from || from.installer === 'manifests') return [];
  const component: MeshComponent = { ...from, component: 'istiod', name: from.release ?? 'istiod' };
  const others = partsOf(p).filter((one) => isAtNew(p, one) === false);
  return [component, ...others].flatMap((one) => versionEdit(p, one));
}

/** Does this side write the control plane at the version that the upgrade leads to? */
function isThere({ controlPlanes }: Mesh, { revision, version, versionText }: ControlPlane): boolean {
  return controlPlanes.some((one) => {
    if (one.revision !== revision) return false;
    return one.version && version
      ? compareVersions(one.version, version) === 0
      : one.versionText === versionText;
  });
}

function verb(p: Promotion): string {
  return isDowngrade(p) ? 'Downgrade' : 'Upgrade';
}

/**
 * Restarts of the last of these waves; those before it are done by then, and would have to go back with it. Nothing in the
 * repository says whether pods were restarted, so this is always still to do.
 */
function restartDraft(p: Promotion, waves: readonly Wave[]): Draft {
  const [wave] = waves.slice(-1);
  const { run, notes } = restartsOf(p.head, p.delivery, wave?.followers ?? []);
  const soFar = waves.flatMap(({ followers }) => restartsOf(p.head, p.delivery, followers).run);
  return {
    title: `Restart ${followersText(wave?.followers ?? [])}`,
    preconditions: [`Chosen for this wave: ${wave?.why ?? ''}.`],
    run,
    edits: [],
    verify: [
      `istioctl proxy-status → version ${versionWords(p.to)} for the restarted pods, SYNCED`,
      ...notes,
    ],
    rollback: [UNDO_UPGRADE, ...soFar],
    holds: NEITHER,
  };
}

/** What has a sidecar is written elsewhere, and takes the new proxy only when it is created again. */
function restartElsewhere(p: Promotion): Draft {
  return {
    title: 'Restart what has a sidecar: nothing of it is written here',
    preconditions: ['Namespace by namespace, the one with the least risk first, gateways last.'],
    run: [],
    edits: [],
    verify: [`istioctl proxy-status → version ${versionWords(p.to)} for every proxy, SYNCED`],
    rollback: [UNDO_UPGRADE, 'the same pods, in the same order.'],
    holds: NEITHER,
  };
}
