import { deliveredEdit, type Place } from './delivery.ts';
import { followersIn, followersText, followerText, type Follower } from './followers.ts';
import { retargetedHere } from './new-tags.ts';
import type { Promotion } from './promotion.ts';
import { HEAD, inOrder, type Draft } from './step.ts';
import { retargeting } from './retargeting.ts';
import { moversText, withRestarts } from './with-restarts.ts';

/** What has moved at head, by label or with its tag: it is delivered, and restarted. */
export function settled(p: Promotion, followers: readonly Follower[], holds: Draft['holds']): Draft[] {
  const flipped = p.head.tags.filter(
    ({ name, revision }) => revision === p.to.revision && retargetedHere(p, name),
  );
  const flips = holds.base ? [] : flipped;
  if (followers.length + flips.length === 0) return [];
  const places = placesOf(p, relabelledIn(p, followers));
  const labelled = { ...deliveredEdit(p.delivery, [], places, []), preconditions: [] };
  const moves = flips.map((tag) => {
    const before = retargetedHere(p, tag.name) ?? tag;
    return { ...retargeting(p, before), edits: [], preconditions: [] };
  });
  return [
    {
      ...withRestarts(p, inOrder(...moves, labelled), followers),
      title: `Move ${moversText(flips, followers)} to ${p.to.revision}`,
      holds,
    },
  ];
}

/** What moved with its tag is written as before: nothing of it is to be delivered. */
function relabelledIn({ base }: Promotion, followers: readonly Follower[]): Follower[] {
  const earlier = new Map(followersIn(base).map((one) => [followerText(one), one.asksFor]));
  return followers.filter((one) => earlier.get(followerText(one)) !== one.asksFor);
}

/** Those that lead to the new revision on both sides, by another name than before: nothing moves. */
export function renamed(p: Promotion, followers: readonly Follower[]): Draft[] {
  const other = relabelledIn(p, followers);
  const names = [...new Set(other.map(({ asksFor }) => asksFor))];
  return names.map((name) => {
    const those = other.filter(({ asksFor }) => asksFor === name);
    return {
      ...deliveredEdit(p.delivery, [], placesOf(p, those), []),
      preconditions: [],
      title: `Have ${followersText(those)} ask for ${name}`,
      verify: [`Nothing restarts: ${name} leads to ${p.to.revision} too.`],
      holds: HEAD,
    };
  });
}

function placesOf({ head }: Promotion, followers: readonly Follower[]): Place[] {
  return followers.flatMap(({ at, workload, kind, namespace, gateway }) => {
    const manifest = kind === 'namespace' ? head.find('Namespace', '', namespace) : undefined;
    return at ? [{ file: at.file, resource: workload?.resource ?? gateway ?? manifest }] : [];
  });
}
