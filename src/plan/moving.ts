import type { ControlPlane, RevisionTag } from '../mesh/mesh.ts';
import { textAt } from '../mesh/fields.ts';
import { deliveredEdit, type Place } from './delivery.ts';
import { followersIn, followersText, followerText, type Follower } from './followers.ts';
import { INSTALLERS } from './installers/all.ts';
import { relabelled, returned } from './moves.ts';
import { leadsTo } from './names.ts';
import { proxiesOn, tagPointsTo } from './checks.ts';
import type { Promotion } from './promotion.ts';
import { restartsOf } from './restarts.ts';
import { isObjectName, sh } from './shell.ts';
import { inOrder, NOTHING, REVERT, type Action, type Draft } from './step.ts';
import { wavesOf, type Wave } from './waves.ts';

/** Followers by when they move. */
interface Movers {
  readonly before: readonly Follower[];
  readonly now: readonly Follower[];
  readonly later: readonly Follower[];
}

const BOTH = { base: true, head: true };
const HEAD = { base: false, head: true };
const NEITHER = { base: false, head: false };

/** Steps that create and move tags, relabel namespaces and restart what follows, from the first to the last. */
export function movingDrafts(p: Promotion): Draft[] {
  const movers = moversOf(p);
  return [
    ...newTags(p),
    ...settled(p, movers.before, BOTH),
    ...settled(p, movers.now, HEAD),
    ...renamed(p, movers.before),
    ...stillToMove(p, movers.later),
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

/** Tags that lead to the new revision at head and did not lead to an old one before. */
function newTags(p: Promotion): Draft[] {
  return tagsOfNew(p)
    .filter((tag) => !isTooEarly(p, tag))
    .map((tag) => newTag(p, tag));
}

function tagsOfNew(p: Promotion): RevisionTag[] {
  return p.head.tags.filter(({ revision, name }) => revision === p.to.revision && !retargetedHere(p, name));
}

/** An unnamed control plane is the default already: with a tag of that name both answer to `istio-injection=enabled`. */
function isTooEarly({ olds }: Promotion, { name }: RevisionTag): boolean {
  return name === 'default' && olds.some(({ revision }) => revision === 'default');
}

/** The default tag has its place behind the removal of an unnamed control plane. */
export function lateDefaultTag(p: Promotion): Draft[] {
  const condition = 'The unnamed control plane is gone: until then both answer to istio-injection=enabled.';
  return tagsOfNew(p)
    .filter((tag) => isTooEarly(p, tag))
    .map((tag) => ({ ...newTag(p, tag), preconditions: [condition] }));
}

function newTag(p: Promotion, tag: RevisionTag): Draft {
  const there = p.base.tags.some(({ name, revision }) => name === tag.name && revision === tag.revision);
  const place = { file: tag.at.file, resource: tag.resource };
  const run = p.delivery.apply([place]);
  return {
    ...NOTHING,
    title: `Point tag ${tag.name} to ${p.to.revision}`,
    run,
    verify: tagPointsTo(tag.name, p.to.revision),
    rollback: [REVERT, ...(p.delivery.by === 'kubectl' ? deletion(tag) : run)],
    holds: there ? BOTH : HEAD,
  };
}

/** What kubectl has applied stays until it is deleted; a tag of a release goes with the release. */
function deletion({ resource, name }: RevisionTag): string[] {
  if (!resource || !isObjectName(resource.name)) return [];
  if (resource.kind === 'IstioRevisionTag') return [sh`kubectl delete istiorevisiontag ${name}`];
  return resource.kind === 'MutatingWebhookConfiguration'
    ? [sh`kubectl delete mutatingwebhookconfiguration ${resource.name}`]
    : [];
}

/** The tag as it was at base, where it pointed to what is replaced. */
function retargetedHere({ base, to }: Promotion, name: string): RevisionTag | undefined {
  const before = base.tags.findLast((tag) => tag.name === name);
  return before && before.revision !== to.revision ? before : undefined;
}

/** What has moved at head, by label or with its tag: it is delivered, and restarted. */
function settled(p: Promotion, followers: readonly Follower[], holds: Draft['holds']): Draft[] {
  const flipped = p.head.tags.filter(
    ({ name, revision }) => revision === p.to.revision && retargetedHere(p, name),
  );
  const flips = holds.base ? [] : flipped;
  if (followers.length + flips.length === 0) return [];
  const places = placesOf(p, followers);
  const labelled = { ...deliveredEdit(p.delivery, [], places, []), preconditions: [] };
  const moves = flips.map((tag) => {
    const before = retargetedHere(p, tag.name) ?? tag;
    return { ...INSTALLERS[p.installer].retarget(p, before), edits: [], preconditions: [] };
  });
  return [
    {
      ...withRestarts(p, inOrder(...moves, labelled), followers),
      title: `Move ${moversText(flips, followers)} to ${p.to.revision}`,
      holds,
    },
  ];
}

/** Those that lead to the new revision on both sides, by another name than before: nothing moves. */
function renamed(p: Promotion, followers: readonly Follower[]): Draft[] {
  const earlier = new Map(followersIn(p.base).map((one) => [followerText(one), one.asksFor]));
  const other = followers.filter((one) => earlier.get(followerText(one)) !== one.asksFor);
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
  return followers.flatMap(({ at, workload, kind, namespace }) => {
    const manifest = kind === 'namespace' ? head.find('Namespace', '', namespace) : undefined;
    return at ? [{ file: at.file, resource: workload?.resource ?? manifest }] : [];
  });
}

/** Tags with an object of their own may move; one that a control plane's release makes goes with that release. */
function movableTags(p: Promotion): RevisionTag[] {
  return p.head.tags.filter(({ name, revision, resource }) => {
    const isOld = p.olds.some((old) => old.revision === revision);
    if (!isOld || p.head.tags.findLast((tag) => tag.name === name)?.revision !== revision) return false;
    if (name === 'default' && p.olds.some((old) => old.revision === 'default')) return false;
    switch (resource?.kind) {
      case 'MutatingWebhookConfiguration':
      case 'Service':
        return true;
      case 'IstioRevisionTag':
        return textAt(resource.body, 'spec', 'targetRef', 'kind') === 'IstioRevision';
      case 'IstioOperator':
        return p.installer === 'istioctl';
      default:
        return false;
    }
  });
}

function stillToMove(p: Promotion, followers: readonly Follower[]): Draft[] {
  const tags = movableTags(p);
  const waves = together(wavesOf(p.head, p.settings, followers), tags, p.settings.waves.length > 0);
  const tried: Follower[] = [];
  const drafts = waves.flatMap((wave, index) => {
    const last = tags.filter(({ name }) => isLast(waves, index, name));
    const byTag = wave.followers.filter(({ asksFor }) => last.some(({ name }) => name === asksFor));
    const byName = wave.followers.filter((one) => !byTag.includes(one));
    const borrowed = byName.filter(({ asksFor }) => tags.some(({ name }) => name === asksFor));
    tried.push(...borrowed);
    const back = tried.filter(({ asksFor }) => last.some(({ name }) => name === asksFor));
    return [waveDraft(p, wave, last, byName), ...(back.length > 0 ? [returnDraft(p, back)] : [])];
  });
  const unused = tags.filter(({ name }) => !followers.some(({ asksFor }) => asksFor === name));
  return [...drafts, ...unused.map((tag) => tagDraft(p, tag))];
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
    inOrder(...tags.map((tag) => steps.retarget(p, tag)), ...moves),
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
  const action = INSTALLERS[p.installer].retarget(p, tag);
  return {
    ...action,
    title: `Move tag ${tag.name}, which nothing here follows, to ${p.to.revision}`,
    holds: NEITHER,
  };
}

/** Namespaces that tried the revision by another name ask for their tag again; nothing is restarted. */
function returnDraft(p: Promotion, followers: readonly Follower[]): Draft {
  const tags = [...new Set(followers.map(({ asksFor }) => asksFor))].join(', ');
  return {
    ...returned(p, followers, targetName(p)),
    title: `Have ${moversText([], followers)} ask for ${tags} again`,
    verify: [`Nothing restarts: ${tags} leads to ${p.to.revision} by now.`],
    holds: NEITHER,
  };
}

/** Restarts after the move; a pod template that changed rolls out by itself. */
function withRestarts(
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

function moversText(tags: readonly RevisionTag[], followers: readonly Follower[]): string {
  const parts = tags.map(({ name }) => `tag ${name}`);
  return [...parts, ...(followers.length > 0 ? [followersText(followers)] : [])].join(' with ');
}
