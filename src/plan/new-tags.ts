import type { RevisionTag } from '../mesh/mesh.ts';
import { tagPointsTo } from './checks.ts';
import { INSTALLERS } from './installers/all.ts';
import type { Promotion } from './promotion.ts';
import { isObjectName, sh } from './shell.ts';
import { BOTH, HEAD, NOTHING, REVERT, type Draft } from './step.ts';

/** Tags that lead to the new revision at head and did not lead to an old one before. */
export function newTags(p: Promotion): Draft[] {
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
  // A tag that stands among a release's values comes with the release.
  const ofRelease = tag.resource ? undefined : INSTALLERS[p.installer].redeploy?.(p, p.to);
  const run = ofRelease ?? p.delivery.apply([place]);
  return {
    ...NOTHING,
    title: `Point tag ${tag.name} to ${p.to.revision}`,
    run,
    verify: tagPointsTo(tag.name, p.to.revision),
    rollback: [REVERT, ...(p.delivery.by === 'kubectl' && !ofRelease ? deletion(tag) : run)],
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
export function retargetedHere({ base, to }: Promotion, name: string): RevisionTag | undefined {
  const before = base.tags.findLast((tag) => tag.name === name);
  return before && before.revision !== to.revision ? before : undefined;
}
