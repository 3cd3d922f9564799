import { ISTIO_API_VERSIONS, type HelmRelease } from './helm-release.ts';
import type { ChartInstance } from './helm-chart-values.ts';
import { Unknown } from './gotemplate/unknown.ts';
import { newMap, type Method } from './gotemplate/values.ts';
import { asMap } from '../untyped.ts';

/** What templates of a chart see as `.`. The cluster, and whether this is the first install, are not known. */
export function builtIns(chart: ChartInstance, release: HelmRelease, template: string): unknown {
  const has: Method = (version) => {
    const known = release.apiVersions ?? ISTIO_API_VERSIONS;
    return typeof version === 'string' && known.includes(version) ? true : Unknown.of('capabilities');
  };
  const unread: Method = () => Unknown.of('files');
  return newMap([
    ['Values', chart.values],
    ['Chart', capitalised(chart.about)],
    [
      'Release',
      newMap([
        ['Name', release.isNameGuessed === true ? Unknown.of('Release.Name') : release.releaseName],
        ['Namespace', release.namespace === '' ? Unknown.of('Release.Namespace') : release.namespace],
        ['Service', 'Helm'],
        ['IsInstall', Unknown.of('Release.IsInstall')],
        ['IsUpgrade', Unknown.of('Release.IsUpgrade')],
        ['Revision', Unknown.of('Release.Revision')],
      ]),
    ],
    [
      'Capabilities',
      newMap([
        ['APIVersions', newMap([['Has', has]])],
        ['KubeVersion', Unknown.of('KubeVersion')],
        ['HelmVersion', Unknown.of('HelmVersion')],
      ]),
    ],
    [
      'Files',
      newMap(
        ['Get', 'GetBytes', 'Glob', 'Lines', 'AsConfig', 'AsSecrets'].map((name) => [name, unread] as const),
      ),
    ],
    [
      'Template',
      newMap([
        ['Name', template],
        ['BasePath', template.slice(0, template.lastIndexOf('/'))],
      ]),
    ],
  ]);
}

/** `.Chart.AppVersion` is `appVersion` of Chart.yaml. */
function capitalised(about: unknown): unknown {
  const entries = Object.entries(asMap(about) ?? {});
  return newMap(
    entries.map(([key, value]) => [key.slice(0, 1).toUpperCase() + key.slice(1), value] as const),
  );
}
