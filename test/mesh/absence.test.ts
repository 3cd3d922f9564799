import { describe, expect, test } from '@jest/globals';
import type { OpaqueSource } from '../../src/environments/environment.ts';
import type { Resource } from '../../src/render/resource.ts';
import { deployment, gateway, meshOf, namespaceManifest, object, service } from './manifests.ts';
import type { MeshOptions } from './manifests.ts';

const CART = { kind: 'Service', namespace: 'shop', name: 'cart' };
const WHOLE = [namespaceManifest('shop'), service('shop', 'reviews'), deployment('shop', 'reviews')];

function custom(apiVersion: string, kind: string, name: string, namespace = 'shop', spec = {}): Resource {
  return object(apiVersion, kind, name, { spec }, { namespace });
}

function absence(resources: readonly Resource[], options: MeshOptions = {}, target = CART): string {
  const { absent, confidence } = meshOf(resources, options).absenceOf(target);
  return absent === 'yes' ? confidence : 'unknown';
}

describe('a namespace that the repository writes plainly', () => {
  test.each<[string, Resource[], string]>([
    ['with its manifest', [namespaceManifest('shop'), service('shop', 'reviews')], 'likely'],
    ['with workloads', [service('shop', 'reviews'), deployment('shop', 'reviews')], 'likely'],
    [
      'with routes of Gateway API',
      [...WHOLE, custom('gateway.networking.k8s.io/v1', 'HTTPRoute', 'r')],
      'likely',
    ],
    ['with Istio objects', [...WHOLE, custom('networking.istio.io/v1', 'VirtualService', 'r')], 'likely'],
    ['with certificates', [...WHOLE, custom('cert-manager.io/v1', 'Certificate', 'tls')], 'likely'],
    ['with metrics', [...WHOLE, custom('monitoring.coreos.com/v1', 'ServiceMonitor', 'm')], 'likely'],
    ['but no Service of it', [namespaceManifest('shop'), deployment('shop', 'reviews')], 'unknown'],
    ['but only Services', [service('shop', 'reviews'), service('shop', 'ratings')], 'unknown'],
    ['with an operator at work', [...WHOLE, custom('flagger.app/v1beta1', 'Canary', 'cart')], 'unknown'],
    ['with a Prometheus', [...WHOLE, custom('monitoring.coreos.com/v1', 'Prometheus', 'k8s')], 'unknown'],
    ['with Knative', [...WHOLE, custom('serving.knative.dev/v1', 'Service', 'cart')], 'unknown'],
    [
      'with a Gateway that makes a Service',
      [...WHOLE, custom('gateway.networking.k8s.io/v1', 'Gateway', 'cart')],
      'unknown',
    ],
    ['an operator elsewhere', [...WHOLE, custom('flagger.app/v1', 'Canary', 'cart', 'web')], 'likely'],
    ['a Service of that name without namespace', [...WHOLE, service('', 'cart')], 'unknown'],
    [
      'a Service of that name in a namespace filled in later',
      [...WHOLE, service('${NS}', 'cart')],
      'unknown',
    ],
    ['Services without a namespace: it is applied by hand', [...WHOLE, service('', 'order')], 'unknown'],
    ['Deployments without a namespace', [...WHOLE, deployment('', 'order')], 'likely'],
    ['a Service of another namespace', [...WHOLE, service('web', 'cart')], 'likely'],
    [
      'a Service whose name is filled in later',
      [...WHOLE, service('shop', '{{ .Release.Name }}')],
      'unknown',
    ],
    ['a chart elsewhere', [...WHOLE], 'likely'],
  ])('%s', (_, resources, expected) => {
    expect(absence(resources)).toBe(expected);
  });

  test.each<[string, OpaqueSource, string]>([
    ['a chart in it', { what: 'HelmRelease shop/x', namespaces: ['shop'] }, 'unknown'],
    ['a chart in another', { what: 'HelmRelease web/x', namespaces: ['web'] }, 'likely'],
    ['a remote base', { what: 'remote base', namespaces: undefined }, 'unknown'],
  ])('%s', (_, source, expected) => {
    expect(absence(WHOLE, { opaque: [source] })).toBe(expected);
  });

  test.each<[string, object, string]>([
    [
      'another repository',
      { source: { repoURL: 'x', path: 'deploy' }, destination: { namespace: 'shop' } },
      'unknown',
    ],
    [
      'into another namespace',
      { source: { repoURL: 'x', path: 'deploy' }, destination: { namespace: 'web' } },
      'likely',
    ],
    ['anywhere', { source: { repoURL: 'x', path: 'deploy' }, destination: {} }, 'unknown'],
    [
      'this repository',
      { source: { repoURL: 'x', path: './apps/shop' }, destination: { namespace: 'shop' } },
      'likely',
    ],
    ['a chart', { source: { chart: 'x', path: '' }, destination: { namespace: 'shop' } }, 'unknown'],
  ])('an Argo CD Application that deploys %s', (_, spec, expected) => {
    const visible = service('shop', 'ratings', {}, { file: 'apps/shop/base/service.yaml' });
    const app = custom('argoproj.io/v1alpha1', 'Application', 'cart', 'argocd', spec);
    expect(absence([...WHOLE, visible, app])).toBe(expected);
  });

  test.each<[string, string, object[], string]>([
    ['a folder of this repository', '{{path}}', [{ git: { directories: [{ path: 'apps/*' }] } }], 'likely'],
    [
      'in a matrix',
      '{{path}}',
      [{ matrix: { generators: [{ git: { files: [{ path: 'apps/*/c.yaml' }] } }] } }],
      'likely',
    ],
    ['a folder of another', '{{path}}', [{ git: { directories: [{ path: 'charts/*' }] } }], 'unknown'],
    ['a path per cluster', 'apps/{{name}}', [{ clusters: {} }], 'likely'],
    ['some path', '{{path}}', [{ list: {} }], 'unknown'],
    ['the root', '.', [{ list: {} }], 'unknown'],
  ])('an ApplicationSet that deploys %s', (_, path, generators, expected) => {
    const visible = service('shop', 'ratings', {}, { file: 'apps/shop/service.yaml' });
    const template = { spec: { source: { path }, destination: { namespace: '{{path.basename}}' } } };
    const set = custom('argoproj.io/v1alpha1', 'ApplicationSet', 'apps', 'argocd', { generators, template });
    expect(absence([...WHOLE, visible, set])).toBe(expected);
  });

  test('a Flux Kustomization counts when its path is not here', () => {
    const flux = (path: string) =>
      custom('kustomize.toolkit.fluxcd.io/v1', 'Kustomization', 'apps', 'flux-system', { path });
    const visible = service('shop', 'ratings', {}, { file: 'apps/ratings.yaml' });
    expect(absence([...WHOLE, visible, flux('./apps')])).toBe('likely');
    expect(absence([...WHOLE, visible, flux('./infra')])).toBe('unknown');
  });

  test('kinds and namespaces that are never whole', () => {
    const shared = [namespaceManifest('default'), service('default', 'a'), deployment('default', 'a')];
    expect(absence(shared, {}, { kind: 'Service', namespace: 'default', name: 'cart' })).toBe('unknown');
    const secret = object('v1', 'Secret', 'other', {}, { namespace: 'shop' });
    expect(absence([...WHOLE, secret], {}, { kind: 'Secret', namespace: 'shop', name: 'tls' })).toBe(
      'unknown',
    );
    expect(absence(WHOLE, {}, { kind: 'Namespace', namespace: '', name: 'web' })).toBe('unknown');
    expect(absence(WHOLE, {}, { ...CART, namespace: '' })).toBe('unknown');
    expect(absence(WHOLE, {}, { ...CART, name: '${NAME}' })).toBe('unknown');
  });
});

