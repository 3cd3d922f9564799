import { describe, expect, test } from '@jest/globals';
import {
  discover,
  find,
  flux,
  idsOf,
  kustomization,
  namespace,
  object,
  service,
  splitOf,
  virtualService,
} from './repository-of.ts';

describe('a plain repository', () => {
  test('is one environment, without what other tools read', async () => {
    const files = {
      'shop/service.yaml': service('shop/web'),
      'shop/virtual-service.yaml': virtualService('shop/web'),
      '.github/workflows/ci.yaml': service('ci/not-a-manifest'),
      'values.yaml': service('values/not-a-manifest'),
    };
    expect(await splitOf(files)).toEqual({ default: ['Service shop/web', 'VirtualService shop/web'] });
  });

  test('says how it knew', async () => {
    const { environments } = await discover({ 'a.yaml': service('shop/web') });
    expect(environments[0]).toMatchObject({ name: 'default', roots: ['.'], because: 'the whole repository' });
    expect([...(environments[0]?.files ?? [])]).toEqual(['a.yaml']);
  });

  test('a directory called prod beside others is not an environment of its own', async () => {
    const files = { 'prod/web.yaml': service('prod/web'), 'istio/gateway.yaml': service('istio-system/gw') };
    expect(Object.keys(await splitOf(files))).toEqual(['default']);
  });

  test('stages beside each other are environments that share the rest', async () => {
    const files = {
      'common/namespace.yaml': namespace('shop'),
      'staging/web.yaml': service('shop/web'),
      'production/web.yaml': service('shop/web'),
    };
    expect(await splitOf(files)).toEqual({
      production: ['Namespace /shop', 'Service shop/web'],
      staging: ['Namespace /shop', 'Service shop/web'],
    });
  });

  test('sibling directories with the same objects are variants, the rest stays together', async () => {
    const both = `${service('shop/web')}---\n${virtualService('shop/web')}`;
    const files = {
      'lesson-1/all.yaml': both,
      'lesson-2/all.yaml': both,
      'tools/registry.yaml': service('tools/registry'),
    };
    expect(Object.keys(await splitOf(files))).toEqual(['default', 'lesson-1', 'lesson-2']);
  });

  test('one twin among many objects is no reason to split', async () => {
    const many = ['a', 'b', 'c', 'd'].map((name) => service(`shop/${name}`)).join('---\n');
    const files = {
      'apps/all.yaml': `${many}---\n${virtualService('shop/web')}`,
      'routes/all.yaml': `${many.replaceAll('shop/', 'x')}---\n${virtualService('shop/web')}---\n${service('shop/z')}`,
    };
    const split = await splitOf({
      ...files,
      'routes/all.yaml':
        ['e', 'f', 'g'].map((name) => service(`shop/${name}`)).join('---\n') +
        `---\n${virtualService('shop/web')}`,
    });
    expect(Object.keys(split)).toEqual(['default']);
  });

  test('archives, tests and examples are not mixed in; examples are reviewed on their own', async () => {
    const files = {
      'shop/web.yaml': service('shop/web'),
      '.archive/old.yaml': service('shop/old'),
      'tests/data.yaml': service('shop/data'),
      'examples/web.yaml': service('shop/web'),
    };
    expect(await splitOf(files)).toEqual({ default: ['Service shop/web'], examples: ['Service shop/web'] });
    const { unchecked } = await discover(files);
    expect(unchecked.map(({ what, count }) => [what, count])).toEqual([
      ['manifests in .archive', 1],
      ['manifests in tests', 1],
    ]);
  });
});

