import { describe, expect, test } from '@jest/globals';
import { DEFAULT_SETTINGS } from '../../src/config/settings.ts';
import { EnvironmentCache, environmentsOf } from '../../src/environments/discover.ts';
import type { Environment } from '../../src/environments/environment.ts';
import { refusal } from '../../src/render/rendered.ts';
import type { Renderers } from '../../src/render/renderers.ts';
import { FakeRenderers } from './fake-renderers.ts';
import {
  flux,
  idsOf,
  kustomization,
  object,
  repositoryOf,
  service,
  virtualService,
  type Files,
} from './repository-of.ts';

async function rendered(
  files: Files,
  renderers: Renderers,
  changed?: readonly string[],
): Promise<readonly Environment[]> {
  const repository = await repositoryOf(files);
  const rendering = { renderers, changed: changed && new Set(changed) };
  const cache = new EnvironmentCache();
  return (await environmentsOf(repository, DEFAULT_SETTINGS, cache, rendering)).environments;
}

const CHART = 'apiVersion: v2\nname: shop\nversion: 1.0.0\n';
const TEMPLATE = 'kind: {{ .Values.kind }}\n';
const chart = (dir: string): Files => ({
  [`${dir}/Chart.yaml`]: CHART,
  [`${dir}/templates/all.yaml`]: TEMPLATE,
});
const application = (name: string, path: string, helm: string): string =>
  object(
    'argoproj.io/v1alpha1',
    'Application',
    `argocd/${name}`,
    `spec:
  destination:
    server: https://kubernetes.default.svc
    namespace: shop
  source:
    repoURL: https://example.com/repo.git
    path: ${path}
${helm}`,
  );

describe('a chart that an Argo CD Application deploys', () => {
  const files = {
    ...chart('charts/shop'),
    'charts/shop/prod.yaml': 'replicas: 2\n',
    'apps/shop.yaml': application(
      'shop',
      'charts/shop',
      `    helm:
      valueFiles: [prod.yaml, absent.yaml]
      ignoreMissingValueFiles: true
      values: 'ignored: true'
      valuesObject:
        istio:
          revision: stable
      parameters:
        - name: istio.enabled
          value: 'true'
        - name: port
          value: '80'
          forceString: true
`,
    ),
  };

  test('is rendered as Argo CD would, and its objects land in the destination', async () => {
    const renderers = new FakeRenderers({
      'charts/shop': `${virtualService('web')}---\n${service('other/web')}`,
    });
    const [environment, ...others] = await rendered(files, renderers);
    expect(others).toEqual([]);
    expect(idsOf(environment)).toEqual([
      'Application argocd/shop',
      'Service other/web',
      'VirtualService shop/web',
    ]);
    expect(environment?.opaque).toEqual([]);
    expect(environment?.rendered).toEqual(new Set(['charts/shop/templates/all.yaml']));
    const [release] = renderers.releases;
    expect(release).toMatchObject({
      path: 'charts/shop',
      releaseName: 'shop',
      namespace: 'shop',
      valuesFiles: ['charts/shop/prod.yaml'],
      values: { istio: { revision: 'stable', enabled: true }, port: '80' },
    });
    expect(release?.valuesAt?.(['istio', 'revision'])).toMatchObject({ file: 'apps/shop.yaml', line: 19 });
    expect(release?.valuesAt?.(['port'])).toMatchObject({ file: 'apps/shop.yaml', line: 24 });
  });

  test('is rendered when the change touches it, its values or the Application, and not otherwise', async () => {
    const asked = async (changed: string): Promise<number> => {
      const renderers = new FakeRenderers({ 'charts/shop': service('web') });
      await rendered(files, renderers, [changed]);
      return renderers.releases.length;
    };
    expect(await asked('charts/shop/templates/all.yaml')).toBe(1);
    expect(await asked('charts/shop/prod.yaml')).toBe(1);
    expect(await asked('apps/shop.yaml')).toBe(1);
    expect(await asked('README.yaml')).toBe(0);
  });

  test('may hold anything, with the reason, when the tool fails', async () => {
    const [environment] = await rendered(files, new FakeRenderers({}));
    expect(environment?.opaque).toMatchObject([{ what: 'templates in charts/shop', namespaces: ['shop'] }]);
    expect(environment?.unchecked).toMatchObject([{ what: 'chart charts/shop', why: 'the tool says no' }]);
    expect(environment?.rendered).toBeUndefined();
  });

  test('is not rendered when its values stand elsewhere', async () => {
    const remote = '    helm:\n      valueFiles: ["https://example.com/values.yaml"]\n';
    const renderers = new FakeRenderers({ 'charts/shop': service('web') });
    const [environment] = await rendered(
      { ...files, 'apps/shop.yaml': application('shop', 'charts/shop', remote) },
      renderers,
    );
    expect(renderers.releases).toEqual([]);
    expect(environment?.unchecked[0]?.why).toContain('https://example.com/values.yaml');
  });

  test('may hold further Applications', async () => {
    const renderers = new FakeRenderers({
      'charts/root': application('shop', 'charts/shop', ''),
      'charts/shop': service('web'),
    });
    const [environment] = await rendered(
      {
        ...chart('charts/root'),
        ...chart('charts/shop'),
        'root.yaml': application('root', 'charts/root', ''),
      },
      renderers,
    );
    expect(idsOf(environment)).toEqual([
      'Application argocd/root',
      'Application argocd/shop',
      'Service shop/web',
    ]);
  });
});

