import type { Stage } from '../vocabulary.ts';
import type { ControlPlane, Mesh } from '../mesh/mesh.ts';
import { followersIn } from './followers.ts';
import { divide } from './names.ts';
import type { Upgrade } from './upgrade.ts';

/** Where an environment stands on both sides of a change, and why. */
export interface Stages {
  readonly base: Stage;
  readonly head: Stage;
  /** What decided: one sentence without a full stop. */
  readonly because: string;
}

/** The stage of both sides. What the upgrade cannot be told of has stage `unknown`, with the reason. */
export function stagesOf(base: Mesh, head: Mesh, upgrade: Upgrade): Stages {
  switch (upgrade.is) {
    case 'unknown':
      return { base: 'unknown', head: 'unknown', because: upgrade.because };
    case 'steady':
      return { base: 'steady', head: 'steady', because: upgrade.because };
    case 'in-place': {
      const because = upgrade.because ?? `revision ${upgrade.to.revision} changes its version in place`;
      return { base: 'steady', head: 'steady', because };
    }
    case 'canary': {
      const [before, after] = [sideOf(base, base, upgrade), sideOf(head, base, upgrade)];
      return { base: before.stage, head: after.stage, because: upgrade.idle ?? after.because };
    }
  }
}

type Canary = Upgrade & { readonly is: 'canary' };

/**
 * Does this old revision go on running although the change that writes the new one writes it no more? istioctl leaves it
 * until somebody uninstalls it, and the Sail Operator until nothing uses it.
 */
export function isRetained(old: ControlPlane, to: ControlPlane, base: Mesh): boolean {
  if (runsAt(base, to)) return false;
  if (old.installer === 'istioctl') return to.installer === 'istioctl';
  const isVersioned = old.resource?.kind === 'Istio' && old.revision !== old.release;
  return old.installer === 'sail' && to.installer === 'sail' && isVersioned && old.release === to.release;
}

/** Is this control plane in the cluster once this side is applied? */
export function runsAt(mesh: Mesh, plane: ControlPlane): boolean {
  return mesh.controlPlanes.some(({ revision }) => revision === plane.revision);
}

function sideOf(
  mesh: Mesh,
  base: Mesh,
  upgrade: Canary,
): { readonly stage: Stage; readonly because: string } {
  const { to, olds } = upgrade;
  const present = olds.filter((old) => runsAt(mesh, old) || (isRetained(old, to, base) && runsAt(mesh, to)));
  if (!runsAt(mesh, to)) {
    if (present.length > 0) return { stage: 'steady', because: `${to.revision} is not installed` };
    return { stage: 'unknown', because: 'no control plane is written here' };
  }
  if (present.length === 0) {
    return { stage: 'old-removed', because: `${revisions(olds)} is not written here any more` };
  }
  const { ofNew, ofOld, unclear } = divide(mesh, [to, ...olds], followersIn(mesh), to.revision);
  const left = ofOld.length + unclear.length;
  const count = `${ofNew.length} of ${ofNew.length + left} that ask for a sidecar here follow ${to.revision}`;
  if (ofNew.length > 0) return { stage: left > 0 ? 'promoting' : 'promoted', because: count };
  const tag = mesh.tags.find(({ revision }) => revision === to.revision);
  if (tag)
    return {
      stage: 'canary-tagged',
      because: `tag ${tag.name} points to ${to.revision}, and nothing follows it`,
    };
  return { stage: 'canary-installed', because: `nothing written here follows ${to.revision}` };
}

function revisions(planes: readonly ControlPlane[]): string {
  return planes.map(({ revision }) => revision).join(', ');
}
