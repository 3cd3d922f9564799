import type { ControlPlane, Mesh, RevisionTag } from '../mesh/mesh.ts';
import type { Follower } from './followers.ts';

/** What a name leads to: a revision, one of two that both answer, something elsewhere, or it cannot be told. */
export type Leads =
  | { readonly to: 'revision'; readonly revision: string; readonly tag: RevisionTag | undefined }
  | { readonly to: 'elsewhere' }
  | { readonly to: 'unknown'; readonly because: string };

/**
 * Where names lead on one side. `known` are the control planes of both sides: a name of one that the other side removes
 * still says which one was meant.
 */
export function leadsTo(mesh: Mesh, known: readonly ControlPlane[], name: string): Leads {
  const tag = mesh.tags.findLast((candidate) => candidate.name === name);
  const unnamed = mesh.controlPlanes.some(({ revision }) => revision === 'default');
  if (name === 'default' && tag && unnamed && tag.revision !== 'default') {
    const because = `the unnamed control plane and the tag default, which points to ${tag.revision}, both answer to it`;
    return { to: 'unknown', because };
  }
  if (tag) return { to: 'revision', revision: tag.revision, tag };
  if (known.some(({ revision }) => revision === name))
    return { to: 'revision', revision: name, tag: undefined };
  const meaning = mesh.meaningOfRevision(name);
  if (meaning.is === 'elsewhere' && meaning.declared) return { to: 'elsewhere' };
  if (name === 'default') return { to: 'unknown', because: 'no default revision or tag is written here' };
  return { to: 'unknown', because: `${name} names neither a revision nor a tag written here` };
}

/** Followers by whom they follow. */
export interface Divided {
  readonly ofNew: readonly Follower[];
  readonly ofOld: readonly Follower[];
  /** Asking for something that cannot be told: they count as not yet moved. */
  readonly unclear: readonly (Follower & { readonly because: string })[];
}

/** Divides followers into those of the new revision, those of older ones, and those that cannot be told. */
export function divide(
  mesh: Mesh,
  known: readonly ControlPlane[],
  followers: readonly Follower[],
  to: string,
): Divided {
  const ofNew: Follower[] = [];
  const ofOld: Follower[] = [];
  const unclear: (Follower & { because: string })[] = [];
  for (const follower of followers) {
    const leads = leadsTo(mesh, known, follower.asksFor);
    if (leads.to === 'unknown') unclear.push({ ...follower, because: leads.because });
    if (leads.to !== 'revision') continue;
    if (leads.revision === to) ofNew.push(follower);
    else ofOld.push(follower);
  }
  return { ofNew, ofOld, unclear };
}
