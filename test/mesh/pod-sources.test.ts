import { describe, expect, test } from '@jest/globals';
import type { Resource } from '../../src/render/resource.ts';
import { meshOf, object, serviceEntry } from './manifests.ts';

const ISTIO = 'networking.istio.io/v1';
const GATEWAY_API = 'gateway.networking.k8s.io/v1';

/** What may stand behind a selector of a namespace (`*`: any) although no workload has these labels. */
function behind(resource: Resource, labels: Record<string, string>, namespace?: string) {
  const { selected, maybe } = meshOf([resource]).select(
    labels,
    namespace === '*' ? undefined : (namespace ?? 'shop'),
  );
  expect(selected).toEqual([]);
  return maybe.filter((what) => !what.startsWith('pods of'));
}

describe('what brings pods without being a workload', () => {
  test('a Gateway of Gateway API: the proxy that Istio deploys for it', () => {
    const infrastructure = { labels: { team: 'edge' } };
    const gateway = object(
      GATEWAY_API,
      'Gateway',
      'main',
      { spec: { infrastructure } },
      { namespace: 'shop', labels: { app: 'web' } },
    );
    const named = { 'gateway.networking.k8s.io/gateway-name': 'main' };
    expect(behind(gateway, named)).toEqual(['Gateway shop/main']);
    expect(behind(gateway, { team: 'edge', app: 'web' }, '*')).toEqual(['Gateway shop/main']);
    expect(behind(gateway, { 'gateway.networking.k8s.io/gateway-name': 'other' })).toEqual([]);
    expect(behind(gateway, named, 'web')).toEqual([]);
  });

  test('an operator: any pod in its namespace', () => {
    const kafka = object('kafka.strimzi.io/v1beta2', 'Kafka', 'events', {}, { namespace: 'shop' });
    expect(behind(kafka, { app: 'x' })).toEqual(['Kafka shop/events']);
    expect(behind(kafka, { app: 'x' }, 'web')).toEqual([]);
  });

  test('workloads outside the cluster', () => {
    const entry = object(
      ISTIO,
      'WorkloadEntry',
      'vm',
      { spec: { labels: { app: 'vm' } } },
      { namespace: 'shop' },
    );
    const metadata = { labels: { app: 'vm' } };
    const group = object(ISTIO, 'WorkloadGroup', 'vms', { spec: { metadata } }, { namespace: 'shop' });
    const endpoints = [{ address: '1.2.3.4', labels: { app: 'vm' } }];
    expect(behind(entry, { app: 'vm' })).toEqual(['WorkloadEntry shop/vm']);
    expect(behind(group, { app: 'vm' })).toEqual(['WorkloadGroup shop/vms']);
    expect(behind(serviceEntry('shop', 'ext', { endpoints }), { app: 'vm' })).toEqual([
      'ServiceEntry shop/ext',
    ]);
    expect(behind(entry, { app: 'other' })).toEqual([]);
  });

  test('an IstioOperator: gateways in the namespaces it names', () => {
    const components = { ingressGateways: [{ name: 'edge', namespace: 'edge' }] };
    const operator = object('install.istio.io/v1alpha1', 'IstioOperator', 'mesh', { spec: { components } });
    const label = { istio: 'ingressgateway' };
    expect(behind(operator, label, 'edge')).toEqual(['IstioOperator mesh']);
    expect(behind(operator, label, 'istio-system')).toEqual(['IstioOperator mesh']);
    expect(behind(operator, label, 'shop')).toEqual([]);
    expect(behind(operator, label, '*')).toEqual(['IstioOperator mesh']);
  });

  test('none of them counts in a closed world', () => {
    const kafka = object('kafka.strimzi.io/v1beta2', 'Kafka', 'events', {}, { namespace: 'shop' });
    expect(meshOf([kafka], { world: 'closed' }).select({ app: 'x' }, 'shop').maybe).toEqual([]);
  });
});
