import type { DeclaredChart, Environment } from '../../environments/environment.ts';
import { chartInstallation } from './chart-release.ts';
import type { ChartRelease, Found } from './installation.ts';
import { istioChart } from './istio-charts.ts';

/** Chart.yaml dependencies, helmfile releases and kustomize `helmCharts` of Istio's charts. */
export function declaredReleases({ charts }: Pick<Environment, 'charts'>): ChartRelease[] {
  return charts.flatMap((declared) => {
    const { chart: name, repository, version } = declared;
    const recognised = istioChart({ name, repository, version });
    return recognised ? [release(declared, recognised)] : [];
  });
}

export function readDeclaredCharts(environment: Pick<Environment, 'charts'>): Found[] {
  return declaredReleases(environment).map(chartInstallation);
}

function release(
  declared: DeclaredChart,
  { chart, confidence }: Pick<ChartRelease, 'chart' | 'confidence'>,
): ChartRelease {
  return {
    chart,
    releaseName: declared.releaseName,
    namespace: declared.namespace,
    version: declared.version,
    versionAt: declared.at,
    installer: declared.installer,
    layers: [{ values: declared.values, at: (path) => declared.valueAt(path) }],
    valuesElsewhere: false,
    confidence,
    resource: undefined,
  };
}
