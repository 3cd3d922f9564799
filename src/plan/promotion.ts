import type { Installer } from '../vocabulary.ts';
import { atLeast, compareVersions, formatVersion, mayBeSame, type IstioVersion } from '../facts/versions.ts';
import type { Settings } from '../config/settings.ts';
import type { ControlPlane, Mesh, MeshComponent } from '../mesh/mesh.ts';
import type { Delivery } from './delivery.ts';
import { installedBy } from './installers/helm-commands.ts';
import { versionIn } from './upgrade.ts';
import type { WorkingCopy } from './working-copy.ts';

/** Everything that the steps of one plan are made from. */
export interface Promotion {
  readonly base: Mesh;
  readonly head: Mesh;
  /** The control plane that is to serve everything. */
  readonly to: ControlPlane;
  /** What it replaces; the same revision at its old version for an upgrade in place. */
  readonly olds: readonly ControlPlane[];
  readonly installer: Installer;
  readonly delivery: Delivery;
  readonly copy: WorkingCopy;
  readonly settings: Settings;
}

/** Is the new control plane at this minor or later? A version that is not known counts as a recent one. */
export function isFrom({ to }: Promotion, minor: number): boolean {
  return atLeast(versionIn(to), minor) !== false;
}

/** `istioctl`'s own version matters: commands and checks are those of the new release. */
export function toolVersion({ to }: Promotion): string {
  const version = versionIn(to);
  return version ? formatVersion(version) : 'the new version';
}

/** A chart version or image tag as a command takes it: the release, else what is written. */
export function versionArgument({ to }: Pick<Promotion, 'to'>): string {
  return chartVersion(versionIn(to), to.versionText);
}

function chartVersion(version: IstioVersion | undefined, text: string): string {
  if (version?.patch !== undefined) return formatVersion(version);
  return version ? `${version.major}.${version.minor}.x` : text;
}

/** The name of an object of a control plane: `istiod`, `istiod-1-10-0`. */
export function objectOf(kind: string, { revision }: Pick<ControlPlane, 'revision'>): string {
  return revision === 'default' ? kind : `${kind}-${revision}`;
}

/**
 * Components of a sort, in this environment, that a chart or an operator's object installs. Charts with a number of their own
 * (`istio-cni` 0.1.0, before 1.6) say nothing of Istio's release.
 */
export function componentsOf(mesh: Mesh, ...sorts: readonly MeshComponent['component'][]): MeshComponent[] {
  return mesh.components.filter(
    ({ component, name, versionText }) =>
      sorts.includes(component) && name !== '' && !/^v?0\./.test(versionText),
  );
}

/** One chart of charts, or one overlay with several charts: whoever installs one part of it installs them all. */
const SEVERAL_IN_ONE =
  /(?:^|\/)(?:Chart\.(?:ya?ml|lock)|requirements\.(?:ya?ml|lock)|kustomization\.ya?ml)$|\.(?:tf|tfvars)(?:\.json)?$/;

/** Is the component a part of what installs the control plane as well? */
export function comesWith({ to }: Pick<Promotion, 'to'>, component: MeshComponent): boolean {
  const folder = (file: string): string => file.slice(0, file.lastIndexOf('/') + 1);
  const [own, planes] = [installedBy(component), installedBy(to)];
  if (component.installer !== to.installer || ![own, planes].every((file) => SEVERAL_IN_ONE.test(file)))
    return false;
  return folder(own) === folder(planes);
}

/** Does the one control plane go back to an older release in place? */
export function isDowngrade({ olds: [from], to }: Pick<Promotion, 'olds' | 'to'>): boolean {
  if (!from || from.revision !== to.revision) return false;
  const [before, after] = [versionIn(from), versionIn(to)];
  return before !== undefined && after !== undefined && compareVersions(after, before) < 0;
}

/** Is the component at the new version, or beyond it, on this side? `undefined` when it cannot be told. */
export function isAtNew(p: Pick<Promotion, 'olds' | 'to'>, { version }: MeshComponent): boolean | undefined {
  const wanted = versionIn(p.to);
  if (!wanted || !version) return undefined;
  const beyond = compareVersions(version, wanted) * (isDowngrade(p) ? -1 : 1);
  return beyond >= 0 || mayBeSame(version, wanted);
}
