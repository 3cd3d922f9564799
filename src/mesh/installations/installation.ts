import type { Confidence, Installer, Location, Path } from '../../vocabulary.ts';
import type { IstioVersion } from '../../facts/versions.ts';
import type { Resource } from '../../render/resource.ts';
import type { Fields } from '../../untyped.ts';
import type { ControlPlane, MeshComponent, RevisionTag } from '../mesh.ts';

/** Everything an environment says about Istio itself. */
export interface Installations {
  readonly controlPlanes: readonly ControlPlane[];
  readonly components: readonly MeshComponent[];
  readonly tags: readonly RevisionTag[];
  /** Why a revision or tag may exist that is not in these lists; `undefined`: what is here is all of it. */
  readonly incomplete?: string;
}

/** What one reader found; put together by `readInstallations`. */
export interface Found {
  readonly controlPlanes?: readonly ControlPlane[];
  readonly components?: readonly MeshComponent[];
  readonly tags?: readonly RevisionTag[];
}

/** The charts of an Istio release, by what they install. */
export type IstioChart =
  'base' | 'istiod' | 'cni' | 'ztunnel' | 'gateway' | 'legacy-gateway' | 'ambient' | 'tags';

/** One source of Helm values. Later layers win. */
export interface ValuesLayer {
  readonly values: Fields;
  /** Where a value stands; the deepest existing ancestor for one that is missing. */
  readonly at: (path: Path) => Location;
}

/** One Helm release of an official Istio chart, whoever performs it. */
export interface ChartRelease {
  readonly chart: IstioChart;
  readonly releaseName: string;
  /** '' when the repository does not say. */
  readonly namespace: string;
  /** Of the chart, as written; '' when the newest is taken. */
  readonly version: string;
  /** The release that version stands for; `undefined` when it names none. */
  readonly chartRelease: IstioVersion | undefined;
  readonly versionAt: Location;
  readonly installer: Installer;
  readonly layers: readonly ValuesLayer[];
  /** Some values come from where we cannot see: what is not set may be set there. */
  readonly valuesElsewhere: boolean;
  readonly confidence: Confidence;
  readonly resource: Resource | undefined;
}

/** A revision that is set where we cannot see. Reads as a placeholder, so `isKnown` is false for it. */
export const UNKNOWN_REVISION = '<set elsewhere>';
