import { describe, expect, test } from '@jest/globals';
import { DEFAULT_SETTINGS } from '../../src/config/settings.ts';
import { EnvironmentCache, environmentsOf } from '../../src/environments/discover.ts';
import { buildMesh } from '../../src/mesh/build.ts';
import { FakeRenderers } from './fake-renderers.ts';
import { discover, flux, idsOf, object, repositoryOf, service, type Files } from './repository-of.ts';

const chart = (dir: string): Files => ({
  [`${dir}/Chart.yaml`]: 'apiVersion: v2\nname: shop\nversion: 1.0.0\n',
  [`${dir}/templates/all.yaml`]: 'kind: {{ .Values.kind }}\n',
});

async function rendered(files: Files, renderers: FakeRenderers, most?: number) {
  const repository = await repositoryOf(files);
  const rendering = { renderers, changed: undefined, ...(most === undefined ? {} : { most }) };
  return (await environmentsOf(repository, DEFAULT_SETTINGS, new EnvironmentCache(), rendering)).environments;
}

const REPOSITORY = 'https://example.com/org/repo.git';
const ISTIO = 'https://istio-release.storage.googleapis.com/charts';
const application = (name: string, sources: string): string =>
  object(
    'argoproj.io/v1alpha1',
    'Application',
    `argocd/${name}`,
    `spec:\n  destination: {name: in-cluster, namespace: istio-system}\n  sources:\n${sources}`,
  );

describe('a remote chart of Istio whose values files are in this repository', () => {
  const istiod = (files: string, more = ''): string =>
    application(
      'istiod',
      `    - repoURL: ${ISTIO}\n      chart: istiod\n      targetRevision: 1.28.1\n      helm:\n        valueFiles: [${files}]\n${more}    - {repoURL: 'git@example.com:org/repo', ref: values}\n`,
    );
  const files = (app: string): Files => ({
    'apps/istiod.yaml': app,
    'apps/shop.yaml': application('shop', `    - {repoURL: '${REPOSITORY}', path: shop}\n`),
    'shop/web.yaml': service('shop/web'),
    'values/base.yaml': 'revision: from-base\nmeshConfig:\n  accessLogFile: /dev/stdout\n',
    'values/prod.yaml': 'revision: from-prod\n',
  });
  const planeOf = async (all: Files) => {
    const [environment] = (await discover(all)).environments;
    if (!environment) throw new Error('no environment');
    return { environment, plane: buildMesh(environment, DEFAULT_SETTINGS).controlPlanes[0] };
  };

  test('is understood by them, at their lines', async () => {
    const { environment, plane } = await planeOf(
      files(istiod('$values/values/base.yaml, $values/values/prod.yaml')),
    );
    expect(plane).toMatchObject({ revision: 'from-prod', versionText: '1.28.1' });
    expect(plane?.meshConfig).toMatchObject({ accessLogFile: '/dev/stdout' });
    expect(plane?.meshConfigAt?.(['accessLogFile'])).toMatchObject({ file: 'values/base.yaml', line: 3 });
    expect(environment.files).toContain('values/prod.yaml');
  });

  test('values of the Application win', async () => {
    const more = '        values: |\n          revision: from-the-application\n';
    const { plane } = await planeOf(files(istiod('$values/values/base.yaml', more)));
    expect(plane).toMatchObject({ revision: 'from-the-application' });
    expect(plane?.meshConfig).toMatchObject({ accessLogFile: '/dev/stdout' });
  });

  test('one file that is not here leaves it open', async () => {
    const app = istiod('$values/values/base.yaml, $values/values/absent.yaml');
    const { environment } = await planeOf(files(app));
    const written = environment.resources.find(({ name }) => name === 'istiod');
    expect(JSON.stringify(written?.body)).toContain('absent.yaml');
    expect(JSON.stringify(written?.body)).not.toContain('from-base');
  });

  test('a reference to another repository is none of ours', async () => {
    const app = istiod('$values/values/base.yaml').replace('example.com:org/repo', 'example.com:org/other');
    const { environment } = await planeOf(files(app));
    expect(JSON.stringify(environment.resources.map(({ body }) => body))).not.toContain('from-base');
  });
});

test('an Application of another repository takes nothing of this one, not even its root', async () => {
  const { environments } = await discover({
    'apps/shop.yaml': application('shop', `    - {repoURL: '${REPOSITORY}', path: shop}\n`),
    'apps/other.yaml': application('other', `    - {repoURL: 'https://example.com/other.git', path: .}\n`),
    'shop/web.yaml': service('shop/web'),
    'root.yaml': service('root/web'),
  });
  expect(idsOf(environments[0])).not.toContain('Service root/web');
  expect(environments[0]?.opaque).toMatchObject([{ what: expect.stringContaining('other') as unknown }]);
});