describe('kustomize without a controller', () => {
  test('of two files of examples, one of which holds all of the other again, a reader takes one', async () => {
    const files = {
      'samples/web/plain.yaml': virtualService('shop/web'),
      'samples/web/with-service.yaml': `${virtualService('shop/web')}---\n${service('shop/web')}`,
      'samples/web/other.yaml': service('shop/other'),
      'shop/plain.yaml': virtualService('shop/web'),
      'shop/with-service.yaml': `${virtualService('shop/web')}---\n${service('shop/web')}`,
    };
    expect(Object.keys(await splitOf(files))).toEqual([
      'default',
      'samples',
      'samples/web/plain.yaml',
      'samples/web/with-service.yaml',
    ]);
  });

  test('overlays of several components are grouped by their name; unlisted files are not deployed', async () => {
    const component = (name: string): Record<string, string> => ({
      [`${name}/base/kustomization.yaml`]: kustomization('resources: [service.yaml]\n'),
      [`${name}/base/service.yaml`]: service(name),
      [`${name}/base/unlisted.yaml`]: service('unlisted'),
      [`${name}/overlays/dev/kustomization.yaml`]: kustomization('resources: [../../base]\nnamespace: dev\n'),
      [`${name}/overlays/prod/kustomization.yaml`]: kustomization(
        'resources: [../../base]\nnamespace: prod\n',
      ),
    });
    const files = { ...component('cart'), ...component('web') };
    expect(await splitOf(files)).toEqual({
      dev: ['Service dev/cart', 'Service dev/web'],
      prod: ['Service prod/cart', 'Service prod/web'],
    });
    const { unchecked } = await discover(files);
    expect(unchecked).toMatchObject([{ what: 'manifests that no kustomization lists', count: 2 }]);
  });

  test('a namespace called `_` takes the name of the namespace transformer', async () => {
    const files = {
      'kustomization.yaml': kustomization('namespace: shop\nresources: [namespace.yaml, web.yaml]\n'),
      'namespace.yaml': namespace('_'),
      'web.yaml': virtualService('web'),
    };
    expect(await splitOf(files)).toEqual({ default: ['Namespace /shop', 'VirtualService shop/web'] });
  });

  test('a remote base may hold anything; a missing one is named', async () => {
    const files = {
      'kustomization.yaml': kustomization(
        'resources: [web.yaml, gone.yaml, "https://example.com/install.yaml", "github.com/org/repo//base?ref=v1"]\n',
      ),
      'web.yaml': service('shop/web'),
    };
    const { environments } = await discover(files);
    expect(environments[0]?.opaque).toMatchObject([
      { what: 'remote base https://example.com/install.yaml', namespaces: undefined },
      { what: 'remote base github.com/org/repo//base?ref=v1', namespaces: undefined },
    ]);
    expect(environments[0]?.unchecked).toMatchObject([
      { what: 'kustomize entry gone.yaml', why: 'it is not in the repository' },
    ]);
  });
});

