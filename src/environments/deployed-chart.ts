import type { HelmRelease } from '../render/helm-release.ts';

/** How whoever deploys a chart of this repository describes the release. */
export interface DeployedChart {
  /** What Helm is given. */
  readonly release: HelmRelease;
  /** The manifests that say so. */
  readonly by: readonly string[];
  /** Why a rendering would not be what is deployed (values that stand elsewhere), without a full stop. */
  readonly doubt?: string;
}
