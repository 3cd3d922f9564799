import type { DeclaredChart, Environment } from '../../environments/environment.ts';
import type { ChartRelease } from './installation.ts';
import { istioChart } from './istio-charts.ts';
import type { RecognisedChart } from './istio-charts.ts';

/** Chart.yaml dependencies, helmfile releases and kustomize `helmCharts` of Istio's charts. */
export function declaredReleases({ charts }: Pick<Environment, 'charts'>): ChartRelease[] {
  return charts.flatMap((declared) => {
    const { chart: name, repository, version } = declared;
    const recognised = istioChart({ name, repository, version });
    return recognised ? [release(declared, recognised)] : [];
  });
}

function release(declared: DeclaredChart, recognised: RecognisedChart): ChartRelease {
  return {
    ...recognised,
    releaseName: declared.releaseName,
    namespace: declared.namespace,
    version: declared.version,
    versionAt: declared.at,
    installer: declared.installer,
    layers: [{ values: declared.values, at: (path) => declared.valueAt(path) }],
    confidence: declared.confidence ?? recognised.confidence,
    valuesElsewhere: declared.valuesElsewhere ?? false,
    resource: undefined,
  };
}
