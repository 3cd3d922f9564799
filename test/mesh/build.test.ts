import { describe, expect, test } from '@jest/globals';
import type { Resource } from '../../src/render/resource.ts';
import type { MeshOptions } from './manifests.ts';
import {
  deployment,
  gateway,
  meshOf,
  namespaceManifest,
  object,
  service,
  serviceEntry,
} from './manifests.ts';
import { costOf } from '../cost.ts';

describe('resources', () => {
  const first = service('shop', 'cart', { clusterIP: 'None' });
  const second = service('shop', 'cart');

  test('of one identity: all are listed, the last is found', () => {
    const mesh = meshOf([first, second]);
    expect(mesh.resources('Service')).toEqual([first, second]);
    expect(mesh.find('Service', 'shop', 'cart')).toBe(second);
  });

  test('of one identity in a closed world: the last replaces the others, as Istio stores them', () => {
    expect(meshOf([first, second], { world: 'closed' }).resources('Service')).toEqual([second]);
  });

  test('without a name are left out', () => {
    expect(meshOf([service('shop', '')]).resources('Service')).toEqual([]);
  });

  test('of equal kinds in different groups are kept apart', () => {
    const kubernetes = object('gateway.networking.k8s.io/v1', 'Gateway', 'g', {}, { namespace: 'shop' });
    const istio = gateway('shop', 'g');
    const knative = object('serving.knative.dev/v1', 'Service', 'cart', {}, { namespace: 'shop' });
    const mesh = meshOf([kubernetes, istio, knative, second]);
    expect(mesh.resources('Gateway')).toEqual([istio]);
    expect(mesh.resources('KubernetesGateway')).toEqual([kubernetes]);
    expect(mesh.find('Service', 'shop', 'cart')).toBe(second);
    expect(mesh.resources('Service.serving.knative.dev')).toEqual([knative]);
  });

  test('without a namespace take the one of the settings; cluster-scoped ones never do', () => {
    const mesh = meshOf([service('', 'cart'), namespaceManifest('shop')], { namespace: 'web' });
    expect(mesh.find('Service', 'web', 'cart')?.namespace).toBe('web');
    expect(mesh.find('Service', '', 'cart')).toBeUndefined();
    expect(mesh.find('Namespace', '', 'shop')?.namespace).toBe('');
  });

  test('a namespace written on a cluster-scoped kind does not count', () => {
    const odd = object('v1', 'Namespace', 'shop', {}, { namespace: 'web' });
    expect(meshOf([odd]).find('Namespace', 'anything', 'shop')?.name).toBe('shop');
  });

  test('of the system namespaces are not looked at in a closed world, as in Istio', () => {
    const system = [service('kube-system', 'kube-dns'), namespaceManifest('kube-system')];
    expect(meshOf(system, { world: 'closed' }).resources('Service')).toEqual([]);
    expect(meshOf(system).resources('Service')).toHaveLength(1);
  });
});

describe('namespaces', () => {
  const mesh = meshOf([
    service('web', 'x'),
    namespaceManifest('shop', { 'istio-injection': 'enabled' }),
    service('${NS}', 'x'),
    service('', 'y'),
  ]);

  test('are those with a manifest and those that objects live in, sorted', () => {
    expect([...mesh.namespaces.keys()]).toEqual(['shop', 'web']);
  });

  test('have labels where a manifest writes them', () => {
    expect(mesh.namespaces.get('shop')).toMatchObject({
      labelsKnown: 'yes',
      labels: { 'istio-injection': 'enabled', 'kubernetes.io/metadata.name': 'shop' },
    });
    expect(mesh.namespaces.get('web')).toMatchObject({
      labelsKnown: 'unknown',
      labels: { 'kubernetes.io/metadata.name': 'web' },
      resource: undefined,
    });
  });

  test('without a manifest have no labels in a closed world', () => {
    const closed = meshOf([service('web', 'x')], { world: 'closed' });
    expect(closed.namespaces.get('web')?.labelsKnown).toBe('yes');
  });
});

