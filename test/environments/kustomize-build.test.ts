import { describe, expect, test } from '@jest/globals';
import {
  discover,
  find,
  idsOf,
  kustomization,
  object,
  repositoryOf,
  service,
  virtualService,
  type Files,
} from './repository-of.ts';
import { DEFAULT_SETTINGS } from '../../src/config/settings.ts';
import { ContentCache } from '../../src/render/read-repository.ts';
import type { Environment } from '../../src/environments/environment.ts';
import { EnvironmentCache, environmentsOf } from '../../src/environments/discover.ts';

async function build(files: Files): Promise<Environment> {
  const { environments } = await discover(files);
  const [only] = environments;
  if (!only || environments.length !== 1) throw new Error(environments.map(({ name }) => name).join());
  return only;
}

const deployment = object(
  'apps/v1',
  'Deployment',
  'web',
  `spec:
  selector:
    matchLabels:
      app: web
  template:
    metadata:
      labels:
        app: web
    spec:
      containers:
        - name: web
          image: registry.example.com:5000/web:1.0
          env:
            - name: MODE
              value: plain
        - name: sidecar
          image: sidecar:2
`,
);

describe('names', () => {
  test('the namespace transformer moves namespaced objects, whatever they say, and spares cluster-scoped ones', async () => {
    const environment = await build({
      'kustomization.yaml': kustomization('namespace: shop\nresources: [all.yaml]\n'),
      'all.yaml': [
        service('web'),
        service('elsewhere/api'),
        object('rbac.authorization.k8s.io/v1', 'ClusterRole', 'r'),
      ].join('---\n'),
    });
    expect(idsOf(environment)).toEqual(['ClusterRole /r', 'Service shop/api', 'Service shop/web']);
    const web = find(environment, 'Service shop/web');
    expect(web.origin.at(['metadata', 'namespace'])).toMatchObject({ file: 'kustomization.yaml', line: 3 });
    expect(web.origin.at(['metadata', 'name'])).toMatchObject({ file: 'all.yaml', line: 4 });
    expect(web.origin.through).toEqual(['kustomize .']);
  });

  test('prefix and suffix go around names, but not of Namespaces', async () => {
    const environment = await build({
      'kustomization.yaml': kustomization('namePrefix: a-\nnameSuffix: -z\nresources: [all.yaml]\n'),
      'all.yaml': `${service('shop/web')}---\n${object('v1', 'Namespace', 'shop')}`,
    });
    expect(idsOf(environment)).toEqual(['Namespace /shop', 'Service shop/a-web-z']);
  });

  test('an object that nothing transforms is the object of its file', async () => {
    const repository = await repositoryOf({
      'kustomization.yaml': kustomization('resources: [web.yaml]\n'),
      'web.yaml': service('shop/web'),
    });
    const { environments } = await environmentsOf(repository, DEFAULT_SETTINGS);
    expect(environments[0]?.resources[0]).toBe(repository.files.get('web.yaml')?.resources[0]);
  });
});

describe('labels and images', () => {
  test('commonLabels reach selectors and templates, labels only what they include', async () => {
    const environment = await build({
      'kustomization.yaml': kustomization(
        'commonLabels:\n  team: shop\nlabels:\n  - pairs:\n      istio.io/rev: prod\n  - includeTemplates: true\n    pairs:\n      tier: front\nresources: [all.yaml]\n',
      ),
      'all.yaml': `${deployment}---\n${service('web')}`,
    });
    const web = find(environment, 'Deployment /web');
    expect(web.labels).toEqual({ team: 'shop', 'istio.io/rev': 'prod', tier: 'front' });
    expect(web.body['spec']).toMatchObject({
      selector: { matchLabels: { app: 'web', team: 'shop' } },
      template: { metadata: { labels: { app: 'web', team: 'shop', tier: 'front' } } },
    });
    expect(find(environment, 'Service /web').body['spec']).toEqual({
      selector: { app: 'web', team: 'shop' },
    });
    expect(web.origin.at(['metadata', 'labels', 'istio.io/rev'])).toMatchObject({
      file: 'kustomization.yaml',
      line: 7,
    });
  });

  test('images take the new tag and point at it', async () => {
    const environment = await build({
      'kustomization.yaml': kustomization(
        'resources: [web.yaml]\nimages:\n  - name: registry.example.com:5000/web\n    newName: mirror/web\n    newTag: "2.0"\n',
      ),
      'web.yaml': deployment,
    });
    const path = ['spec', 'template', 'spec', 'containers', 0, 'image'];
    const web = find(environment, 'Deployment /web');
    expect(web.body['spec']).toMatchObject({
      template: { spec: { containers: [{ image: 'mirror/web:2.0' }, { image: 'sidecar:2' }] } },
    });
    expect(web.origin.at(path)).toMatchObject({ file: 'kustomization.yaml', line: 7 });
  });
});

