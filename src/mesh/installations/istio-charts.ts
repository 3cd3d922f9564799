import type { Confidence } from '../../vocabulary.ts';
import { parseIstioVersion } from '../../facts/versions.ts';
import type { IstioVersion } from '../../facts/versions.ts';
import { isKnown } from '../../yaml/placeholders.ts';
import type { IstioChart } from './installation.ts';

/** A chart as a release refers to it. */
export interface ChartReference {
  readonly name: string;
  /** URL or OCI address, or the short name of a repository. */
  readonly repository: string;
  readonly version: string;
}

/**
 * Chart names of Istio releases; `istio-discovery` and `istio-cni` before 1.12, `istio` and `istio-init` before 1.6. Those
 * vendored from releases 1.6 to 1.11 say 1.1.0 or 1.2.0 whatever they hold.
 */
const CHARTS: ReadonlyMap<string, IstioChart> = new Map<string, IstioChart>([
  ['base', 'base'],
  ['istio-init', 'base'],
  ['istiod', 'istiod'],
  ['istio-discovery', 'istiod'],
  ['istiod-remote', 'istiod'],
  ['istio', 'istiod'],
  ['cni', 'cni'],
  ['istio-cni', 'cni'],
  ['ztunnel', 'ztunnel'],
  ['gateway', 'gateway'],
  ['istio-ingress', 'legacy-gateway'],
  ['istio-egress', 'legacy-gateway'],
  ['ambient', 'ambient'],
  ['revisiontags', 'tags'],
]);

/** Names that applications give to charts of their own: taken from Istio's own repositories only. */
const AMBIGUOUS = new Set(['istio', 'istio-ingress', 'istio-egress']);

/** Charts of the time before istiod: their numbers were Istio's. */
const BEFORE_ISTIOD = new Set(['istio', 'istio-init']);

/** Names that no other well-known chart has: a mirror is recognised by them. */
const TELLING = new Set(['istiod', 'istio-discovery', 'istiod-remote', 'ztunnel']);

/** Where Istio publishes its charts: Google storage, gcr.io and registry.istio.io until 1.30, blob.istio.io and ghcr.io from then on. */
const OFFICIAL =
  /^(?:https?|oci):\/\/(?:istio-release\.storage\.googleapis\.com\/charts|storage\.googleapis\.com\/istio-release\/|(?:[a-z]+\.)?gcr\.io\/istio-(?:release|testing)\/|registry\.istio\.io\/|blob\.istio\.io\/istio-release\/|ghcr\.io\/istio\/release\/)|^(?:gcr\.io\/istio-release|ghcr\.io\/istio\/release|registry\.istio\.io)\//;

/** What a reference turns out to be. */
export interface RecognisedChart {
  readonly chart: IstioChart;
  readonly confidence: Confidence;
  /** The Istio release that the chart's version stands for; `undefined` when it names none. */
  readonly chartRelease: IstioVersion | undefined;
}

/**
 * Which chart of Istio this is, if it is one. A mirror counts when the chart's name or the repository's speaks of Istio
 * and the version can be an Istio release, so that look-alikes (Kiali, net-istio, an application's `gateway`) are left out.
 */
export function istioChart({ name, repository, version }: ChartReference): RecognisedChart | undefined {
  const chart = CHARTS.get(name);
  if (chart === undefined) return undefined;
  const parsed = parseIstioVersion(version);
  const vendored = !BEFORE_ISTIOD.has(name) && (parsed?.minor === 1 || parsed?.minor === 2);
  const chartRelease = vendored ? undefined : parsed;
  if (OFFICIAL.test(repository)) return { chart, confidence: 'certain', chartRelease };
  if (AMBIGUOUS.has(name)) return undefined;
  const mirror = TELLING.has(name) || /istio/i.test(repository);
  return mirror && (vendored || mayBeRelease(version, parsed))
    ? { chart, confidence: 'likely', chartRelease }
    : undefined;
}

/** A placeholder or an open range may be anything; a number has to be one that a chart of this name had. */
function mayBeRelease(version: string, parsed: IstioVersion | undefined): boolean {
  if (version === '' || !isKnown(version) || /[<>~^*|]/.test(version)) return true;
  return parsed !== undefined && parsed.minor >= 6;
}
