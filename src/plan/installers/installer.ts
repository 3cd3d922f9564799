import type { ControlPlane, MeshComponent, RevisionTag } from '../../mesh/mesh.ts';
import type { Follower } from '../followers.ts';
import type { Promotion } from '../promotion.ts';
import type { Action } from '../step.ts';

/** How one installer does each step. What all have in common stands in `canary.ts` and `in-place.ts`. */
export interface InstallerSteps {
  /** What both revisions share (CRDs, base chart), brought to the new version; `undefined`: the installation does it. */
  base(p: Promotion, component: MeshComponent): Action | undefined;
  /** Brings the new control plane in, as the files at head write it. */
  install(p: Promotion): Action;
  /** Changes the version of the one control plane there is. */
  upgradeInPlace(p: Promotion): Action;
  /** Points a tag that stands in a manifest of its own to the new revision. */
  retarget(p: Promotion, tag: RevisionTag): Action;
  /** Brings a control plane that is there to what its files say by then; absent where tags are not of its release. */
  readonly redeploy?: (p: Promotion, plane: ControlPlane) => string[];
  /** Has the gateway of a chart ask for another name. */
  moveGateway(p: Promotion, gateway: Follower, name: string): Action;
  /** Brings the CNI plugin, ztunnel or a gateway's chart to the new version; `undefined`: the installation does it. */
  part(p: Promotion, component: MeshComponent): Action | undefined;
  /** Has the new revision validate configuration, and answer to `istio-injection=enabled` where that is safe. */
  makeDefault(p: Promotion): Action | undefined;
  /** Takes an old control plane away. */
  remove(p: Promotion, old: ControlPlane): Action;
}