describe('patches', () => {
  test('a strategic merge patch in a file merges containers and env by name, and owns the lines it sets', async () => {
    const environment = await build({
      'kustomization.yaml': kustomization('resources: [web.yaml]\npatches:\n  - path: patch.yaml\n'),
      'web.yaml': deployment,
      'patch.yaml': object(
        'apps/v1',
        'Deployment',
        'web',
        'spec:\n  template:\n    spec:\n      containers:\n        - name: sidecar\n          image: sidecar:3\n        - name: added\n          image: added:1\n',
      ),
    });
    const web = find(environment, 'Deployment /web');
    const containers = ['spec', 'template', 'spec', 'containers'];
    expect(web.body['spec']).toMatchObject({
      template: {
        spec: { containers: [{ name: 'added' }, { name: 'web' }, { name: 'sidecar', image: 'sidecar:3' }] },
      },
    });
    expect(web.origin.at([...containers, 2, 'image'])).toMatchObject({ file: 'patch.yaml', line: 10 });
    expect(web.origin.at([...containers, 0])).toMatchObject({ file: 'patch.yaml' });
    expect(web.origin.at([...containers, 1, 'image'])).toMatchObject({ file: 'web.yaml' });
  });

  test('lists of custom resources are replaced whole; null removes a field', async () => {
    const environment = await build({
      'kustomization.yaml': kustomization(
        'resources: [web.yaml]\npatchesStrategicMerge:\n  - |-\n    apiVersion: networking.istio.io/v1\n    kind: VirtualService\n    metadata:\n      name: web\n      annotations: null\n    spec:\n      hosts: [other]\n',
      ),
      'web.yaml': object(
        'networking.istio.io/v1',
        'VirtualService',
        'web',
        '  annotations:\n    a: b\nspec:\n  hosts: [web, two]\n',
      ),
    });
    const web = find(environment, 'VirtualService /web');
    expect(web.body['spec']).toEqual({ hosts: ['other'] });
    expect(web.annotations).toEqual({});
    expect(web.origin.at(['spec', 'hosts', 0])).toMatchObject({ file: 'kustomization.yaml', line: 12 });
  });

  test('`$patch: delete` removes the object', async () => {
    const environment = await build({
      'kustomization.yaml': kustomization(
        'resources: [all.yaml]\npatches:\n  - patch: |-\n      $patch: delete\n      apiVersion: v1\n      kind: Service\n      metadata:\n        name: web\n        namespace: shop\n',
      ),
      'all.yaml': `${service('shop/web')}---\n${service('shop/api')}`,
    });
    expect(idsOf(environment)).toEqual(['Service shop/api']);
  });

  test('a JSON patch with a target sets a label whose key has a slash', async () => {
    const environment = await build({
      'kustomization.yaml': kustomization(
        'resources: [all.yaml]\npatches:\n  - target:\n      kind: Namespace\n      name: shop|cart\n    patch: |-\n      - op: add\n        path: /metadata/labels/istio.io~1rev\n        value: canary\n',
      ),
      'all.yaml': ['shop', 'cart', 'other']
        .map((name) => object('v1', 'Namespace', name, '  labels:\n    a: b\n'))
        .join('---\n'),
    });
    expect(find(environment, 'Namespace /shop').labels).toEqual({ a: 'b', 'istio.io/rev': 'canary' });
    expect(find(environment, 'Namespace /other').labels).toEqual({ a: 'b' });
    expect(
      find(environment, 'Namespace /cart').origin.at(['metadata', 'labels', 'istio.io/rev']),
    ).toMatchObject({
      file: 'kustomization.yaml',
      line: 11,
    });
  });

  test('a JSON patch that does not fit is named and changes nothing', async () => {
    const environment = await build({
      'kustomization.yaml': kustomization(
        'resources: [web.yaml]\npatches:\n  - target: {kind: Service}\n    patch: |-\n      - op: replace\n        path: /metadata/labels\n        value: {}\n',
      ),
      'web.yaml': service('shop/web'),
    });
    expect(environment.unchecked).toMatchObject([{ why: 'it replaces a field that does not exist' }]);
    expect(find(environment, 'Service shop/web').origin.through).toEqual([]);
  });

  test('a patch finds an object by the name it had before a base renamed it', async () => {
    const environment = await build({
      'overlay/kustomization.yaml': kustomization(
        'resources: [../base]\npatches:\n  - patch: |-\n      apiVersion: v1\n      kind: Service\n      metadata:\n        name: web\n        labels:\n          found: "yes"\n',
      ),
      'base/kustomization.yaml': kustomization('namePrefix: shop-\nresources: [web.yaml]\n'),
      'base/web.yaml': service('web'),
    });
    const web = find(environment, 'Service /shop-web');
    expect(web.labels).toEqual({ found: 'yes' });
    expect(web.origin.through).toEqual(['kustomize overlay', 'kustomize base']);
  });
});

