import type { Installer } from '../vocabulary.ts';
import { atLeast, formatVersion, type IstioVersion } from '../facts/versions.ts';
import type { Settings } from '../config/settings.ts';
import type { ControlPlane, Mesh, MeshComponent } from '../mesh/mesh.ts';
import type { Delivery } from './delivery.ts';
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
const SEVERAL_IN_ONE = /(?:^|\/)(?:Chart\.(?:ya?ml|lock)|requirements\.(?:ya?ml|lock)|kustomization\.ya?ml)$/;

/** Is the component a part of what installs the control plane as well? */
export function comesWith({ to }: Pick<Promotion, 'to'>, { at, installer }: MeshComponent): boolean {
  const folder = (file: string): string => file.slice(0, file.lastIndexOf('/') + 1);
  if (installer !== to.installer || ![at, to.at].every(({ file }) => SEVERAL_IN_ONE.test(file))) return false;
  return folder(at.file) === folder(to.at.file);
}

/** Is the component at the new version, or later, on this side? `undefined` when it cannot be told. */
export function isAtNew({ to }: Pick<Promotion, 'to'>, { version }: MeshComponent): boolean | undefined {
  const wanted = versionIn(to);
  if (!wanted || !version) return undefined;
  if (version.minor !== wanted.minor) return version.minor > wanted.minor;
  return (version.patch ?? 0) >= (wanted.patch ?? 0) || version.patch === undefined;
}
