import type { Header, Wanted } from '../yaml/parse.ts';

/** A ConfigMap above this size holds dashboards or bundled data. Istio's mesh and injector configuration is about 60 KB. */
const LARGE_CONFIG_MAP = 256 * 1024;

/**
 * Kinds whose identity and annotations matter (a CRD tells the version of an API it brings), and whose bulk below `spec`
 * no rule reads: a single CRD can be a megabyte of schema.
 */
const HEAD_ONLY: ReadonlySet<string> = new Set(['CustomResourceDefinition']);

/** CRDs of Istio: which versions they serve matters too. */
const ISTIO_CRD = /^\s+name:\s*["']?[a-z]+\.(?:networking|security|telemetry)\.istio\.io\b/m;

/** Kinds of alerts and dashboards: whole only where they speak of Istio's or Envoy's metrics. */
const METRICS: ReadonlySet<string> = new Set(['GrafanaDashboard', 'PrometheusRule']);

/** How much of a document is worth parsing, by its kind and a look at its text. */
export function wantedPart({ kind }: Header, text: string): Wanted {
  if (HEAD_ONLY.has(kind)) return ISTIO_CRD.test(text) ? 'outline' : 'head';
  if (METRICS.has(kind) && !/istio|envoy|pilot|citadel|galley/i.test(text)) return 'head';
  return !(kind === 'ConfigMap' && text.length > LARGE_CONFIG_MAP && !/istio|envoy/i.test(text));
}
