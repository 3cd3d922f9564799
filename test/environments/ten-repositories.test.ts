import { expect, test } from '@jest/globals';
import {
  discover,
  flux,
  idsOf,
  kustomization,
  namespace,
  object,
  service,
  type Files,
} from './repository-of.ts';

/** What an owner would say of a repository: its environments, how one sees them, and what of it is in each. */
type Expected = Readonly<Record<string, readonly [because: string, ...objects: string[]]>>;

/** Objects of the controllers themselves say how we knew, and are left out. */
const OF_CONTROLLERS = /^(?:Kustomization|Application|HelmRelease|GitRepository) /;

async function expectSplit(files: Files, expected: Expected): Promise<void> {
  const { environments } = await discover(files);
  const found = environments.map((environment) => {
    const charts = environment.charts.map(({ chart, version }) => `chart ${chart} ${version}`);
    const objects = idsOf(environment).filter((id) => !OF_CONTROLLERS.test(id));
    return [environment.name, [environment.because, ...charts.sort(), ...objects]];
  });
  expect(Object.fromEntries(found)).toEqual(expected);
}

const argo = (name: string, path: string, destination: string): string =>
  object(
    'argoproj.io/v1alpha1',
    'Application',
    `argocd/${name}`,
    `spec:\n  source: {repoURL: 'https://example.com/repo.git', path: ${path}}\n  destination: ${destination}\n`,
  );
const IN_CLUSTER = '{server: https://kubernetes.default.svc, namespace: shop}';

test('Flux: a directory for each cluster, applications with a base and an overlay for each', async () => {
  const cluster = (name: string): Files => ({
    [`clusters/${name}/flux-system/gotk-sync.yaml`]: flux('flux-system', `./clusters/${name}`),
    [`clusters/${name}/flux-system/kustomization.yaml`]: kustomization('resources: [gotk-sync.yaml]\n'),
    [`clusters/${name}/apps.yaml`]: flux('apps', `./apps/${name}`),
    [`apps/${name}/kustomization.yaml`]: kustomization(`namespace: shop-${name}\nresources: [../base]\n`),
  });
  await expectSplit(
    {
      ...cluster('production'),
      ...cluster('staging'),
      'apps/base/kustomization.yaml': kustomization('resources: [web.yaml]\n'),
      'apps/base/web.yaml': service('web'),
      'apps/base/forgotten.yaml': service('forgotten'),
    },
    {
      production: [
        'Flux Kustomization in clusters/production/flux-system/gotk-sync.yaml',
        'Service shop-production/web',
      ],
      staging: [
        'Flux Kustomization in clusters/staging/flux-system/gotk-sync.yaml',
        'Service shop-staging/web',
      ],
    },
  );
});

test('Flux at home: one cluster, a Kustomization beside each application, an archive, a second cluster apart', async () => {
  const app = (name: string): Files => ({
    [`kubernetes/apps/${name}/ks.yaml`]: flux(
      name,
      `./kubernetes/apps/${name}/app`,
      `  targetNamespace: ${name}\n`,
    ),
    [`kubernetes/apps/${name}/kustomization.yaml`]: kustomization('resources: [ks.yaml]\n'),
    [`kubernetes/apps/${name}/app/kustomization.yaml`]: kustomization('resources: [web.yaml]\n'),
    [`kubernetes/apps/${name}/app/web.yaml`]: service('web'),
  });
  await expectSplit(
    {
      ...app('media'),
      ...app('shop'),
      'kubernetes/flux/cluster/ks.yaml': flux('cluster-apps', './kubernetes/apps'),
      '.archive/old/ks.yaml': flux('old', './.archive/old/app'),
      '.archive/old/app/web.yaml': service('old/web'),
      'kubernetes/sol/flux/cluster.yaml': flux('sol', './kubernetes/sol/apps'),
      'kubernetes/sol/apps/web.yaml': service('sol/web'),
    },
    {
      default: [
        'Flux Kustomization in kubernetes/flux/cluster/ks.yaml',
        'Service media/web',
        'Service shop/web',
      ],
      sol: ['Flux Kustomization in kubernetes/sol/flux/cluster.yaml', 'Service sol/web'],
    },
  );
});

