import { expect, test } from '@jest/globals';
import { chartWorkloads, gatewayChartLabels } from '../../../src/mesh/control-planes.ts';
import { environmentOf } from '../from-yaml.ts';

test.each([
  ['istio-ingressgateway', {}, { app: 'istio-ingressgateway', istio: 'ingressgateway' }],
  ['istio-gateway', {}, { app: 'istio-gateway', istio: 'gateway' }],
  ['gateway', {}, { app: 'gateway', istio: 'gateway' }],
  ['edge', { name: 'istio-public' }, { app: 'istio-public', istio: 'public' }],
  ['edge', { labels: { istio: 'ingressgateway' } }, { app: 'edge', istio: 'ingressgateway' }],
  ['edge', { revision: 'canary' }, { 'istio.io/rev': 'canary', 'sidecar.istio.io/inject': 'true' }],
])('release %s with %j', (release, values, labels) => {
  expect(gatewayChartLabels(release, values)).toMatchObject(labels);
});

test('the pods of a gateway chart, and where it is written', () => {
  const [gateway] = chartWorkloads(
    environmentOf(`apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: { name: istio-gateway, namespace: ingress }
spec:
  chart:
    spec: { chart: gateway, version: 1.24.2, sourceRef: { kind: HelmRepository, name: istio } }
`),
  );
  expect(gateway).toMatchObject({
    name: 'istio-gateway',
    namespace: 'ingress',
    what: 'HelmRelease ingress/istio-gateway',
    labels: { istio: 'gateway' },
    at: { line: 6 },
  });
});

test('values that cannot be seen leave the labels unknown', () => {
  const [gateway] = chartWorkloads(
    environmentOf(`apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: { name: gateway, namespace: ingress }
spec:
  chart: { spec: { chart: gateway, version: 1.24.2, sourceRef: { kind: HelmRepository, name: istio } } }
  valuesFrom: [{ kind: Secret, name: hidden }]
`),
  );
  expect(gateway!.labels).toBeUndefined();
});
