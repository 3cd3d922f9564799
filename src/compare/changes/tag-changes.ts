import type { Change, Evidence, Location } from '../../vocabulary.ts';
import { isKnown } from '../../yaml/placeholders.ts';
import type { Mesh, RevisionTag } from '../../mesh/mesh.ts';
import { blastRadius } from './blast-radius.ts';
import { validatorChange } from './validator-change.ts';
import { defaultRevision, followersOf, gatewaysOn } from './names.ts';

/** Tags that came, went or point elsewhere, and the default revision. What follows a tag is its blast radius. */
export function tagChanges(base: Mesh, head: Mesh): Change[] {
  const before = byName(base);
  const after = byName(head);
  const names = [...new Set([...before.keys(), ...after.keys()])].sort();
  return [
    ...names.flatMap((name) => tagChange(base, head, name, before.get(name), after.get(name)) ?? []),
    ...defaultChange(base, head),
    ...validatorChange(base, head),
  ];
}

/** Of several tags with one name the last wins, as it does when they are applied. `default` is told apart. */
function byName(mesh: Mesh): ReadonlyMap<string, RevisionTag> {
  return new Map(mesh.tags.filter(({ name }) => name !== 'default').map((tag) => [tag.name, tag]));
}

function tagChange(
  base: Mesh,
  head: Mesh,
  name: string,
  before: RevisionTag | undefined,
  after: RevisionTag | undefined,
): Change | undefined {
  if (before?.revision === after?.revision || !isClear(base, before) || !isClear(head, after))
    return undefined;
  const { namespaces, workloads } = followersOf(head, name);
  const touched = [...namespaces, ...gatewaysOn(head, name).map(({ namespace }) => namespace)];
  const common = { subject: name, blastRadius: blastRadius(head, workloads, touched) };
  if (before && after) {
    return {
      ...common,
      kind: 'tag-retargeted',
      from: before.revision,
      to: after.revision,
      message: `Tag ${name} points to revision ${after.revision} instead of ${before.revision}: what is labelled istio.io/rev=${name} moves when its pods are next created.`,
      at: after.at,
      evidence: [...pointing(before, after), ...missingTarget(head, after), ...following(head, name)],
    };
  }
  if (after) {
    return {
      ...common,
      kind: 'tag-created',
      to: after.revision,
      message: `Tag ${name} is new and points to revision ${after.revision}.`,
      at: after.at,
      evidence: missingTarget(head, after),
    };
  }
  return before && { ...common, ...removal(base, head, before) };
}

/** A tag whose target is set out of sight, or that may be defined out of sight, gives no ground for a claim. */
function isClear({ controlPlanes }: Mesh, tag: RevisionTag | undefined): boolean {
  if (tag) return isKnown(tag.name) && isKnown(tag.revision);
  return controlPlanes.every(({ values }) => values?.elsewhere !== true);
}

function removal(
  base: Mesh,
  head: Mesh,
  { name, revision, at }: RevisionTag,
): Omit<Change, 'subject' | 'blastRadius'> {
  const { namespaces, workloads } = followersOf(head, name);
  const isRevision = head.controlPlanes.some((controlPlane) => controlPlane.revision === name);
  const asked = namespaces.length + workloads.length > 0 && !isRevision;
  const effect = asked
    ? `new pods of what is still labelled istio.io/rev=${name} start without a sidecar`
    : 'nothing in this repository asks for it any more';
  return {
    kind: 'tag-removed',
    from: revision,
    message: `Tag ${name}, which pointed to revision ${revision}, is removed: ${effect}.`,
    at,
    evidence: followersOf(base, name).namespaces.map((namespace) => ({
      says: `namespace ${namespace} asked for it before`,
    })),
  };
}

function following(head: Mesh, tag: string): Evidence[] {
  return gatewaysOn(head, tag).map(({ name, at }) => ({ says: `gateway ${name} asks for it`, at }));
}

function pointing(before: RevisionTag, after: RevisionTag): Change['evidence'] {
  return [
    { says: `before: ${before.name} points to ${before.revision}`, at: before.at },
    { says: `now: ${after.name} points to ${after.revision}`, at: after.at },
  ];
}

/** A tag whose target is not there is worse than none: its webhook matches, and pods cannot be created. */
function missingTarget(head: Mesh, { revision }: RevisionTag): Change['evidence'] {
  const { controlPlanes } = head;
  const known = controlPlanes.length > 0 && controlPlanes.every((one) => isKnown(one.revision));
  if (!known || !isKnown(revision) || controlPlanes.some((one) => one.revision === revision)) return [];
  return [
    { says: `no control plane written here has revision ${revision}; without one, pods cannot be created` },
  ];
}

/** Told only where both sides install Istio: a first installation moves nothing. */
function defaultChange(base: Mesh, head: Mesh): Change[] {
  if (base.controlPlanes.length === 0 || head.controlPlanes.length === 0) return [];
  const from = defaultRevision(base);
  const to = defaultRevision(head);
  if (from === to || !isDefaultClear(base, from) || !isDefaultClear(head, to)) return [];
  const { namespaces, workloads } = followersOf(head, 'default');
  const at = (to === undefined ? undefined : defaultPlace(head)) ?? defaultPlace(base);
  const effect =
    to === undefined
      ? 'no control plane or tag here answers to istio-injection=enabled any more'
      : 'what asks for injection without naming a revision follows when its pods are next created';
  return [
    {
      kind: 'default-revision-moved',
      subject: 'default',
      ...(from === undefined ? {} : { from }),
      ...(to === undefined ? {} : { to }),
      message: `The default revision moves from ${from ?? 'none'} to ${to ?? 'none'}: ${effect}.`,
      ...(at ? { at } : {}),
      evidence: [],
      blastRadius: blastRadius(head, workloads, namespaces),
    },
  ];
}

/** The default may be one that is named where we cannot see, or whose tag is. */
function isDefaultClear({ controlPlanes }: Mesh, revision: string | undefined): boolean {
  if (revision !== undefined) return isKnown(revision);
  return controlPlanes.every((one) => isKnown(one.revision) && one.values?.elsewhere !== true);
}

function defaultPlace(mesh: Mesh): Location | undefined {
  const tag = mesh.tags.findLast(({ name }) => name === 'default');
  return tag?.at ?? mesh.controlPlanes.find(({ revision }) => revision === 'default')?.at;
}
