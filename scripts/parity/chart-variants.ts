import type { Workspace } from '../../src/environments/workspace.ts';
import { baseName, joinPath, parentOf } from '../../src/environments/repository-path.ts';
import { ISTIO_API_VERSIONS, type HelmRelease } from '../../src/render/helm-release.ts';
import { asText, fieldAt } from '../../src/untyped.ts';

/** A chart with the values files of one release. */
export interface ChartVariant {
  readonly dir: string;
  readonly name: string;
  readonly valuesFiles: readonly string[];
}

/** What the plain tool is given besides a release's own arguments: what every review assumes. */
export const DEFAULT_RELEASE_ARGUMENTS = [
  '--include-crds',
  '--skip-tests',
  '--skip-schema-validation',
  ...ISTIO_API_VERSIONS.map((version) => `--api-versions=${version}`),
];

/** Every chart with its defaults, and once with each other values file that stands beside them. */
export function variantsOf(workspace: Workspace): ChartVariant[] {
  return [...workspace.charts].flatMap((dir) => {
    const chart = workspace.repository.files.get(joinPath(dir, 'Chart.yaml'))?.parsed.documents[0]?.value;
    const name = asText(fieldAt(chart, 'name'));
    const others = workspace.directories
      .filesIn(dir)
      .filter((path) => /^values[-._].*\.ya?ml$/.test(baseName(path)) && parentOf(path) === dir);
    return [[], ...others.map((path) => [path])].map((valuesFiles) => ({ dir, name, valuesFiles }));
  });
}

export function releaseOf({ dir, name, valuesFiles }: ChartVariant): HelmRelease {
  return { path: dir, releaseName: name, namespace: 'default', valuesFiles, includeCrds: true };
}
