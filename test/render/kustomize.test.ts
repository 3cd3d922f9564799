import { describe, expect, test } from '@jest/globals';
import { renderKustomize } from '../../src/render/kustomize.ts';
import type { Rendered } from '../../src/render/rendered.ts';
import { realRenderer, repositoryOf, where } from './real-tools.ts';

const BASE = `# The shop.
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata:
  name: shop
spec:
  hosts:
    - shop.example.com
  http:
    - timeout: 1s
      retries:
        attempts: 2
      route:
        - destination:
            host: shop
---
apiVersion: apps/v1
kind: Deployment
metadata:
  name: shop
spec:
  replicas: 1
  selector:
    matchLabels: { app: shop }
  template:
    metadata:
      labels: { app: shop }
    spec:
      containers:
        - name: app
          image: shop:1
        - name: helper
          image: helper:1
`;

const OVERLAY = `namespace: prod
resources:
  - ../../base
labels:
  - pairs:
      team: blue
images:
  - name: helper
    newTag: "2"
patches:
  - path: hosts.yaml
  - target:
      kind: VirtualService
    patch: |
      - op: replace
        path: /spec/http/0/timeout
        value: 5s
  - patch: |-
      apiVersion: apps/v1
      kind: Deployment
      metadata:
        name: shop
      spec:
        template:
          spec:
            containers:
              - name: app
                env:
                  - name: MODE
                    value: prod
configMapGenerator:
  - name: other
    literals: [a=b]
  - name: conf
    literals: [mode=prod]
`;

const HOSTS = `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata:
  name: shop
spec:
  hosts:
    - prod.example.com
`;

const SHOP = {
  'base/kustomization.yaml': 'resources: [shop.yaml]\n',
  'base/shop.yaml': BASE,
  'overlays/prod/kustomization.yaml': OVERLAY,
  'overlays/prod/hosts.yaml': HOSTS,
};

function named(rendered: Rendered, kind: string, name = 'shop') {
  const found = rendered.resources.find(
    (resource) => resource.kind === kind && resource.name.startsWith(name),
  );
  if (!found) throw new Error(`no ${kind} ${name} in ${JSON.stringify(rendered)}`);
  return found;
}

describe('an overlay on a base', () => {
  test('gives the objects as they are deployed, without annotations of ours', async () => {
    const rendered = await renderKustomize('overlays/prod', repositoryOf(SHOP), await realRenderer());
    expect(rendered.failed).toBeUndefined();
    expect(rendered.resources.map(({ kind, namespace }) => `${kind} ${namespace}`).sort()).toEqual([
      'ConfigMap prod',
      'ConfigMap prod',
      'Deployment prod',
      'VirtualService prod',
    ]);
    const service = named(rendered, 'VirtualService');
    expect(service.annotations).toEqual({});
    expect(service.body['metadata']).toEqual({ name: 'shop', namespace: 'prod', labels: { team: 'blue' } });
    expect(service.origin.through).toEqual(['kustomize overlays/prod']);
    expect(rendered.files).toEqual(Object.keys(SHOP).sort());
  });

  test('points every field at the line a person would edit', async () => {
    const rendered = await renderKustomize('overlays/prod', repositoryOf(SHOP), await realRenderer());
    const service = named(rendered, 'VirtualService').origin;
    const deployment = named(rendered, 'Deployment').origin;
    const containers = ['spec', 'template', 'spec', 'containers'];
    expect(service.file).toBe('base/shop.yaml');
    const places = {
      'kept from the base': where(service.at(['spec', 'http', 0, 'retries', 'attempts'])),
      'the base object': where(service.at([])),
      'a patch file': where(service.at(['spec', 'hosts', 0])),
      'a JSON patch in the kustomization': where(service.at(['spec', 'http', 0, 'timeout'])),
      'an inline merge patch': where(deployment.at([...containers, 0, 'env', 0, 'value'])),
      'a neighbour of what was patched': where(deployment.at([...containers, 0, 'image'])),
      'an image': where(deployment.at([...containers, 1, 'image'])),
      'the namespace': where(service.at(['metadata', 'namespace'])),
      'a label': where(service.at(['metadata', 'labels', 'team'])),
      'a missing field': where(service.at(['spec', 'http', 0, 'fault', 'abort'])),
      'a generated object': where(named(rendered, 'ConfigMap', 'conf').origin.at(['data', 'mode'])),
    };
    expect(places).toEqual({
      'kept from the base': 'base/shop.yaml:12',
      'the base object': 'base/shop.yaml:2',
      'a patch file': 'overlays/prod/hosts.yaml:7',
      'a JSON patch in the kustomization': 'overlays/prod/kustomization.yaml:17',
      'an inline merge patch': 'overlays/prod/kustomization.yaml:30',
      'a neighbour of what was patched': 'base/shop.yaml:31',
      'an image': 'overlays/prod/kustomization.yaml:9',
      'the namespace': 'overlays/prod/kustomization.yaml:1',
      'a label': 'overlays/prod/kustomization.yaml:6',
      'a missing field': 'base/shop.yaml:10',
      'a generated object': 'overlays/prod/kustomization.yaml:34',
    });
  });

  test('finds a prefixed object in its manifest again', async () => {
    const files = repositoryOf({
      'kustomization.yaml': 'namePrefix: blue-\nresources: [a.yaml]\n',
      'a.yaml':
        'apiVersion: v1\nkind: Service\nmetadata: {name: b}\n---\napiVersion: v1\nkind: Service\nmetadata: {name: a}\n',
    });
    const rendered = await renderKustomize('', files, await realRenderer());
    expect(
      rendered.resources.map(({ name, origin }) => `${name} ${where(origin.at(['metadata', 'name']))}`),
    ).toEqual(['blue-a a.yaml:7', 'blue-b a.yaml:3']);
  });

  test('digests change with what rules may see, and only then', async () => {
    const renderer = await realRenderer();
    const digests = async (change: Readonly<Record<string, string>>) => {
      const rendered = await renderKustomize('overlays/prod', repositoryOf({ ...SHOP, ...change }), renderer);
      return [named(rendered, 'VirtualService').digest, named(rendered, 'Deployment').digest];
    };
    const before = await digests({});
    expect(await digests({ 'README.md': 'unrelated' })).toEqual(before);
    const after = await digests({
      'base/shop.yaml': BASE.replace('timeout: 1s', '# later\n      timeout: 1s'),
    });
    expect(after.filter((digest) => before.includes(digest))).toEqual([]);
  });
});

test('what the tool refuses is a failure with its reason, without paths of this machine', async () => {
  const files = repositoryOf({
    'kustomization.yaml': 'resources: [a.yaml]\nnoSuchField: 1\n',
    'a.yaml': 'apiVersion: v1\nkind: Service\nmetadata: {name: a}\n',
  });
  const { failed, resources } = await renderKustomize('', files, await realRenderer());
  expect(resources).toEqual([]);
  expect(failed?.why).toContain('noSuchField');
  expect(failed?.why).not.toContain('/tmp');
  expect(failed?.at?.file).toBe('kustomization.yaml');
});

test('without the tool nothing is rendered, and the reason is told', async () => {
  const renderer = await realRenderer();
  const { sandbox } = renderer.tools;
  const tools = { missing: { kustomize: 'there is neither kustomize nor kubectl on the PATH' }, sandbox };
  const rendered = await renderKustomize('overlays/prod', repositoryOf(SHOP), { ...renderer, tools });
  expect(rendered.failed?.why).toBe('there is neither kustomize nor kubectl on the PATH');
  expect(rendered.files).toContain('base/shop.yaml');
});
