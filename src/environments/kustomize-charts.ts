import type { Path } from '../vocabulary.ts';
import type { Repository } from '../render/repository.ts';
import type { DeclaredChart, OpaqueSource } from './environment.ts';
import { locationIn, type Kustomization } from './kustomization.ts';
import { isOfficialIstioChart } from './istio-charts.ts';
import { resolvePath } from './repository-path.ts';
import { asList, asMap, asText, fieldAt, scalarText } from '../untyped.ts';

/** `helmCharts:` of a kustomization: Istio's own as declared charts, others as opaque sources. */
export function kustomizeCharts(
  kustomization: Kustomization,
  repository: Repository,
): { readonly charts: readonly DeclaredChart[]; readonly opaque: readonly OpaqueSource[] } {
  const entries = asList(fieldAt(kustomization.value, 'helmCharts'));
  const charts: DeclaredChart[] = [];
  const opaque: OpaqueSource[] = [];
  entries.forEach((entry, index) => {
    const chart = declared(entry, ['helmCharts', index], kustomization, repository);
    charts.push(chart);
    if (isOfficialIstioChart({ name: chart.chart, repository: chart.repository })) return;
    const namespaces = chart.namespace === '' ? undefined : [chart.namespace];
    opaque.push({ what: `Helm chart ${chart.chart} in ${kustomization.file}`, namespaces, at: chart.at });
  });
  return { charts, opaque };
}

function declared(
  entry: unknown,
  path: Path,
  kustomization: Kustomization,
  repository: Repository,
): DeclaredChart {
  const text = (key: string): string => scalarText(fieldAt(entry, key)) ?? '';
  const inline = asMap(fieldAt(entry, 'valuesInline'));
  const valuesPath = resolvePath(kustomization.dir, asText(fieldAt(entry, 'valuesFile')) || 'values.yaml');
  const file = valuesPath === undefined ? undefined : repository.files.get(valuesPath);
  const document = text('valuesFile') === '' ? undefined : file?.parsed.documents[0];
  return {
    chart: text('name'),
    repository: text('repo'),
    version: text('version'),
    releaseName: text('releaseName') || text('name'),
    namespace: text('namespace') || asText(fieldAt(kustomization.value, 'namespace')),
    values: { ...asMap(document?.value), ...inline },
    installer: 'helm',
    at: kustomization.at([...path, text('version') === '' ? 'name' : 'version']),
    valueAt(asked) {
      const [first] = asked;
      const isInline = inline !== undefined && typeof first === 'string' && Object.hasOwn(inline, first);
      if (isInline || !file || !document) return kustomization.at([...path, 'valuesInline', ...asked]);
      return locationIn(file.path, document, asked);
    },
  };
}
