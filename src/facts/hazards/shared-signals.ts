import type { AllSignal, Conditions, FieldPath, ObjectSignal, Signal } from './hazard.ts';
import { absent, all, annotation, is, like, object } from './signals.ts';

/** Signals and places that several hazards share. */

/** The places where a DestinationRule holds a traffic policy. */
export const TRAFFIC_POLICIES: readonly FieldPath[] = [
  'spec.trafficPolicy',
  'spec.trafficPolicy.portLevelSettings[]',
  'spec.subsets[].trafficPolicy',
  'spec.subsets[].trafficPolicy.portLevelSettings[]',
];

/** Alerts, recording rules and dashboards whose text is like this. */
export function metrics(pattern: RegExp): readonly ObjectSignal[] {
  return [
    object(['PrometheusRule.monitoring.coreos.com', 'VMRule.operator.victoriametrics.com'], {
      each: 'spec.groups[].rules[].expr',
      where: { '': like(pattern) },
    }),
    object('ConfigMap', { each: 'data.*', where: { '': like(pattern) } }),
    object('GrafanaDashboard.grafana.integreatly.org', { each: 'spec.json', where: { '': like(pattern) } }),
  ];
}

/** Managed gateways of Gateway API: Istio makes the Deployment. */
export const MANAGED_GATEWAY: ObjectSignal = object('KubernetesGateway', {
  where: { 'spec.gatewayClassName': like(/^istio(?:-|$)/), 'spec.addresses': absent },
});

/** Containers of workloads, init containers too. */
export const CONTAINERS: readonly FieldPath[] = ['containers[]', 'initContainers[]'];

/** Kinds that choose pods under `spec.selector`, as Kubernetes writes label selectors. */
const SELECTING = [
  'AuthorizationPolicy',
  'PeerAuthentication',
  'RequestAuthentication',
  'Telemetry',
  'WasmPlugin',
  'ProxyConfig',
  'PodMonitor.monitoring.coreos.com',
  'PodDisruptionBudget',
];

/** The places where a NetworkPolicy chooses pods. */
export const POD_SELECTORS: readonly FieldPath[] = [
  'spec.podSelector',
  'spec.ingress[].from[].podSelector',
  'spec.egress[].to[].podSelector',
];

/** Every object that chooses pods by a label, by its value or by an expression about it. */
export function selecting(label: string): readonly ObjectSignal[] {
  const byKey = { key: is(label) };
  return [
    object(SELECTING, { each: `spec.selector.matchLabels."${label}"` }),
    object(SELECTING, { each: 'spec.selector.matchExpressions[]', where: byKey }),
    object('NetworkPolicy.networking.k8s.io', {
      each: POD_SELECTORS.map((place) => `${place}.matchLabels."${label}"`),
    }),
    object('NetworkPolicy.networking.k8s.io', {
      each: POD_SELECTORS.map((place) => `${place}.matchExpressions[]`),
      where: byKey,
    }),
    object(['EnvoyFilter', 'Sidecar', 'ServiceEntry'], { each: `spec.workloadSelector.labels."${label}"` }),
    object(['Gateway', 'Service'], { each: `spec.selector."${label}"` }),
  ];
}

/** What holds of paths of an Ingress that Istio serves: by its class, or by an annotation. */
export function istioIngress(each: FieldPath, where: Conditions, api?: string): readonly Signal[] {
  const options = api === undefined ? {} : { api };
  const kinds = ['Ingress.networking.k8s.io', 'Ingress'];
  const found = object(kinds, { each, where, ...options });
  const of = (signal: Signal): AllSignal => ({ ...all(found, signal), scope: 'object' });
  return [
    of(object(kinds, { where: { 'spec.ingressClassName': like(/^istio/) } })),
    of(annotation('kubernetes.io/ingress.class', like(/^istio/), kinds)),
  ];
}