describe('labels that Argo CD puts on a namespace', () => {
  const application = (namespace: string, labels: Record<string, string>) =>
    object(
      'argoproj.io/v1alpha1',
      'Application',
      namespace,
      {
        spec: { destination: { namespace }, syncPolicy: { managedNamespaceMetadata: { labels } } },
      },
      { namespace: 'argocd' },
    );

  test('are known without a manifest, and join those of one', () => {
    const mesh = meshOf([
      namespaceManifest('shop', { team: 'a' }),
      application('shop', { 'istio-injection': 'enabled' }),
      application('web', { 'istio.io/rev': 'stable' }),
    ]);
    expect(mesh.namespaces.get('shop')?.labels).toMatchObject({ team: 'a', 'istio-injection': 'enabled' });
    expect(mesh.namespaces.get('web')).toMatchObject({
      labelsKnown: 'yes',
      labels: { 'istio.io/rev': 'stable' },
    });
  });
});

describe('select', () => {
  const resources = [
    deployment('shop', 'cart', { app: 'cart', version: 'v1' }),
    deployment('shop', 'order', { app: 'order' }),
    deployment('web', 'cart', { app: 'cart' }),
    deployment('shop', 'template', { app: '${APP}' }),
    deployment('', 'unplaced', { app: 'cart' }),
    deployment('later', 'set', { app: 'db' }),
  ];
  const names = (labels: Record<string, string>, namespace?: string, options?: MeshOptions) => {
    const { selected, maybe } = meshOf(resources, options).select(labels, namespace);
    const named = maybe.filter((what) => !what.startsWith('pods of'));
    return { selected: selected.map((w) => `${w.namespace}/${w.name}`), maybe: named };
  };

  test('takes the namespace', () => {
    expect(names({ app: 'cart' }, 'shop')).toEqual({
      selected: ['shop/cart'],
      maybe: ['Deployment shop/template', 'Deployment unplaced'],
    });
  });

  test('takes any namespace', () => {
    expect(names({ app: 'cart' })).toEqual({
      selected: ['shop/cart', 'web/cart', '/unplaced'],
      maybe: ['Deployment shop/template'],
    });
  });

  test('takes everything with an empty selector', () => {
    expect(names({}, 'shop').selected).toEqual(['shop/cart', 'shop/order', 'shop/template']);
  });

  test('finds nothing for certain', () => {
    expect(names({ app: 'none', version: 'v1' }, 'web')).toEqual({ selected: [], maybe: [] });
  });

  test('takes the workloads without a namespace for a selector without one; others are possible', () => {
    expect(names({ app: 'cart' }, '')).toEqual({
      selected: ['/unplaced'],
      maybe: ['Deployment shop/cart', 'Deployment shop/template', 'Deployment web/cart'],
    });
  });

  test('a label that a controller adds later excludes nobody', () => {
    expect(names({ app: 'db', 'statefulset.kubernetes.io/pod-name': 'set-0' }, 'later')).toEqual({
      selected: [],
      maybe: ['Deployment later/set'],
    });
  });

  test('names the sources that may bring more pods', () => {
    const chart = { what: 'HelmRelease web/gateway', namespaces: ['web'] };
    const options = { opaque: [chart] };
    expect(names({ app: 'db' }, 'web', options).maybe).toEqual([chart.what]);
    expect(names({ app: 'db' }, 'later', options).maybe).toEqual([]);
    expect(names({ app: 'db' }, undefined, options).maybe).toEqual(['Deployment shop/template', chart.what]);
  });

  describe('that finds nothing proves it only where this repository holds the namespace', () => {
    const workloads = [deployment('shop', 'cart'), deployment('istio-system', 'x')];
    const maybe = (head: Resource[], namespace: string | undefined, options: MeshOptions = {}) =>
      meshOf(head, options).select({ app: 'gone' }, namespace).maybe;

    test.each<[string, Resource[], string | undefined, number]>([
      ['a namespace with workloads here', workloads, 'shop', 0],
      ['a namespace without', workloads, 'web', 1],
      ['a namespace that others write into', workloads, 'istio-system', 1],
      ['a namespace that is not written', workloads, '', 1],
      ['any namespace', workloads, undefined, 1],
      ['workloads without a namespace, applied by hand', [...workloads, deployment('', 'y')], 'shop', 1],
    ])('%s', (_, head, namespace, doubts) => {
      expect(maybe(head, namespace)).toHaveLength(doubts);
    });

    test('or held before the change what is selected', () => {
      const base = [deployment('web', 'gone')];
      expect(maybe(workloads, 'web', { base })).toEqual([]);
      expect(maybe(workloads, undefined, { base })).toEqual([]);
      expect(maybe(workloads, undefined, { world: 'closed' })).toEqual([]);
    });
  });

  test('in a closed world only what is written counts', () => {
    const mesh = meshOf(resources, { world: 'closed' });
    expect(mesh.select({ app: 'cart' }, 'shop')).toMatchObject({ selected: [{ name: 'cart' }] });
    expect(mesh.select({ istio: 'ingressgateway' }, undefined).selected[0]?.name).toBe(
      'istio-ingressgateway-dummypod',
    );
    expect(mesh.resources('Pod')).toEqual([]);
  });

  test('a borrowed template may have any label', () => {
    const rollout = object(
      'argoproj.io/v1alpha1',
      'Rollout',
      'cart',
      { spec: { workloadRef: { kind: 'Deployment', name: 'x' } } },
      { namespace: 'shop' },
    );
    expect(meshOf([rollout]).select({ app: 'x' }, 'shop')).toEqual({
      selected: [],
      charts: [],
      maybe: ['Rollout shop/cart'],
    });
  });
});

