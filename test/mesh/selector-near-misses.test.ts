import { describe, expect, test } from '@jest/globals';
import type { Resource } from '../../src/render/resource.ts';
import { deployment, meshOf, namespaceManifest, object } from './manifests.ts';
import type { MeshOptions } from './manifests.ts';

/** A Flux release of Istio's gateway chart: its pods are labelled `istio: <name without istio->`. */
function gatewayRelease(name: string, values: object = {}): Resource[] {
  const chart = { spec: { chart: 'gateway', sourceRef: { kind: 'HelmRepository', name: 'istio' } } };
  const url = 'https://istio-release.storage.googleapis.com/charts';
  return [
    object(
      'helm.toolkit.fluxcd.io/v2',
      'HelmRelease',
      name,
      { spec: { chart, values } },
      { namespace: 'edge' },
    ),
    object(
      'source.toolkit.fluxcd.io/v1',
      'HelmRepository',
      'istio',
      { spec: { url } },
      { namespace: 'edge' },
    ),
  ];
}

function nearMiss(
  resources: readonly Resource[],
  selector: Record<string, string>,
  namespace?: string,
  options?: MeshOptions,
): string | undefined {
  const found = meshOf(resources, options).select(selector, namespace).nearMiss;
  return found && `${found.what} ${found.label}=${found.value}`;
}

describe('the label of a gateway chart', () => {
  test.each<[string, Record<string, string>, string | undefined]>([
    ['istio-gateway', { istio: 'istio-gateway' }, 'HelmRelease edge/istio-gateway istio=gateway'],
    ['istio-gateway', { istio: 'gatway' }, 'HelmRelease edge/istio-gateway istio=gateway'],
    [
      'istio-gateway',
      { app: 'istio-gateway', istio: 'istio-gateway' },
      'HelmRelease edge/istio-gateway istio=gateway',
    ],
    ['istio-gateway', { istio: 'gateway' }, undefined],
    ['istio-gateway', { app: 'istio-gateway' }, undefined],
    ['istio-gateway', { istio: 'egress' }, undefined],
    ['istio-gateway', { app: 'other', istio: 'istio-gateway' }, undefined],
    ['istio-gateway', { istio: '${NAME}' }, undefined],
    ['istio-ingress-gateway', { istio: 'ingressgateway' }, undefined],
  ])('of release %s, selected by %j', (release, selector, expected) => {
    expect(nearMiss(gatewayRelease(release), selector)).toBe(expected);
  });

  test('that the values set is the one that counts', () => {
    const release = gatewayRelease('istio-gateway', { labels: { istio: 'istio-gateway' } });
    expect(nearMiss(release, { istio: 'istio-gateway' })).toBeUndefined();
  });
});

describe('the label of a workload', () => {
  const shop = [namespaceManifest('shop'), deployment('shop', 'reviews', { app: 'reviews', tier: 'web' })];

  test.each<[Record<string, string>, string | undefined]>([
    [{ app: 'reveiws' }, 'Deployment shop/reviews app=reviews'],
    [{ app: 'reveiws', tier: 'web' }, 'Deployment shop/reviews app=reviews'],
    [{ app: 'reveiws', tier: 'db' }, undefined],
    [{ app: 'ratings' }, undefined],
    [{ app: 'reviews', zone: 'a' }, undefined],
  ])('in a namespace that is described here, selected by %j', (selector, expected) => {
    expect(nearMiss(shop, selector, 'shop')).toBe(expected);
  });

  test('counts neither in another namespace, nor where a chart fills it, nor in a closed world', () => {
    const chart = { what: 'HelmRelease shop/x', namespaces: ['shop'] };
    expect(nearMiss(shop, { app: 'reveiws' }, 'web')).toBeUndefined();
    expect(nearMiss(shop, { app: 'reveiws' })).toBeUndefined();
    expect(nearMiss(shop, { app: 'reveiws' }, 'shop', { opaque: [chart] })).toBeUndefined();
    expect(nearMiss(shop, { app: 'reveiws' }, 'shop', { world: 'closed' })).toBeUndefined();
  });

  test('of a gateway counts in every namespace', () => {
    const gateway = deployment('edge', 'edge', { istio: 'edge-gateway' });
    expect(nearMiss([gateway], { istio: 'edge-gatewy' })).toBe('Deployment edge/edge istio=edge-gateway');
  });
});