describe('a chart of this repository that Flux installs', () => {
  const release = (rest: string): string =>
    object(
      'helm.toolkit.fluxcd.io/v2',
      'HelmRelease',
      'shop/web',
      `spec:\n  chart:\n    spec: {chart: ./charts/shop, sourceRef: {kind: GitRepository, name: flux-system}}\n${rest}`,
    );
  const files = (rest: string, more: Files = {}): Files => ({
    ...chart('charts/shop'),
    'cluster/apps.yaml': flux('apps', './apps', '  postBuild: {substitute: {STAGE: prod}}\n'),
    'apps/web.yaml': release(rest),
    'apps/more.yaml': object(
      'v1',
      'ConfigMap',
      'shop/more',
      'data:\n  values.yaml: |\n    replicas: 1\n    stage: ${STAGE}\n  port: "8080"\n',
    ),
    ...more,
  });
  const from =
    '  valuesFrom:\n    - {kind: ConfigMap, name: more}\n    - {kind: ConfigMap, name: more, valuesKey: port, targetPath: service.port}\n';

  test('gets the values of ConfigMaps, after their variables are filled in, and its own win', async () => {
    const renderers = new FakeRenderers({ 'charts/shop': service('web') });
    await rendered(files(`${from}  values: {replicas: 3}\n`), renderers);
    const [given] = renderers.releases;
    expect(given?.values).toEqual({ replicas: 3, stage: 'prod', service: { port: 8080 } });
    expect(given?.valuesAt?.(['stage'])).toMatchObject({ file: 'apps/more.yaml', line: 9 });
    expect(given?.valuesAt?.(['service', 'port'])).toMatchObject({ file: 'apps/more.yaml', line: 10 });
    expect(given?.valuesAt?.(['replicas'])).toMatchObject({ file: 'apps/web.yaml' });
  });

  test.each([
    ['a Secret', '  valuesFrom: [{kind: Secret, name: more}]\n', 'Secret more'],
    [
      'a ConfigMap that is elsewhere',
      '  valuesFrom: [{kind: ConfigMap, name: absent}]\n',
      'ConfigMap absent',
    ],
    ['a key that is not there', '  valuesFrom: [{kind: ConfigMap, name: more, valuesKey: x}]\n', 'no key x'],
    ['a variable nobody gives', '  values: {a: "${OTHER}"}\n', 'placeholders'],
    ['a post-renderer', '  postRenderers: [{kustomize: {}}]\n', 'post-renderers'],
  ])('is not rendered where %s decides', async (_, rest, why) => {
    const renderers = new FakeRenderers({ 'charts/shop': service('web') });
    const [environment] = await rendered(files(rest), renderers);
    expect(renderers.releases).toEqual([]);
    expect(environment?.unchecked.map((entry) => entry.why).join()).toContain(why);
    expect(environment?.opaque.map(({ what }) => what)).toContain('templates in charts/shop');
  });

  test('an optional key that is not there gives nothing', async () => {
    const renderers = new FakeRenderers({ 'charts/shop': service('web') });
    await rendered(
      files('  valuesFrom: [{kind: ConfigMap, name: more, valuesKey: x, optional: true}]\n'),
      renderers,
    );
    expect(renderers.releases).toHaveLength(1);
  });

  test('values files stand in the place of the chart’s own', async () => {
    const renderers = new FakeRenderers({ 'charts/shop': service('web') });
    const own = release('').replace('sourceRef', 'valuesFiles: [charts/shop/prod.yaml], sourceRef');
    await rendered(files('', { 'apps/web.yaml': own, 'charts/shop/prod.yaml': 'a: 1\n' }), renderers);
    expect(renderers.releases).toMatchObject([
      { valuesFiles: ['charts/shop/prod.yaml'], withoutOwnValues: true },
    ]);
  });

  test('may be named by a HelmChart', async () => {
    const renderers = new FakeRenderers({ 'charts/shop': service('web') });
    const referring = object(
      'helm.toolkit.fluxcd.io/v2',
      'HelmRelease',
      'shop/web',
      'spec:\n  chartRef: {kind: HelmChart, name: web}\n',
    );
    const source = object(
      'source.toolkit.fluxcd.io/v1',
      'HelmChart',
      'shop/web',
      'spec: {chart: ./charts/shop, sourceRef: {kind: GitRepository, name: flux-system}}\n',
    );
    await rendered(files('', { 'apps/web.yaml': `${referring}---\n${source}` }), renderers);
    expect(renderers.releases).toMatchObject([{ path: 'charts/shop', namespace: 'shop' }]);
  });
});

