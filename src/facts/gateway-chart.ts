/**
 * Keys at the top of the values that the gateway chart’s schema (values.schema.json, since 1.12) refuses in every release:
 * those of Istio’s other charts and of the older gateway charts.
 */
export const NEVER_IN_GATEWAY_CHART: ReadonlySet<string> = new Set([
  'autoscaleEnabled',
  'autoscaleMax',
  'autoscaleMin',
  'base',
  'cni',
  'externalTrafficPolicy',
  'gateways',
  'hub',
  'image',
  'ingressPorts',
  'istio_cni',
  'istiodRemote',
  'loadBalancerIP',
  'loadBalancerSourceRanges',
  'meshConfig',
  'podLabels',
  'ports',
  'secretVolumes',
  'serviceAnnotations',
  'sidecarInjectorWebhook',
  'tag',
  'telemetry',
  'type',
  'ztunnel',
]);

/** Keys by the first minor whose schema has them: the chart’s history at each `.0` tag. */
export const GATEWAY_CHART_KEYS_SINCE: Readonly<Record<string, number>> = {
  kind: 14,
  podDisruptionBudget: 19,
  compatibilityVersion: 21,
  networkGatewayPorts: 30,
  dnsPolicy: 31,
  dnsConfig: 31,
};

/** The first minor whose gateway chart has a schema. */
export const FIRST_WITH_SCHEMA = 12;
