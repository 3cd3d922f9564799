import type { ControlPlane } from '../mesh/mesh.ts';
import { followersIn, followerText, type Follower } from './followers.ts';
import { leadsTo } from './names.ts';
import { newTags } from './new-tags.ts';
import type { Promotion } from './promotion.ts';
import { handedOver } from './release-tags.ts';
import { renamed, settled } from './settled-moves.ts';
import { check } from './checks.ts';
import { sh } from './shell.ts';
import { runsAt } from './stage.ts';
import { BOTH, HEAD, NEITHER, NOTHING, type Draft } from './step.ts';
import { stillToMove } from './wave-steps.ts';

/** Followers by when they move. */
interface Movers {
  readonly before: readonly Follower[];
  readonly now: readonly Follower[];
  readonly later: readonly Follower[];
}

/** Steps that create and move tags, relabel namespaces and restart what follows, from the first to the last. */
export function movingDrafts(p: Promotion): Draft[] {
  const movers = moversOf(p);
  if (movers.before.length + movers.now.length + movers.later.length === 0) {
    return [...newTags(p), ...stillToMove(p, []), ...elsewhere(p), ...handedOver(p, [])];
  }
  return [
    ...newTags(p),
    ...settled(p, movers.before, BOTH),
    ...settled(p, movers.now, HEAD),
    ...renamed(p, movers.before),
    ...stillToMove(p, movers.later),
    ...handedOver(p, movers.later),
  ];
}

/** Nothing here asks for a sidecar of theirs; what does is written elsewhere, or not at all. */
function elsewhere({ head, to, olds }: Promotion): Draft[] {
  const left = olds.filter((old) => runsAt(head, old));
  if (left.length === 0) return [];
  const names = left.map(({ revision }) => revision).join(' and ');
  return [
    {
      ...NOTHING,
      title: `Move what follows ${names} to ${to.revision}: none of it is written here`,
      preconditions: ['Namespace by namespace: the one with the least risk first, gateways last.'],
      verify: left.map(({ revision }) => check(sh`istioctl proxy-status --revision ${revision}`, 'no proxy')),
      rollback: [`Labels and tags lead to ${names} again, and the same pods are restarted.`],
      holds: NEITHER,
    },
  ];
}

function moversOf(p: Promotion): Movers {
  const known = [p.to, ...p.olds];
  const isMoved = (mesh: Promotion['base'], { asksFor }: Follower): boolean => {
    const leads = leadsTo(mesh, known, asksFor);
    return leads.to === 'revision' && leads.revision === p.to.revision;
  };
  const atBase = new Map(followersIn(p.base).map((one) => [followerText(one), one]));
  const followers = followersIn(p.head);
  const moved = followers.filter((one) => isMoved(p.head, one));
  const wasMoved = (one: Follower): boolean => {
    const before = atBase.get(followerText(one));
    return before !== undefined && isMoved(p.base, before);
  };
  return {
    before: moved.filter(wasMoved),
    now: moved.filter((one) => !wasMoved(one) && atBase.has(followerText(one))),
    later: followers.filter((one) => !moved.includes(one) && canMove(p, known, one)),
  };
}

/** What asks for something elsewhere, or for nothing at all, is not this plan's to move. */
function canMove({ head }: Promotion, known: readonly ControlPlane[], { asksFor }: Follower): boolean {
  const leads = leadsTo(head, known, asksFor);
  return leads.to === 'revision' || (leads.to === 'unknown' && asksFor === 'default');
}