describe('what the base held', () => {
  const base = [service('shop', 'cart')];
  test('is absent for certain when the head does not hold it', () => {
    const judged = meshOf([], { base }).absenceOf(CART);
    expect(judged).toMatchObject({ absent: 'yes', confidence: 'certain', at: { file: 'manifests.yaml' } });
    expect(absence([], { base, opaque: [], baseOpaque: [] })).toBe('certain');
  });

  test.each<[string, Resource[], MeshOptions, string]>([
    ['a chart that was there before', [], { opaque: [chart()], baseOpaque: [chart()] }, 'certain'],
    ['a new chart in the namespace', [], { opaque: [chart()] }, 'unknown'],
    ['a new chart elsewhere', [], { opaque: [chart('web')] }, 'certain'],
    ['a new remote base', [], { opaque: [{ what: 'remote', namespaces: undefined }] }, 'unknown'],
    ['a new operator object', [custom('flagger.app/v1', 'Canary', 'cart')], {}, 'unknown'],
    ['the same object without namespace', [service('', 'cart')], {}, 'unknown'],
    ['the same object in another namespace', [service('web', 'cart')], {}, 'certain'],
    ['an entry of the settings', [], { externals: ['Service shop/*'] }, 'unknown'],
    ['another entry of the settings', [], { externals: ['Service web/*'] }, 'certain'],
  ])('beside %s', (_, head, options, expected) => {
    expect(absence(head, { base, ...options })).toBe(expected);
  });

  test('an operator object that was there before changes nothing', () => {
    const canary = custom('flagger.app/v1', 'Canary', 'x');
    expect(absence([canary], { base: [...base, canary] })).toBe('certain');
  });

  test('without a namespace on both sides', () => {
    const target = { ...CART, namespace: '' };
    expect(absence([], { base: [service('', 'cart')] }, target)).toBe('certain');
    expect(absence([service('shop', 'cart')], { base: [service('', 'cart')] }, target)).toBe('unknown');
  });

  test('an installation of Istio itself that is new in the namespace may bring it back', () => {
    const release = object(
      'helm.toolkit.fluxcd.io/v2',
      'HelmRelease',
      'istio-ingress',
      {
        spec: { chart: { spec: { chart: 'gateway', sourceRef: { kind: 'HelmRepository', name: 'istio' } } } },
      },
      { namespace: 'edge' },
    );
    const source = object(
      'source.toolkit.fluxcd.io/v1',
      'HelmRepository',
      'istio',
      { spec: { url: 'https://istio-release.storage.googleapis.com/charts' } },
      { namespace: 'edge' },
    );
    const target = { kind: 'Service', namespace: 'edge', name: 'istio-ingress' };
    const before = [service('edge', 'istio-ingress'), source];
    expect(absence([source], { base: before }, target)).toBe('certain');
    expect(absence([source, release], { base: before }, target)).toBe('unknown');
  });

  function chart(namespace = 'shop'): OpaqueSource {
    return { what: `HelmRelease ${namespace}/cart`, namespaces: [namespace] };
  }
});

test('in a closed world everything that is not there is absent, unless it is declared', () => {
  expect(absence([], { world: 'closed' })).toBe('certain');
  expect(absence([], { world: 'closed', externals: ['Service shop/cart'] })).toBe('unknown');
});

test('what every cluster has is not missed', () => {
  expect(absence([], {}, { kind: 'Service', namespace: 'default', name: 'kubernetes' })).toBe('unknown');
});

test('a Gateway is judged among Gateways', () => {
  const target = { kind: 'Gateway', namespace: 'edge', name: 'main' };
  const home = [namespaceManifest('edge'), service('edge', 'x')];
  expect(absence(home, {}, target)).toBe('unknown');
  expect(absence([...home, gateway('edge', 'other')], {}, target)).toBe('likely');
});
