import type { Confidence } from '../../vocabulary.ts';
import { parseIstioVersion } from '../../facts/versions.ts';
import { isKnown } from '../../yaml/placeholders.ts';
import type { IstioChart } from './installation.ts';

/** A chart as a release refers to it. */
export interface ChartReference {
  readonly name: string;
  /** URL or OCI address, or the short name of a repository. */
  readonly repository: string;
  readonly version: string;
}

/** Chart names of Istio releases; `istio-discovery` and `istio-cni` before 1.12, `istio` and `istio-init` before 1.6. */
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
  ['istio-ingress', 'gateway'],
  ['istio-egress', 'gateway'],
  ['ambient', 'ambient'],
  ['revisiontags', 'tags'],
]);

/** Names that applications give to charts of their own: taken from Istio's own repositories only. */
const AMBIGUOUS = new Set(['istio', 'istio-ingress', 'istio-egress']);

/** Names that no other well-known chart has: a mirror is recognised by them. */
const TELLING = new Set(['istiod', 'istio-discovery', 'istiod-remote', 'ztunnel']);

/** Where Istio publishes its charts: Google storage, and OCI at gcr.io and (since 1.30) registry.istio.io. */
const OFFICIAL =
  /^(?:https?|oci):\/\/(?:istio-release\.storage\.googleapis\.com\/charts|storage\.googleapis\.com\/istio-release\/|(?:[a-z]+\.)?gcr\.io\/istio-(?:release|testing)\/|registry\.istio\.io\/)|^(?:gcr\.io\/istio-release|registry\.istio\.io)\//;

/**
 * Which chart of Istio this is, if it is one. A mirror counts when the chart's name or the repository's speaks of Istio
 * and the version can be an Istio release, so that look-alikes (Kiali, net-istio, an application's `gateway`) are left out.
 */
export function istioChart(
  reference: ChartReference,
): { readonly chart: IstioChart; readonly confidence: Confidence } | undefined {
  const chart = CHARTS.get(reference.name);
  if (chart === undefined) return undefined;
  if (OFFICIAL.test(reference.repository)) return { chart, confidence: 'certain' };
  if (AMBIGUOUS.has(reference.name)) return undefined;
  const mirror = TELLING.has(reference.name) || /istio/i.test(reference.repository);
  return mirror && mayBeRelease(reference.version) ? { chart, confidence: 'likely' } : undefined;
}

/** Charts named `istiod`, `base`, ... follow Istio's numbers since 1.12; vendored ones before said 1.1.0 or 1.2.0. */
function mayBeRelease(version: string): boolean {
  if (version === '' || !isKnown(version) || /[<>~^*|]/.test(version)) return true;
  const parsed = parseIstioVersion(version);
  return parsed !== undefined && (parsed.minor >= 6 || (parsed.minor <= 2 && parsed.minor >= 1));
}