describe('Flux', () => {
  const oneCluster = {
    'clusters/prod/flux-system/kustomization.yaml': kustomization('resources: [gotk-sync.yaml]\n'),
    'clusters/prod/flux-system/gotk-sync.yaml': flux('flux-system', './clusters/prod'),
    'clusters/prod/apps.yaml': flux('apps', './apps', '  targetNamespace: shop\n'),
    'apps/kustomization.yaml': kustomization('resources: [web.yaml]\n'),
    'apps/web.yaml': virtualService('web'),
    'apps/forgotten.yaml': virtualService('forgotten'),
  };

  test('one cluster: what its entry point reaches, in the target namespace', async () => {
    expect(await splitOf(oneCluster)).toEqual({
      prod: [
        'Kustomization flux-system/apps',
        'Kustomization flux-system/flux-system',
        'VirtualService shop/web',
      ],
    });
    const { unchecked } = await discover(oneCluster);
    expect(unchecked).toMatchObject([{ what: 'manifests that no environment reaches', count: 1 }]);
  });

  test('two clusters share a base without being mixed', async () => {
    const split = await splitOf({
      ...oneCluster,
      'clusters/staging/flux-system/gotk-sync.yaml': flux('flux-system', './clusters/staging'),
      'clusters/staging/apps.yaml': flux('apps', './apps', '  targetNamespace: shop-staging\n'),
    });
    expect(Object.keys(split)).toEqual(['prod', 'staging']);
    expect(split['prod']).toContain('VirtualService shop/web');
    expect(split['staging']).toContain('VirtualService shop-staging/web');
    expect(split['staging']).not.toContain('VirtualService shop/web');
  });

  test('a second cluster in a folder of the first is another cluster; an orphaned Kustomization is none', async () => {
    const split = await splitOf({
      'kubernetes/flux/config/cluster.yaml': flux('cluster', './kubernetes/flux'),
      'kubernetes/flux/apps.yaml': flux('apps', './kubernetes/apps'),
      'kubernetes/apps/shop/kustomization.yaml': kustomization('resources: [ks.yaml]\n'),
      'kubernetes/apps/shop/ks.yaml': flux('shop', './kubernetes/apps/shop/app', '  targetNamespace: shop\n'),
      'kubernetes/apps/shop/app/web.yaml': service('web'),
      'kubernetes/apps/parked/kustomization.yaml': kustomization('resources: []\n'),
      'kubernetes/apps/parked/ks.yaml': flux('parked', './kubernetes/apps/parked/app'),
      'kubernetes/apps/parked/app/web.yaml': service('parked/web'),
      'kubernetes/cobra/flux/config/cluster.yaml': flux('cluster', './kubernetes/cobra/flux'),
      'kubernetes/cobra/flux/note.yaml': service('cobra/web'),
    });
    expect(Object.keys(split)).toEqual(['cobra', 'default']);
    expect(split['default']?.filter((id) => id.startsWith('Service'))).toEqual(['Service shop/web']);
    expect(split['cobra']?.filter((id) => id.startsWith('Service'))).toEqual(['Service cobra/web']);
  });

  test('variables come from ConfigMaps of the repository; those of Secrets stay unknown', async () => {
    const { environments } = await discover({
      'cluster/apps.yaml': flux(
        'apps',
        './apps',
        '  postBuild:\n    substitute:\n      REVISION: 1-28\n    substituteFrom:\n      - kind: ConfigMap\n        name: settings\n      - kind: Secret\n        name: secrets\n',
      ),
      'apps/settings.yaml': object(
        'v1',
        'ConfigMap',
        'flux-system/settings',
        'data:\n  DOMAIN: example.com\n',
      ),
      'apps/web.yaml': object(
        'networking.istio.io/v1',
        'VirtualService',
        'shop/web',
        'spec:\n  hosts: ["web.${DOMAIN}", "web.${SECRET_DOMAIN}", "${OTHER:=x}", "${REVISION}"]\n',
      ),
    });
    const web = find(environments[0], 'VirtualService shop/web');
    expect(web.body['spec']).toEqual({
      hosts: ['web.example.com', 'web.${SECRET_DOMAIN}', '${OTHER:=x}', '1-28'],
    });
    expect(web.origin.at(['spec', 'hosts'])).toMatchObject({ file: 'apps/web.yaml', line: 7 });
  });

  test('patches of a parent reach the Kustomizations it applies', async () => {
    const patch = `  patches:
    - target:
        kind: Kustomization
      patch: |-
        apiVersion: kustomize.toolkit.fluxcd.io/v1
        kind: Kustomization
        metadata:
          name: not-used
        spec:
          targetNamespace: patched
`;
    const split = await splitOf({
      'bootstrap/all.yaml': flux('all', './cluster', patch),
      'cluster/web.yaml': flux('web', './web'),
      'web/web.yaml': service('web'),
    });
    expect(split['default']).toContain('Service patched/web');
  });

  test('a HelmRelease is opaque in its namespace, unless it installs one of Istio’s charts', async () => {
    const release = (name: string, chart: string, from: string): string =>
      object(
        'helm.toolkit.fluxcd.io/v2',
        'HelmRelease',
        name,
        `spec:\n  chart:\n    spec:\n      chart: ${chart}\n      sourceRef:\n        kind: HelmRepository\n        name: ${from}\n`,
      );
    const { environments } = await discover({
      'cluster/apps.yaml': flux('apps', './apps'),
      'apps/grafana.yaml': release('monitoring/grafana', 'grafana', 'grafana'),
      'apps/istiod.yaml': release('istio-system/istiod', 'istiod', 'istio'),
      'apps/gateway.yaml': release('istio-ingress/gateway', 'gateway', 'istio'),
    });
    expect(environments[0]?.opaque).toMatchObject([
      { what: 'HelmRelease monitoring/grafana', namespaces: ['monitoring'] },
    ]);
  });

  test('a path of another source is opaque', async () => {
    const elsewhere = flux('csi', './', '  targetNamespace: csi\n').replace(
      'name: flux-system\n  t',
      'name: csi-addons\n  t',
    );
    const { environments } = await discover({
      'cluster/apps.yaml': flux('apps', './apps'),
      'apps/csi.yaml': elsewhere,
      'web.yaml': service('shop/web'),
    });
    expect(idsOf(environments[0]).filter((id) => id.startsWith('Service'))).toEqual([]);
    expect(environments[0]?.opaque).toMatchObject([{ namespaces: ['csi'] }]);
  });
});