test('an umbrella chart: Istio’s own parts are told by their values, all others by their objects', async () => {
  const umbrella = {
    'mesh/Chart.yaml': `apiVersion: v2\nname: mesh\nversion: 1.0.0\ndependencies:\n  - {name: istiod, version: 1.28.1, repository: '${ISTIO}'}\n  - {name: redis, version: 1.0.0, repository: 'https://charts.example.com'}\n`,
    'mesh/values.yaml': 'istiod:\n  revision: blue\n',
    'mesh/templates/all.yaml': 'kind: {{ .Values.kind }}\n',
  };
  const renderers = new FakeRenderers({ mesh: service('shop/own') });
  const [environment] = await rendered(umbrella, renderers);
  expect(idsOf(environment)).toEqual(['Service shop/own']);
  expect(environment?.charts).toMatchObject([
    { chart: 'istiod', version: '1.28.1', values: { revision: 'blue' } },
    {},
  ]);
});

test('beyond so many renderings, what is left is named', async () => {
  const application = (name: string): string =>
    object(
      'argoproj.io/v1alpha1',
      'Application',
      `argocd/${name}`,
      `spec:\n  source: {repoURL: '${REPOSITORY}', path: charts/${name}}\n  destination: {name: in-cluster, namespace: shop}\n`,
    );
  const renderers = new FakeRenderers({ 'charts/a': service('a'), 'charts/b': service('b') });
  const files = {
    ...chart('charts/a'),
    ...chart('charts/b'),
    'apps.yaml': `${application('a')}---\n${application('b')}`,
  };
  const [environment] = await rendered(files, renderers, 1);
  expect(renderers.releases).toHaveLength(1);
  expect(environment?.unchecked).toMatchObject([
    { what: 'chart charts/b', why: 'more than 1 overlays and charts are not rendered' },
  ]);
});

test('values that a kustomization generates a ConfigMap of are found at the lines of their file', async () => {
  const ISTIOD = object(
    'helm.toolkit.fluxcd.io/v2',
    'HelmRelease',
    'istio-system/istiod',
    'spec:\n  chart: {spec: {chart: istiod, version: 1.28.1, sourceRef: {kind: HelmRepository, name: istio}}}\n  valuesFrom: [{kind: ConfigMap, name: istiod-values}]\n',
  );
  const { environments } = await discover({
    'cluster/apps.yaml': flux('apps', './apps'),
    'apps/kustomization.yaml':
      'resources: [istiod.yaml]\nconfigMapGenerator:\n  - name: istiod-values\n    namespace: istio-system\n    files: [values.yaml=./istiod-values.yaml]\n',
    'apps/istiod.yaml': ISTIOD,
    'apps/istiod-values.yaml': 'revision: blue\nmeshConfig:\n  accessLogFile: /dev/stdout\n',
  });
  const [environment] = environments;
  if (!environment) throw new Error('no environment');
  const [plane] = buildMesh(environment, DEFAULT_SETTINGS).controlPlanes;
  expect(plane).toMatchObject({ revision: 'blue', versionText: '1.28.1' });
  expect(plane?.meshConfigAt?.(['accessLogFile'])).toMatchObject({
    file: 'apps/istiod-values.yaml',
    line: 3,
  });
});