describe('a chart that a Flux HelmRelease installs from this repository', () => {
  const release = (rest: string): string =>
    object(
      'helm.toolkit.fluxcd.io/v2',
      'HelmRelease',
      'shop/web',
      `spec:\n  chart:\n    spec:\n      chart: ./charts/shop\n      valuesFiles: [charts/shop/prod.yaml]\n      sourceRef:\n        kind: GitRepository\n        name: flux-system\n  values:\n    replicas: 2\n${rest}`,
    );
  const files = (rest = ''): Files => ({
    ...chart('charts/shop'),
    'charts/shop/prod.yaml': 'replicas: 1\n',
    'cluster/apps.yaml': flux('apps', './apps'),
    'apps/web.yaml': release(rest),
  });

  test('is rendered with its values', async () => {
    const renderers = new FakeRenderers({ 'charts/shop': service('web') });
    const [environment] = await rendered(files(), renderers, ['charts/shop/templates/all.yaml']);
    expect(idsOf(environment)).toContain('Service shop/web');
    expect(renderers.releases).toMatchObject([
      {
        releaseName: 'web',
        namespace: 'shop',
        valuesFiles: ['charts/shop/prod.yaml'],
        values: { replicas: 2 },
      },
    ]);
  });

  test('is not when some values stand in other objects', async () => {
    const renderers = new FakeRenderers({ 'charts/shop': service('web') });
    await rendered(files('  valuesFrom:\n    - kind: ConfigMap\n      name: more\n'), renderers);
    expect(renderers.releases).toEqual([]);
  });
});

test('a chart beside a helmfile is rendered with the values of its release', async () => {
  const renderers = new FakeRenderers({ 'charts/shop': service('web') });
  const [environment] = await rendered(
    {
      ...chart('charts/shop'),
      'helmfile.yaml':
        'releases:\n  - name: web\n    namespace: shop\n    chart: ./charts/shop\n    values:\n      - replicas: 3\n',
    },
    renderers,
    ['helmfile.yaml'],
  );
  expect(renderers.releases).toMatchObject([
    { releaseName: 'web', namespace: 'shop', values: { replicas: 3 } },
  ]);
  expect(idsOf(environment)).toContain('Service shop/web');
});

describe('an overlay that the change reaches', () => {
  const files = {
    'copied/kustomization.yaml': kustomization('resources: [web.yaml]\nreplacements: [{path: r.yaml}]\n'),
    'copied/web.yaml': service('shop/web'),
    'plain/kustomization.yaml': kustomization('resources: [web.yaml]\nnamespace: moved\n'),
    'plain/web.yaml': service('shop/plain'),
  };

  test('is what the tool makes of it, and others are read without it', async () => {
    const renderers = new FakeRenderers({ copied: service('shop/from-the-tool') });
    const environments = await rendered(files, renderers, ['copied/web.yaml']);
    expect(renderers.overlays).toEqual(['copied']);
    expect(environments.flatMap(idsOf)).toEqual(['Service moved/plain', 'Service shop/from-the-tool']);
  });

  test('knows of every field what set it, where we come to the same object', async () => {
    const renderers = new FakeRenderers({ plain: service('moved/plain') });
    const [environment] = await rendered(files, renderers, ['plain/web.yaml']);
    const [plain] = environment?.resources.filter(({ name }) => name === 'plain') ?? [];
    expect(plain?.origin.at(['metadata', 'namespace'])).toMatchObject({
      file: 'plain/kustomization.yaml',
      line: 4,
    });
    expect(plain?.origin.at(['spec'])).toMatchObject({ file: 'plain/web.yaml', line: 7 });
    expect(environment?.rendered).toEqual(new Set(['plain/kustomization.yaml']));
  });

  test('is found by its own lines when only the hash of a generated name is apart', async () => {
    const generated = {
      'app/kustomization.yaml': kustomization(
        'configMapGenerator:\n  - name: settings\n    files: [mesh.yaml]\n',
      ),
      'app/mesh.yaml': 'a: 1\nb: 2\n',
    };
    const hashed = object(
      'v1',
      'ConfigMap',
      'settings-5h6tgkm7b2',
      'data:\n  mesh.yaml: |\n    a: 1\n    b: 2\n',
    );
    const [environment] = await rendered(generated, new FakeRenderers({ app: hashed }), ['app/mesh.yaml']);
    const [settings] = environment?.resources ?? [];
    expect(settings?.name).toBe('settings-5h6tgkm7b2');
    expect(settings?.origin.at(['data', 'mesh.yaml'])).toEqual({
      file: 'app/mesh.yaml',
      line: 1,
      column: 1,
      endLine: 2,
    });
  });

  test('is what we read, with the reason, when the tool fails', async () => {
    const [environment] = await rendered(files, new FakeRenderers({}), ['plain/web.yaml']);
    expect(environment?.resources.map(({ name }) => name)).toContain('plain');
    expect(environment?.unchecked).toContainEqual(
      expect.objectContaining({ what: 'kustomization plain', why: 'the tool says no' }),
    );
  });
});