test('hostile input stays cheap: labels that are all filled in later, and names that nearly match', () => {
  const many = Array.from({ length: 2000 }, (_, i) => `aaaaaaaaab${'cdefgh'[i % 6] ?? ''}${i}`);
  const mesh = meshOf([
    ...many.map((name) => deployment('shop', name, { app: '${APP}' })),
    ...many.map((name) => service('shop', name)),
  ]);
  const cost = costOf(() => {
    for (const name of many) {
      mesh.select({ app: name }, 'shop');
      mesh.lookupHost(`${name}b`, 'shop', []);
    }
  });
  // Quadratic by nature, about 30; anything worse takes minutes.
  expect(cost).toBeLessThan(300);
});

test('a mesh of 10,000 resources is indexed and asked in a moment', () => {
  const resources = Array.from({ length: 2500 }, (_, i) => {
    const [namespace, name] = [`ns-${i % 50}`, `app-${i}`];
    return [
      deployment(namespace, name, { app: name, team: `t-${i % 10}`, part: 'shop' }),
      service(namespace, name, { selector: { app: name, part: 'shop' }, ports: [{ port: 80 }] }),
      serviceEntry(namespace, name, { hosts: [`*.${name}.example.com`], ports: [{ number: 443 }] }),
      object('networking.istio.io/v1', 'VirtualService', name, { spec: {} }, { namespace }),
    ];
  }).flat();
  meshOf(resources).select({ app: 'warm-up' }, 'ns-1');
  let selected = 0;
  const cost = costOf(() => {
    const mesh = meshOf(resources);
    for (const { selector, namespace } of mesh.services)
      selected += mesh.select(selector, namespace).selected.length;
    for (const { name, namespace } of mesh.services) mesh.lookupHost(name, namespace, []);
    for (let i = 0; i < 2500; i++) mesh.lookupHost(`x.app-${i}.example.com`, 'web', []);
  });
  expect(selected).toBe(2500);
  // Far above what it takes (see bench/), far below anything quadratic.
  expect(cost).toBeLessThan(200);
});
