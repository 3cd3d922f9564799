import type { Location } from '../../vocabulary.ts';
import type { Resource } from '../../render/resource.ts';
import { fieldAt, mappingAt, textAt } from '../../untyped.ts';
import { versionTextAt } from './version-fact.ts';

/** The chart a HelmRelease installs, as far as the manifests of the environment say. */
export interface FluxChart {
  readonly name: string;
  readonly repository: string;
  readonly version: string;
  readonly versionAt: Location;
}

const SOURCES = 'source.toolkit.fluxcd.io';

/** Follows `spec.chart` or `spec.chartRef` to the chart's name, address and version. */
export function fluxChart(release: Resource, resources: readonly Resource[]): FluxChart | undefined {
  const reference = mappingAt(release.body, 'spec', 'chartRef');
  if (textAt(reference, 'name') !== '') {
    const source = findSource(reference, release.namespace, resources);
    if (source?.kind === 'OCIRepository') return ociChart(source);
    return source?.kind === 'HelmChart' ? templateChart(source, ['spec'], resources) : undefined;
  }
  return templateChart(release, ['spec', 'chart', 'spec'], resources);
}

/** `oci://registry.istio.io/release/charts/istiod` is chart `istiod`; its version is `spec.ref`. */
function ociChart(source: Resource): FluxChart {
  const url = textAt(source.body, 'spec', 'url').replace(/\/$/, '');
  const field = fieldAt(source.body, 'spec', 'ref', 'semver') === undefined ? 'tag' : 'semver';
  return {
    name: url.slice(url.lastIndexOf('/') + 1),
    repository: url,
    version: versionTextAt(source.body, 'spec', 'ref', field),
    versionAt: source.origin.at(['spec', 'ref', field]),
  };
}

function templateChart(holder: Resource, path: readonly string[], resources: readonly Resource[]): FluxChart {
  const spec = mappingAt(holder.body, ...path);
  const reference = mappingAt(spec, 'sourceRef');
  const source = findSource(reference, holder.namespace, resources);
  const url = source && textAt(source.body, 'spec', 'url');
  return {
    // A Git source names a folder: `./charts/istiod`.
    name: textAt(spec, 'chart').replace(/\/$/, '').split('/').at(-1) ?? '',
    repository: url === undefined || url === '' ? textAt(reference, 'name') : url,
    version: versionTextAt(spec, 'version'),
    versionAt: holder.origin.at([...path, fieldAt(spec, 'version') === undefined ? 'chart' : 'version']),
  };
}

/** The source object a reference names: in its own namespace first, else the only one of that name. */
function findSource(
  reference: Readonly<Record<string, unknown>>,
  ownNamespace: string,
  resources: readonly Resource[],
): Resource | undefined {
  const kind = textAt(reference, 'kind');
  const name = textAt(reference, 'name');
  const namespace = textAt(reference, 'namespace') || ownNamespace;
  const named = resources.filter(
    (candidate) => candidate.group === SOURCES && candidate.kind === kind && candidate.name === name,
  );
  return named.find((candidate) => candidate.namespace === namespace) ?? named[0];
}