describe('composition', () => {
  test('a component transforms what its includer gathered', async () => {
    const environment = await build({
      'app/kustomization.yaml': kustomization('resources: [web.yaml]\ncomponents: [../mesh]\n'),
      'app/web.yaml': object('v1', 'Namespace', 'shop'),
      'mesh/kustomization.yaml':
        'apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\nlabels:\n  - pairs:\n      istio-injection: enabled\n',
    });
    expect(find(environment, 'Namespace /shop').labels).toEqual({ 'istio-injection': 'enabled' });
  });

  test('kustomizations that include each other end', async () => {
    const { environments } = await discover({
      'a/kustomization.yaml': kustomization('resources: [../b, web.yaml]\n'),
      'a/web.yaml': service('shop/web'),
      'b/kustomization.yaml': kustomization('resources: [../a]\n'),
      'c/kustomization.yaml': kustomization('resources: [../a]\n'),
    });
    expect(environments.map(idsOf)).toEqual([['Service shop/web']]);
    expect(environments[0]?.unchecked).toMatchObject([{ why: 'it includes itself or nests too deep' }]);
  });

  test('a path out of the repository is refused', async () => {
    const environment = await build({
      'kustomization.yaml': kustomization('resources: [web.yaml, ../../etc/passwd]\n'),
      'web.yaml': service('shop/web'),
    });
    expect(environment.unchecked).toMatchObject([
      { what: 'kustomize entry ../../etc/passwd', why: 'it leaves the repository' },
    ]);
  });

  test('a generated ConfigMap has the files it names, under its plain name', async () => {
    const environment = await build({
      'kustomization.yaml': kustomization(
        'namespace: istio-system\nconfigMapGenerator:\n  - name: istio\n    files: [mesh=mesh.yaml]\n    literals: [a=b]\n',
      ),
      'mesh.yaml': 'accessLogFile: /dev/stdout\n',
    });
    const map = find(environment, 'ConfigMap istio-system/istio');
    expect(map.body['data']).toEqual({ mesh: 'accessLogFile: /dev/stdout\n', a: 'b' });
    expect(map.origin.at(['data', 'mesh'])).toMatchObject({ file: 'mesh.yaml', line: 1 });
    expect(map.origin.at(['data', 'a'])).toMatchObject({ file: 'kustomization.yaml', line: 7 });
  });
});

describe('the cache', () => {
  const base = {
    'a/overlays/dev/kustomization.yaml': kustomization('namespace: dev\nresources: [web.yaml]\n'),
    'a/overlays/dev/web.yaml': virtualService('web'),
    'a/overlays/prod/kustomization.yaml': kustomization('namespace: prod\nresources: [web.yaml]\n'),
    'a/overlays/prod/web.yaml': virtualService('web'),
  };

  test('gives both sides the same objects where nothing changed, and new ones with a new digest where it did', async () => {
    const content = new ContentCache();
    const cache = new EnvironmentCache();
    const head = { ...base, 'a/overlays/prod/web.yaml': virtualService('web').replace('[web]', '[changed]') };
    const before = await environmentsOf(await repositoryOf(base, content), DEFAULT_SETTINGS, cache);
    const after = await environmentsOf(await repositoryOf(head, content), DEFAULT_SETTINGS, cache);
    const [devBefore, prodBefore] = before.environments;
    const [devAfter, prodAfter] = after.environments;
    expect(devAfter?.resources[0]).toBe(devBefore?.resources[0]);
    expect(prodAfter?.resources[0]).not.toBe(prodBefore?.resources[0]);
    expect(prodAfter?.resources[0]?.digest).not.toBe(prodBefore?.resources[0]?.digest);
  });

  test('a changed patch changes the digest of what it patches', async () => {
    const files = (tag: string): Files => ({
      'kustomization.yaml': kustomization(
        `resources: [web.yaml]\nimages: [{name: sidecar, newTag: "${tag}"}]\n`,
      ),
      'web.yaml': deployment,
    });
    const [one, two] = await Promise.all(['3', '4'].map((tag) => build(files(tag))));
    expect(one?.resources[0]?.digest).not.toBe(two?.resources[0]?.digest);
  });
});