test('Argo CD: an app of apps for one cluster; what it does not reach is not deployed', async () => {
  await expectSplit(
    {
      'bootstrap/root.yaml': argo('root', 'apps', IN_CLUSTER),
      'apps/shop.yaml': argo('shop', 'manifests/shop', IN_CLUSTER),
      'apps/istio.yaml': argo('istio', 'manifests/istio', '{name: in-cluster, namespace: istio-system}'),
      'manifests/shop/web.yaml': service('web'),
      'manifests/istio/kustomization.yaml': kustomization('resources: [gateway.yaml]\n'),
      'manifests/istio/gateway.yaml': service('gateway'),
      'manifests/parked/web.yaml': service('parked/web'),
    },
    {
      default: [
        'Argo CD Applications in apps, bootstrap',
        'Service istio-system/gateway',
        'Service shop/web',
      ],
    },
  );
});

const set = (
  generators: string,
  path: string,
  destination: string,
): string => `apiVersion: argoproj.io/v1alpha1
kind: ApplicationSet
metadata: {name: apps, namespace: argocd}
spec:
  generators:
${generators}
  template:
    metadata: {name: 'app-{{name}}-{{path.basename}}'}
    spec:
      source: {repoURL: 'https://example.com/repo.git', path: '${path}'}
      destination: ${destination}
`;

test('Argo CD: sets over registered clusters and Git directories make an environment for each cluster', async () => {
  const secret = (name: string, stage: string): string =>
    `apiVersion: v1\nkind: Secret\nmetadata:\n  name: ${name}\n  namespace: argocd\n  labels: {argocd.argoproj.io/secret-type: cluster, stage: ${stage}}\nstringData: {name: ${name}, server: 'https://${name}.example.com:6443'}\n`;
  const generators = `    - matrix:
        generators:
          - clusters: {selector: {matchLabels: {stage: live}}}
          - git: {directories: [{path: apps/*}]}`;
  await expectSplit(
    {
      'argocd/clusters.yaml': ['east', 'west'].map((name) => secret(name, 'live')).join('---\n'),
      'argocd/other.yaml': secret('lab', 'lab'),
      'argocd/apps.yaml': set(
        generators,
        '{{path}}',
        "{server: '{{server}}', namespace: '{{path.basename}}'}",
      ),
      'apps/shop/web.yaml': service('web'),
      'apps/bank/web.yaml': service('web'),
    },
    {
      east: ['Argo CD Applications in argocd', 'Service bank/web', 'Service shop/web'],
      west: ['Argo CD Applications in argocd', 'Service bank/web', 'Service shop/web'],
    },
  );
});

test('Argo CD: a set over a list, and clusters that only Argo CD knows', async () => {
  const list = `    - list:
        elements:
          - {name: blue, env: staging, url: 'https://blue.example.com'}
          - {name: green, env: production, url: 'https://green.example.com'}`;
  await expectSplit(
    {
      'sets/list.yaml': set(list, 'envs/{{env}}', "{server: '{{url}}', namespace: shop}"),
      'sets/all.yaml': set('    - clusters: {}', 'everywhere', "{server: '{{server}}', namespace: ops}"),
      'envs/staging/web.yaml': service('web-staging'),
      'envs/production/web.yaml': service('web-production'),
      'everywhere/agent.yaml': service('agent'),
    },
    {
      'blue.example.com': ['Argo CD Applications in sets', 'Service shop/web-staging'],
      'green.example.com': ['Argo CD Applications in sets', 'Service shop/web-production'],
      'clusters that Argo CD knows': ['Argo CD Applications in sets', 'Service ops/agent'],
    },
  );
});

test('kustomize: overlays of several components, by their names', async () => {
  const component = (name: string): Files => ({
    [`${name}/base/kustomization.yaml`]: kustomization('resources: [service.yaml]\n'),
    [`${name}/base/service.yaml`]: service(name),
    [`${name}/overlays/dev/kustomization.yaml`]: kustomization('namespace: dev\nresources: [../../base]\n'),
    [`${name}/overlays/prod/kustomization.yaml`]: kustomization('namespace: prod\nresources: [../../base]\n'),
  });
  await expectSplit(
    { ...component('cart'), ...component('web') },
    {
      dev: ['kustomize overlays of that name', 'Service dev/cart', 'Service dev/web'],
      prod: ['kustomize overlays of that name', 'Service prod/cart', 'Service prod/web'],
    },
  );
});