describe('Argo CD', () => {
  const application = (name: string, path: string, rest: string): string =>
    object(
      'argoproj.io/v1alpha1',
      'Application',
      `argocd/${name}`,
      `spec:\n  source:\n    repoURL: https://example.com/repo.git\n    path: ${path}\n  destination:\n${rest}`,
    );
  const inCluster = (namespaceName: string): string =>
    `    server: https://kubernetes.default.svc\n    namespace: ${namespaceName}\n`;

  test('an app of apps is one environment; objects without a namespace get the destination’s', async () => {
    const split = await splitOf({
      'root.yaml': application('root', 'apps', inCluster('argocd')),
      'apps/shop.yaml': application('shop', 'shop', inCluster('shop')),
      'shop/web.yaml': `${virtualService('web')}---\n${service('other/web')}`,
      'shop/nested/no.yaml': service('not-recursed'),
      'unused/web.yaml': service('unused/web'),
    });
    expect(split).toEqual({
      default: [
        'Application argocd/root',
        'Application argocd/shop',
        'Service other/web',
        'VirtualService shop/web',
      ],
    });
  });

  test('an ApplicationSet with a list of clusters makes one environment for each', async () => {
    const set = `apiVersion: argoproj.io/v1alpha1
kind: ApplicationSet
metadata:
  name: shop
  namespace: argocd
spec:
  generators:
    - list:
        elements:
          - cluster: kube1
            url: https://kubernetes.default.svc
          - cluster: kube2
            url: https://kube2.example.com:6443
  template:
    metadata:
      name: 'shop-{{cluster}}'
    spec:
      source:
        repoURL: https://example.com/repo.git
        path: 'shop/{{cluster}}'
      destination:
        server: '{{url}}'
        namespace: shop
`;
    const split = await splitOf({
      'shop.yaml': set,
      'shop/kube1/web.yaml': service('web-one'),
      'shop/kube2/web.yaml': service('web-two'),
    });
    expect(split).toEqual({
      default: ['Application argocd/shop-kube1', 'Service shop/web-one'],
      'kube2.example.com': ['Application argocd/shop-kube2', 'Service shop/web-two'],
    });
  });

  test('a Git directory generator makes an Application for each directory', async () => {
    const set = `apiVersion: argoproj.io/v1alpha1
kind: ApplicationSet
metadata: {name: apps, namespace: argocd}
spec:
  goTemplate: true
  generators:
    - git:
        directories: [{path: apps/*}, {path: apps/parked, exclude: true}]
  template:
    metadata: {name: '{{ .path.basename }}'}
    spec:
      source: {repoURL: https://example.com/repo.git, path: '{{ .path.path }}'}
      destination: {name: in-cluster, namespace: '{{ .path.basename }}'}
`;
    const split = await splitOf({
      'set.yaml': set,
      'apps/cart/all.yaml': service('cart'),
      'apps/web/all.yaml': service('web'),
      'apps/parked/all.yaml': service('parked'),
    });
    expect(split['default']?.filter((id) => id.startsWith('Service'))).toEqual([
      'Service cart/cart',
      'Service web/web',
    ]);
  });

  test('a chart of the repository is opaque in the destination namespace', async () => {
    const { environments } = await discover({
      'shop.yaml': application('shop', 'charts/shop', inCluster('shop')),
      'charts/shop/Chart.yaml': 'apiVersion: v2\nname: shop\nversion: 1.0.0\n',
      'charts/shop/templates/web.yaml':
        'apiVersion: v1\nkind: Service\nmetadata:\n  name: {{ .Release.Name }}\n',
    });
    expect(environments[0]?.opaque).toMatchObject([
      { what: 'templates in charts/shop', namespaces: ['shop'] },
    ]);
    expect([...(environments[0]?.files ?? [])]).toContain('charts/shop/templates/web.yaml');
  });
});

