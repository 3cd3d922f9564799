import type { RevisionTag } from '../mesh/mesh.ts';
import { proxiesOn } from './checks.ts';
import { followersText, type Follower } from './followers.ts';
import type { Promotion } from './promotion.ts';
import { restartsOf } from './restarts.ts';
import type { Action } from './step.ts';

/** Restarts after the move; a pod template that changed rolls out by itself. */
export function withRestarts(
  p: Promotion,
  action: Action,
  followers: readonly Follower[],
  relabelledOnes: readonly Follower[] = [],
): Action {
  const rollsItself = (one: Follower): boolean => one.kind !== 'namespace' && relabelledOnes.includes(one);
  const { run, notes } = restartsOf(
    p.head,
    p.delivery,
    followers.filter((one) => !rollsItself(one)),
  );
  return {
    ...action,
    run: [...action.run, ...run],
    verify: [...action.verify, ...(followers.length > 0 ? [proxiesOn(p.to.revision)] : []), ...notes],
    rollback: [...action.rollback, ...run],
  };
}

export function moversText(tags: readonly RevisionTag[], followers: readonly Follower[]): string {
  const parts = tags.map(({ name }) => `tag ${name}`);
  return [...parts, ...(followers.length > 0 ? [followersText(followers)] : [])].join(' with ');
}