test('directories for clusters, with what they share', async () => {
  await expectSplit(
    {
      'clusters/east/web.yaml': service('shop/web'),
      'clusters/west/web.yaml': service('shop/web'),
      'shared/namespace.yaml': namespace('shop'),
    },
    {
      east: ['directories of that name', 'Namespace /shop', 'Service shop/web'],
      west: ['directories of that name', 'Namespace /shop', 'Service shop/web'],
    },
  );
});

test('colliding identities: lessons of a course, and a release that copies what two directories hold', async () => {
  const [web, cart] = [service('shop/web'), service('shop/cart')];
  const because = 'a directory whose objects other directories hold too';
  await expectSplit(
    { 'lesson-1/all.yaml': web, 'lesson-2/all.yaml': web, 'tools/registry.yaml': service('tools/registry') },
    {
      default: ['what no other environment holds', 'Service tools/registry'],
      'lesson-1': [because, 'Service shop/web'],
      'lesson-2': [because, 'Service shop/web'],
    },
  );
  await expectSplit(
    { 'manifests/web.yaml': web, 'routes/cart.yaml': cart, 'release/all.yaml': `${web}---\n${cart}` },
    {
      default: ['what no other environment holds', 'Service shop/cart', 'Service shop/web'],
      release: [because, 'Service shop/cart', 'Service shop/web'],
    },
  );
});

test('helmfile: an environment for each that it names, and Istio installed by it beside Argo CD', async () => {
  const istiod = (version: string): string =>
    `releases:\n  - name: istiod\n    namespace: istio-system\n    chart: istio/istiod\n    version: "${version}"\n`;
  const repositories =
    'repositories:\n  - {name: istio, url: "https://istio-release.storage.googleapis.com/charts"}\n';
  await expectSplit(
    {
      'helmfile.yaml': `environments:\n  staging: {values: [env/staging.yaml]}\n  production: {values: [{istio: 1.28.1}]}\n---\n${repositories}${istiod('{{ .Values.istio }}')}`,
      'env/staging.yaml': 'istio: 1.29.2\n',
    },
    {
      production: ['helmfile environments of that name', 'chart istiod 1.28.1'],
      staging: ['helmfile environments of that name', 'chart istiod 1.29.2'],
    },
  );
  await expectSplit(
    {
      'istio/helmfile.yaml': repositories + istiod('1.28.1'),
      'apps/shop.yaml': argo('shop', 'shop', IN_CLUSTER),
      'shop/web.yaml': service('web'),
    },
    { default: ['Argo CD Applications in apps, and helmfiles', 'chart istiod 1.28.1', 'Service shop/web'] },
  );
});

test('one plain repository, with charts that nothing here deploys', async () => {
  await expectSplit(
    {
      'shop/web.yaml': service('shop/web'),
      'istio/gateway.yaml': service('istio-system/gateway'),
      'charts/web/Chart.yaml': 'apiVersion: v2\nname: web\nversion: 1.0.0\n',
      'charts/web/templates/web.yaml': 'kind: {{ .Values.kind }}\n',
      '.github/workflows/ci.yaml': 'on: push\n',
      'docs/example.yaml': service('shop/web'),
    },
    {
      default: ['the whole repository', 'Service istio-system/gateway', 'Service shop/web'],
      docs: ['manifests shown to readers, kept apart', 'Service shop/web'],
    },
  );
});

test('the output of other tools: a file for each Application, a directory for each cluster', async () => {
  const objects = (...names: string[]): string => names.map((name) => service(`shop/${name}`)).join('---\n');
  const rendered = argo('cart', 'apps/cart', IN_CLUSTER);
  await expectSplit(
    { 'cart.yaml': objects('cart', 'db'), 'web.yaml': objects('web'), 'root.yaml': rendered },
    { default: ['the whole repository', 'Service shop/cart', 'Service shop/db', 'Service shop/web'] },
  );
  const because = 'a directory whose objects other directories hold too';
  const all = ['a', 'b', 'c', 'd'];
  const ids = all.map((name) => `Service shop/${name}`);
  await expectSplit(
    { 'east.yaml': objects(...all), 'west.yaml': objects(...all) },
    { 'east.yaml': [because, ...ids], 'west.yaml': [because, ...ids] },
  );
  await expectSplit(
    { 'out/east/shop/a.yaml': objects('a', 'b'), 'out/west/shop/a.yaml': objects('a', 'b') },
    { 'out/east': [because, ...ids.slice(0, 2)], 'out/west': [because, ...ids.slice(0, 2)] },
  );
});