describe('a chart of this repository that brings in one of Istio', () => {
  const mesh = (helm: string, rest: Files = {}): Files => ({
    'charts/mesh/Chart.yaml': `apiVersion: v2\nname: mesh\nversion: 0.1.0\ndependencies:\n  - {name: istiod, version: 1.28.1, repository: '${ISTIO}', condition: istiod.enabled}\n  - {name: gateway, version: 1.28.1, repository: '${ISTIO}'}\n`,
    'charts/mesh/values.yaml':
      'istiod:\n  enabled: true\n  revision: from-chart\n  pilot: {autoscaleMin: 2}\n',
    'apps/mesh.yaml': application(
      'mesh',
      `    - repoURL: '${REPOSITORY}'\n      path: charts/mesh\n      helm:\n${helm}`,
    ),
    ...rest,
  });
  const chartsOf = async (files: Files) => (await discover(files)).environments[0]?.charts ?? [];

  test('has the values it is deployed with over its own, each at its line, and the name of the release', async () => {
    const charts = await chartsOf(
      mesh('        valueFiles: [../../envs/prod.yaml]\n        valuesObject: {global: {network: n1}}\n', {
        'envs/prod.yaml': 'istiod:\n  revision: from-prod\n',
      }),
    );
    expect(charts.map(({ chart, releaseName }) => `${chart} ${releaseName}`)).toEqual([
      'istiod mesh',
      'gateway mesh',
    ]);
    expect(charts[0]?.values).toMatchObject({
      revision: 'from-prod',
      pilot: { autoscaleMin: 2 },
      global: { network: 'n1' },
    });
    const place = (...path: string[]) => `${charts[0]?.valueAt(path).file}:${charts[0]?.valueAt(path).line}`;
    expect([place('revision'), place('pilot', 'autoscaleMin'), place('global', 'network')]).toEqual([
      'envs/prod.yaml:2',
      'charts/mesh/values.yaml:4',
      'apps/mesh.yaml:13',
    ]);
  });

  test('is left out where the deployment turns it off', async () => {
    const charts = await chartsOf(mesh('        valuesObject: {istiod: {enabled: false}}\n'));
    expect(charts.map(({ chart }) => chart)).toEqual(['gateway']);
  });

  test('may have any value where a values file is not here', async () => {
    const charts = await chartsOf(mesh('        valueFiles: [../../envs/absent.yaml]\n'));
    expect(charts.map(({ valuesElsewhere }) => valuesElsewhere)).toEqual([true, true]);
  });
});

describe('an ApplicationSet points at what its parameters are read from, and follows them', () => {
  const set = (generator: string): string =>
    object(
      'argoproj.io/v1alpha1',
      'ApplicationSet',
      'argocd/istiod',
      `spec:\n  generators:\n${generator}  template:\n    metadata: {name: 'istiod-{{name}}'}\n    spec:\n      destination: {server: '{{server}}', namespace: istio-system}\n      source:\n        repoURL: ${ISTIO}\n        chart: istiod\n        targetRevision: '{{metadata.labels.istio}}'\n`,
    );
  const cluster = (name: string, version: string): string =>
    `apiVersion: v1\nkind: Secret\nmetadata:\n  name: ${name}\n  labels:\n    argocd.argoproj.io/secret-type: cluster\n    istio: ${version}\nstringData: {name: ${name}, server: 'https://${name}.example.com'}\n`;
  const placesOf = async (files: Files) =>
    (await discover(files)).environments.map((environment) => {
      const [plane] = buildMesh(environment, DEFAULT_SETTINGS).controlPlanes;
      const at = `${plane?.at.file}:${plane?.at.line}`;
      return [environment.name, plane?.versionText, at, [...environment.files].sort().join(' ')];
    });

  test('labels of clusters', async () => {
    const files = {
      'sets/istiod.yaml': set('    - clusters: {}\n'),
      'clusters/east.yaml': cluster('east', '1.27.1'),
      'clusters/west.yaml': cluster('west', '1.28.1'),
    };
    expect(await placesOf(files)).toEqual([
      ['east', '1.27.1', 'clusters/east.yaml:7', 'clusters/east.yaml sets/istiod.yaml'],
      ['west', '1.28.1', 'clusters/west.yaml:7', 'clusters/west.yaml sets/istiod.yaml'],
    ]);
  });

  test('files of a Git generator, and elements of a list', async () => {
    const settings = (name: string) =>
      `name: ${name}\nserver: https://${name}.example.com\nmetadata:\n  labels:\n    istio: 1.28.1\n`;
    const files = {
      'sets/istiod.yaml': set('    - git: {files: [{path: settings/*.yaml}]}\n'),
      'settings/east.yaml': settings('east'),
      'settings/west.yaml': settings('west'),
    };
    expect(await placesOf(files)).toEqual([
      ['east.example.com', '1.28.1', 'settings/east.yaml:5', 'sets/istiod.yaml settings/east.yaml'],
      ['west.example.com', '1.28.1', 'settings/west.yaml:5', 'sets/istiod.yaml settings/west.yaml'],
    ]);
    const element = (name: string) =>
      `          - {name: ${name}, server: 'https://${name}.example.com', metadata: {labels: {istio: 1.28.1}}}\n`;
    const list = set(`    - list:\n        elements:\n${element('east')}${element('west')}`);
    expect((await placesOf({ 'sets/istiod.yaml': list })).map(([, , at]) => at)).toEqual([
      'sets/istiod.yaml:10',
      'sets/istiod.yaml:11',
    ]);
  });
});
