import { textAt } from '../untyped.ts';
import type { RevisionTag } from '../mesh/mesh.ts';
import type { Follower } from './followers.ts';
import { INSTALLERS } from './installers/all.ts';
import { canReturn, relabelled, returned } from './moves.ts';
import type { Promotion } from './promotion.ts';
import { inOrder, NEITHER, type Draft } from './step.ts';
import { wavesOf, type Wave } from './waves.ts';
import { retargeting } from './retargeting.ts';
import { isSetByScript } from './tag-edits.ts';
import { moversText, withRestarts } from './with-restarts.ts';

export function stillToMove(p: Promotion, followers: readonly Follower[]): Draft[] {
  const tags = movableTags(p);
  const waves = together(wavesOf(p.head, p.settings, followers), tags, p.settings.waves.length > 0);
  const tried: Follower[] = [];
  const drafts = waves.flatMap((wave, index) => {
    const last = tags.filter(({ name }) => isLast(waves, index, name));
    const byTag = wave.followers.filter(({ asksFor }) => last.some(({ name }) => name === asksFor));
    const byName = wave.followers.filter((one) => !byTag.includes(one));
    const borrowed = byName.filter((one) => canReturn(one) && tags.some(({ name }) => name === one.asksFor));
    tried.push(...borrowed);
    const back = tried.filter(({ asksFor }) => last.some(({ name }) => name === asksFor));
    return [waveDraft(p, wave, last, byName), ...(back.length > 0 ? [returnDraft(p, back)] : [])];
  });
  const unused = tags.filter(({ name }) => !followers.some(({ asksFor }) => asksFor === name));
  return [...drafts, ...unused.map((tag) => tagDraft(p, tag))];
}

/** Tags with an object of their own may move; one that a control plane's release makes goes with that release. */
function movableTags(p: Promotion): RevisionTag[] {
  return p.head.tags.filter((tag) => {
    const { name, revision, resource } = tag;
    const isOld = p.olds.some((old) => old.revision === revision);
    if (!isOld || p.head.tags.findLast((one) => one.name === name)?.revision !== revision) return false;
    if (name === 'default' && p.olds.some((old) => old.revision === 'default')) return false;
    switch (resource?.kind) {
      case 'MutatingWebhookConfiguration':
      case 'Service':
        return true;
      case 'IstioRevisionTag':
        return textAt(resource.body, 'spec', 'targetRef', 'kind') === 'IstioRevision';
      case 'IstioOperator':
        return p.installer === 'istioctl';
      case undefined:
        return isSetByScript(p, tag);
      default:
        return false;
    }
  });
}

/** Everything under a tag moves with it, so that after the first wave it is one wave, unless the settings say otherwise. */
function together(waves: readonly Wave[], tags: readonly RevisionTag[], asSet: boolean): Wave[] {
  if (asSet || waves.length < 2) return [...waves];
  const [first, ...others] = waves;
  const follows = (name: string) =>
    others.flatMap(({ followers }) => followers.filter(({ asksFor }) => asksFor === name));
  const byTag = tags.map(({ name }) => ({
    name,
    why: `everything under tag ${name} moves with it`,
    followers: follows(name),
  }));
  const isTagged = ({ asksFor }: Follower): boolean => tags.some(({ name }) => name === asksFor);
  const byName = others.map((wave) => ({
    ...wave,
    followers: wave.followers.filter((one) => !isTagged(one)),
  }));
  const edge = byName.filter(({ name }) => name === 'gateways');
  const inner = byName.filter(({ name }) => name !== 'gateways');
  return [...(first ? [first] : []), ...inner, ...byTag, ...edge].filter(
    ({ followers }) => followers.length > 0,
  );
}

function isLast(waves: readonly Wave[], index: number, tag: string): boolean {
  const asks = (wave: Wave): boolean => wave.followers.some(({ asksFor }) => asksFor === tag);
  return waves.findLastIndex(asks) === index;
}

/** The name to ask for: a tag that leads there, else the revision's own. */
function targetName({ head, to }: Promotion): string {
  return (
    head.tags.find(({ name, revision }) => revision === to.revision && name !== 'default')?.name ??
    to.revision
  );
}

function waveDraft(
  p: Promotion,
  wave: Wave,
  tags: readonly RevisionTag[],
  byName: readonly Follower[],
): Draft {
  const name = targetName(p);
  const steps = INSTALLERS[p.installer];
  const moves = byName.map((one) =>
    one.component ? steps.moveGateway(p, one, name) : relabelled(p, one, name),
  );
  const action = withRestarts(
    p,
    inOrder(...tags.map((tag) => retargeting(p, tag)), ...moves),
    wave.followers,
    byName,
  );
  const verb = wave.name === 'first' ? 'Try' : 'Move';
  const what = moversText(tags, wave.followers);
  return {
    ...action,
    title: verb === 'Try' ? `Try ${p.to.revision} with ${what}` : `Move ${what} to ${p.to.revision}`,
    preconditions: [`Chosen for this wave: ${wave.why}.`, ...action.preconditions],
    holds: NEITHER,
  };
}

function tagDraft(p: Promotion, tag: RevisionTag): Draft {
  const action = retargeting(p, tag);
  return {
    ...action,
    title: `Move tag ${tag.name}, which nothing here follows, to ${p.to.revision}`,
    holds: NEITHER,
  };
}

/** What tried the revision by another name asks for its tag again. Namespaces restart nothing for it. */
export function returnDraft(p: Promotion, followers: readonly Follower[]): Draft {
  const tags = [...new Set(followers.map(({ asksFor }) => asksFor))].join(', ');
  const name = targetName(p);
  const steps = INSTALLERS[p.installer];
  const back = followers.map((one) =>
    one.component ? steps.moveGateway(p, { ...one, value: name }, one.value) : returned(p, one, name),
  );
  const rolls = followers.some(({ kind, gateway }) => kind !== 'namespace' && !gateway);
  return {
    ...inOrder(...back),
    title: `Have ${moversText([], followers)} ask for ${tags} again`,
    verify: [
      rolls
        ? `Pods whose own label changes roll once more, and stay with ${p.to.revision}, to which ${tags} leads by now.`
        : `Nothing restarts: ${tags} leads to ${p.to.revision} by now.`,
    ],
    holds: NEITHER,
  };
}