describe('a chart that nothing here deploys', () => {
  test('is rendered with its defaults, which is an assumption', async () => {
    const renderers = new FakeRenderers({ 'charts/shop': service('shop/web') });
    const [environment] = await rendered(chart('charts/shop'), renderers);
    expect(idsOf(environment)).toEqual(['Service shop/web']);
    expect(environment?.assumed).toEqual(
      new Map([['charts/shop/templates/all.yaml', 'the chart, with its own default values']]),
    );
    expect(environment?.opaque).toMatchObject([{ what: 'chart charts/shop with other values' }]);
  });

  test('does not decide how the rest of the repository is split', async () => {
    const files = { ...chart('one/chart'), 'two/web.yaml': service('shop/web') };
    const renderers = new FakeRenderers({ 'one/chart': service('shop/web') });
    expect(await rendered(files, renderers)).toHaveLength(1);
  });

  test('beside a GitOps controller is on its own, when the change touches it', async () => {
    const files = {
      ...chart('charts/shop'),
      'cluster/apps.yaml': flux('apps', './apps'),
      'apps/web.yaml': service('shop/web'),
    };
    const names = async (changed: string): Promise<string[]> => {
      const renderers = new FakeRenderers({ 'charts/shop': service('shop/other') });
      return (await rendered(files, renderers, [changed])).map(({ name }) => name);
    };
    expect(await names('charts/shop/templates/all.yaml')).toEqual(['charts/shop', 'default']);
    expect(await names('apps/web.yaml')).toEqual(['default']);
  });
});

describe('what came of starting a tool', () => {
  const files = {
    ...chart('charts/shop'),
    'apps/shop.yaml': application('shop', 'charts/shop', ''),
  };
  const buildsWith = async (renderers: FakeRenderers) =>
    (await rendered(files, renderers)).flatMap(({ builds = [] }) => builds);

  test('is kept: built, or refused with what the tool said', async () => {
    expect(await buildsWith(new FakeRenderers({ 'charts/shop': service('web') }))).toEqual([
      { what: 'chart charts/shop' },
    ]);
    const refusing = new FakeRenderers({}, { byTool: true });
    expect(await buildsWith(refusing)).toMatchObject([
      { what: 'chart charts/shop', refused: { why: 'the tool says no', at: { line: 1 } } },
    ]);
  });

  test('is nothing for a chart that nothing here deploys, when Helm stopped at its own default values', async () => {
    const here = { file: 'charts/shop/templates/all.yaml', line: 1, column: 1, endLine: 1 };
    const refusing = (why: string): Renderers => ({
      helm: () => Promise.resolve(refusal(why, ['charts/shop/Chart.yaml'], here)),
    });
    const buildsOf = async (why: string) =>
      (await rendered(chart('charts/shop'), refusing(why))).flatMap(({ builds = [] }) => builds);
    const ofValues =
      'helm: shop/templates/all.yaml:8:16 executing "shop/templates/all.yaml" at <.Values.a.b>: nil';
    expect(await buildsOf(ofValues)).toEqual([]);
    const ofText = 'helm: parse error at (shop/templates/all.yaml:1): unclosed action';
    expect(await buildsOf(ofText)).toMatchObject([{ what: 'chart charts/shop', refused: { why: ofText } }]);
  });

  test('is nothing when the tool was stopped or not started', async () => {
    expect(await buildsWith(new FakeRenderers({}))).toEqual([]);
  });
});

test('what an ApplicationSet of an overlay makes counts once, when a tool has built the overlay too', async () => {
  const set = object(
    'argoproj.io/v1alpha1',
    'ApplicationSet',
    'argocd/istiod',
    `spec:
  generators:
    - list:
        elements:
          - revision: one
          - revision: two
  template:
    metadata:
      name: 'istiod-{{revision}}'
      namespace: argocd
    spec:
      source:
        repoURL: https://istio-release.storage.googleapis.com/charts
        chart: istiod
        targetRevision: 1.30.0
      destination:
        server: https://kubernetes.default.svc
        namespace: istio-system
`,
  );
  const files = {
    'apps/all.yaml': application('all', 'overlay', ''),
    'overlay/kustomization.yaml': kustomization('resources: [set.yaml]\n'),
    'overlay/set.yaml': set,
  };
  const renderers = new FakeRenderers({ overlay: set });
  const [environment] = await rendered(files, renderers);
  expect(renderers.overlays).toEqual(['overlay']);
  expect(idsOf(environment)).toEqual([
    'Application argocd/all',
    'Application argocd/istiod-one',
    'Application argocd/istiod-two',
  ]);
});
