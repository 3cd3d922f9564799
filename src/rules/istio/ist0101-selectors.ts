import { perObject } from '../../remember.ts';
import type { Mesh, Selection, Workload } from '../../mesh/mesh.ts';
import { SimilarNames } from '../../mesh/near-misses.ts';
import type { Resource } from '../../render/resource.ts';
import type { Evidence, Path } from '../../vocabulary.ts';
import { fieldName, fields, hasPlaceholder, labels, selectorText } from '../body.ts';
import type { ReferenceContext } from './ist0101-reference-not-found.ts';

/** Bounds the search for a slip; no repository has more gateways. */
const MOST_COMPARISONS = 1000;

/** Selectors of Gateways, Sidecars and Telemetries that select no workload. */
export function checkSelectors(context: ReferenceContext): void {
  const { mesh } = context;
  for (const gateway of mesh.resources('Gateway')) {
    const selector = labels(fields(gateway.body, 'spec'), 'selector');
    checkSelector(context, gateway, selector, ['spec', 'selector'], undefined);
  }
  for (const sidecar of mesh.resources('Sidecar')) {
    const spec = fields(sidecar.body, 'spec');
    const selector = labels(fields(spec, 'workloadSelector'), 'labels');
    const path = ['spec', fieldName(spec, 'workloadSelector'), 'labels'];
    if (hasLabels(selector)) checkSelector(context, sidecar, selector, path, sidecar.namespace);
  }
  for (const telemetry of mesh.resources('Telemetry')) {
    const wanted = fields(fields(telemetry.body, 'spec'), 'selector');
    const selector = labels(wanted, 'matchLabels');
    const path = ['spec', 'selector', fieldName(wanted, 'matchLabels')];
    if (hasLabels(selector)) checkSelector(context, telemetry, selector, path, telemetry.namespace);
  }
}

function hasLabels(selector: Readonly<Record<string, string>>): boolean {
  return Object.keys(selector).length > 0;
}

function checkSelector(
  context: ReferenceContext,
  resource: Resource,
  selector: Readonly<Record<string, string>>,
  path: Path,
  namespace: string | undefined,
): void {
  const { mesh } = context;
  if (Object.entries(selector).flat().some(hasPlaceholder)) return;
  const selection = mesh.select(selector, namespace);
  if (selection.selected.length + selection.charts.length > 0) return;
  const where = namespace === undefined || namespace === '' ? 'any namespace' : `namespace ${namespace}`;
  const data = { selector: selectorText(selector), where };
  const first = Object.keys(selector).sort().slice(0, 1);
  if (mesh.world === 'closed') {
    context.report(resource, [...path, ...first], 'selector', data);
    return;
  }
  if (resource.kind === 'Gateway' && selection.lost && !isBroughtByIstioctl(mesh, selector)) {
    const { what, at } = selection.lost;
    const says = `this change takes these labels from the pods of ${what}, or removes them`;
    const evidence = [{ says, at }];
    context.report(resource, [...path, ...first], 'selector', data, { confidence: 'likely', evidence });
    return;
  }
  const reason =
    resource.kind === 'Gateway' ? slipOf(mesh, selector) : neighboursDiffer(mesh, selection, namespace ?? '');
  if ('doubt' in reason) {
    context.unchecked(`what a ${resource.kind} selects`, reason.doubt, resource, path);
    return;
  }
  const options = { confidence: 'likely', level: 'warning', evidence: [reason.evidence] } as const;
  context.report(resource, [...path, ...first], 'selector', data, options);
}

/** An IstioOperator or istioctl brings the ingress gateway of its profile, labelled `istio: ingressgateway`, unasked. */
function isBroughtByIstioctl({ controlPlanes }: Mesh, { istio }: Readonly<Record<string, string>>): boolean {
  return istio === 'ingressgateway' && controlPlanes.some(({ installer }) => installer === 'istioctl');
}

type Reason = { readonly evidence: Evidence } | { readonly doubt: string };

/** An empty selection says something where other workloads of the namespace are in view, and none that could be meant. */
function neighboursDiffer(mesh: Mesh, { maybe }: Selection, namespace: string): Reason {
  const [source] = maybe;
  if (source !== undefined) return { doubt: `it may select what ${source} holds` };
  const neighbour = mesh.workloads.find((workload) => workload.namespace === namespace);
  if (neighbour === undefined || namespace === '') {
    return { doubt: 'the workloads of its namespace are not in this repository' };
  }
  const says = `every workload of namespace ${namespace} in this repository carries other labels`;
  return { evidence: { says } };
}

/** A Gateway selects in every namespace, and no repository holds them all: only a slip of a gateway here is told. */
function slipOf(mesh: Mesh, selector: Readonly<Record<string, string>>): Reason {
  const gateways = gatewaysOf(mesh);
  for (const [key, value] of Object.entries(selector)) {
    const values = gateways.flatMap(({ labels: { [key]: label } }) => (label === undefined ? [] : [label]));
    const meant = new SimilarNames(values, { left: MOST_COMPARISONS }).nearest(value);
    const gateway = meant === undefined ? undefined : gateways.find((one) => one.labels[key] === meant);
    if (!gateway) continue;
    const at = gateway.resource.origin.at([...gateway.metadataPath, 'labels', key]);
    return { evidence: { says: `the gateway ${gateway.name} carries ${key}=${meant ?? ''}`, at } };
  }
  return releaseInsteadOfLabel(mesh, selector) ?? { doubt: 'its gateway workload is not in this repository' };
}

/**
 * The gateway chart labels its pods `istio: <release>` without a leading `istio-` (all releases of the chart, unless its values
 * say otherwise), so a selector with the whole name of such a release selects nothing.
 */
function releaseInsteadOfLabel(mesh: Mesh, selector: Readonly<Record<string, string>>): Reason | undefined {
  const wanted = selector['istio'];
  if (wanted === undefined || !wanted.startsWith('istio-')) return undefined;
  const gateways = mesh.components.filter(({ component }) => component === 'gateway');
  const release = gateways.find(({ name }) => name === wanted);
  if (!release || gateways.some(({ name }) => name === `istio-${wanted}`)) return undefined;
  const says = `the gateway chart of release ${wanted} labels its pods istio=${wanted.slice('istio-'.length)}`;
  return { evidence: { says, at: release.at } };
}

/** Istio's gateway workloads carry an `istio` label and run the proxy as their own container. Worked out once for a mesh. */
const gatewaysOf = perObject((mesh: Mesh): readonly Workload[] =>
  mesh.workloads.filter(
    ({ labels: { istio }, containers }) =>
      istio !== undefined && containers.some(({ init, name }) => !init && name === 'istio-proxy'),
  ),
);