describe('Helm', () => {
  test('an umbrella chart declares Istio’s charts with the version of its lock and the values under the alias', async () => {
    const { environments } = await discover({
      'mesh/Chart.yaml':
        'apiVersion: v2\nname: mesh\nversion: 1.0.0\ndependencies:\n' +
        '  - name: istiod\n    alias: canary\n    version: ~1.28.0\n    repository: https://istio-release.storage.googleapis.com/charts\n' +
        '  - name: gateway\n    version: 1.27.1\n    repository: https://istio-release.storage.googleapis.com/charts\n    condition: gateway.enabled\n' +
        '  - name: redis\n    version: 1.0.0\n    repository: https://charts.example.com\n',
      'mesh/Chart.lock':
        'dependencies:\n- name: istiod\n  repository: x\n  version: 1.28.3\ndigest: x\ngenerated: x\n',
      'mesh/values.yaml':
        'global:\n  hub: example.com\ngateway:\n  enabled: false\ncanary:\n  revision: 1-28\n',
    });
    const [environment] = environments;
    expect(environment?.charts.map(({ chart, version }) => [chart, version])).toEqual([
      ['istiod', '1.28.3'],
      ['redis', '1.0.0'],
    ]);
    const istiod = environment?.charts[0];
    expect(istiod?.values).toEqual({ revision: '1-28', global: { hub: 'example.com' } });
    expect(istiod?.at).toMatchObject({ file: 'mesh/Chart.lock' });
    expect(istiod?.valueAt(['revision'])).toMatchObject({ file: 'mesh/values.yaml', line: 6 });
    expect(environment?.opaque).toMatchObject([{ what: 'chart redis in mesh/Chart.yaml' }]);
  });
});

describe('settings', () => {
  test('name environments by path, before any other way', async () => {
    const files = {
      'east/web.yaml': service('shop/web'),
      'west/kustomization.yaml': kustomization('namespace: west\nresources: [web.yaml]\n'),
      'west/web.yaml': service('web'),
      'other/web.yaml': service('other/web'),
    };
    const environments = [
      { name: 'e', paths: ['east'] },
      { name: 'w', paths: ['west/**'] },
    ];
    const found = await discover(files, { environments });
    expect(found.environments.map((one) => [one.name, one.because, idsOf(one)])).toEqual([
      ['e', 'settings', ['Service shop/web']],
      ['w', 'settings', ['Service west/web']],
    ]);
  });
});

describe('directories called test', () => {
  test('are an environment beside other stages, and below clusters', async () => {
    const files = {
      'overlays/test/kustomization.yaml': kustomization('namespace: t\nresources: [web.yaml]\n'),
      'overlays/test/web.yaml': service('web'),
      'overlays/prod/kustomization.yaml': kustomization('namespace: p\nresources: [web.yaml]\n'),
      'overlays/prod/web.yaml': service('web'),
    };
    expect(await splitOf(files)).toEqual({ prod: ['Service p/web'], test: ['Service t/web'] });
    const clusters = await splitOf({
      'clusters/test/flux-system/gotk-sync.yaml': flux('flux-system', './clusters/test'),
      'clusters/test/web.yaml': service('shop/web'),
    });
    expect(Object.keys(clusters)).toEqual(['test']);
  });
});

test('overlays of one name that hold the same objects are told apart', async () => {
  const overlay = (dir: string): Record<string, string> => ({
    [`${dir}/kustomization.yaml`]: kustomization('namespace: shop\nresources: [web.yaml]\n'),
    [`${dir}/web.yaml`]: service('web'),
  });
  const split = await splitOf({ ...overlay('overlays/prod/eu'), ...overlay('overlays/prod/us') });
  expect(Object.keys(split)).toEqual(['prod/eu', 'prod/us']);
});

test('every file that is not part of an environment stays out of its files', async () => {
  const { environments } = await discover({
    'bootstrap/apps.yaml': flux('apps', './apps'),
    'apps/kustomization.yaml': kustomization('resources: [web.yaml]\npatches: [{path: patch.yaml}]\n'),
    'apps/web.yaml': service('shop/web'),
    'apps/patch.yaml': service('shop/web'),
    'apps/unlisted.yaml': service('shop/unlisted'),
  });
  expect([...(environments[0]?.files ?? [])].sort()).toEqual([
    'apps/kustomization.yaml',
    'apps/patch.yaml',
    'apps/web.yaml',
    'bootstrap/apps.yaml',
  ]);
});
