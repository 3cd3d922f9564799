import type { ControlPlane, RevisionTag } from '../mesh/mesh.ts';
import { check, tagPointsTo } from './checks.ts';
import type { Follower } from './followers.ts';
import { gatewaysOn } from './gateway-moves.ts';
import { INSTALLERS } from './installers/all.ts';
import { isFrom, type Promotion } from './promotion.ts';
import { isServiceName, sh } from './shell.ts';
import { runsAt } from './stage.ts';
import { HEAD, NEITHER, NOTHING, REVERT, type Draft } from './step.ts';
import { isSetByScript, tagGiven, tagTaken } from './tag-edits.ts';
import { canReturn } from './moves.ts';
import { returnDraft } from './wave-steps.ts';

/**
 * Steps that hand the tags of an old release over to the new one, once what followed them has moved by name. Two releases
 * cannot own one object: Helm refuses to, so the first lets go of it before the second has it. `moved` asked for tags at head.
 */
export function handedOver(p: Promotion, moved: readonly Follower[]): Draft[] {
  return p.olds.flatMap((old) => {
    const owned = ownedBy(p, old).filter(({ name }) => mayHave(p, name));
    return owned.length === 0 ? [] : handOver(p, old, owned, moved);
  });
}

function handOver(
  p: Promotion,
  old: ControlPlane,
  owned: readonly RevisionTag[],
  moved: readonly Follower[],
): Draft[] {
  const { redeploy } = INSTALLERS[p.installer];
  const [letGo, taken] = [redeploy?.(p, old) ?? [], redeploy?.(p, p.to) ?? []];
  const names = owned.map(({ name }) => name);
  const isGone = !p.head.tags.some(({ name }) => names.includes(name));
  const edits = isGone ? [] : owned.flatMap((tag) => tagTaken(p, tag));
  const given = names.flatMap((name) => tagGiven(p, p.to, name));
  const isWritten = (isGone || edits.length === names.length) && given.length === names.length;
  if (letGo.length === 0 || taken.length === 0 || !isWritten) return [];
  const words = `tag${names.length > 1 ? 's' : ''} ${names.join(' and ')}`;
  const back = moved.filter((one) => canReturn(one) && names.includes(one.asksFor));
  return [
    {
      ...NOTHING,
      title: `Take ${words} from ${old.revision}`,
      preconditions: names.flatMap((name) => [
        check(sh`kubectl get namespaces,pods -A -l ${`istio.io/rev=${name}`}`, 'none: nobody asks for it'),
        ...gatewaysOn(p, name),
      ]),
      edits,
      run: letGo,
      rollback: [REVERT, ...letGo],
      holds: isGone ? HEAD : NEITHER,
    },
    {
      ...NOTHING,
      title: `Point ${words} to ${p.to.revision}`,
      preconditions: [
        `${capital(words)} ${names.length > 1 ? 'are' : 'is'} gone: Helm takes over no object of another release.`,
      ],
      edits: given,
      run: taken,
      verify: names.flatMap((name) => tagPointsTo(name, p.to.revision)),
      rollback: [REVERT, ...taken],
      holds: NEITHER,
    },
    ...(back.length > 0 ? [returnDraft(p, back)] : []),
  ];
}

/** Tags of the old release that head still has, or that this change takes away while the release stays. */
function ownedBy(p: Promotion, old: ControlPlane): readonly RevisionTag[] {
  const { base, head } = p;
  if (!runsAt(head, old)) return [];
  const isOwned = (tag: RevisionTag): boolean =>
    tag.revision === old.revision &&
    tag.name !== 'default' &&
    ['HelmRelease', 'Application', undefined].includes(tag.resource?.kind) &&
    !isSetByScript(p, tag);
  const there = head.tags.filter(isOwned);
  const taken = base.tags.filter((tag) => isOwned(tag) && !head.tags.some(({ name }) => name === tag.name));
  return there.length > 0 ? there : taken;
}

/** Until 1.16 one release renders one tag only; since 1.28 a tag is a Service, too. */
function mayHave(p: Promotion, name: string): boolean {
  return isFrom(p, 17) && (!isFrom(p, 28) || isServiceName(`istiod-revision-tag-${name}`));
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
