import { describe, expect, test } from '@jest/globals';
import { renderHelm, type HelmRelease } from '../../src/render/helm.ts';
import type { Rendered } from '../../src/render/rendered.ts';
import { realRenderer, repositoryOf, where } from './real-tools.ts';
import { packed } from './tar-archive.ts';

const VALUES = `host: shop.example.com
gateway:
  name: public
hosts:
  - one.example.com
  - two.example.com
timeout: 7s
resources:
  limits:
    cpu: 250m
`;

const TEMPLATE = `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata:
  name: {{ .Release.Name }}-vs
spec:
  gateways:
    - {{ .Values.gateway.name }}
  hosts:
    {{- toYaml .Values.hosts | nindent 4 }}
  http:
    {{- with .Values }}
    - timeout: {{ .timeout }}
    {{- end }}
      retries:
        attempts: 3
      route:
        - destination:
            host: shop
            port:
              number: 80
---
apiVersion: v1
kind: Service
metadata:
  name: {{ .Release.Name }}-db
spec:
  externalName: "db.{{ .Values.host }}"
---
apiVersion: v1
kind: Service
metadata:
  name: {{ .Release.Name }}-cache
spec:
  clusterIP: None
`;

const SHOP = {
  'charts/shop/Chart.yaml': 'apiVersion: v2\nname: shop\nversion: 1.0.0\n',
  'charts/shop/values.yaml': VALUES,
  'charts/shop/templates/all.yaml': TEMPLATE,
  'charts/shop/templates/NOTES.txt': 'Thank you.\n',
  'charts/shop/templates/hook.yaml':
    'apiVersion: v1\nkind: Pod\nmetadata:\n  name: hook\n  annotations: {helm.sh/hook: pre-install}\n',
  'charts/shop/templates/tests/test.yaml':
    'apiVersion: v1\nkind: Pod\nmetadata:\n  name: test\n  annotations: {helm.sh/hook: test}\n',
  'prod/values.yaml': 'timeout: 9s\n',
};

const RELEASE: HelmRelease = { path: 'charts/shop', releaseName: 'blue', namespace: 'prod', valuesFiles: [] };

async function rendered(
  files: Readonly<Record<string, string | Uint8Array>>,
  change: Partial<HelmRelease> = {},
) {
  return renderHelm({ ...RELEASE, ...change }, repositoryOf(files), await realRenderer());
}

function named(result: Rendered, name: string) {
  const found = result.resources.find((resource) => resource.name === name);
  if (!found) throw new Error(`no ${name} in ${JSON.stringify(result)}`);
  return found;
}

describe('a chart with its values', () => {
  test('gives its objects, hooks among them, without notes and tests', async () => {
    const result = await rendered(SHOP);
    expect(result.failed).toBeUndefined();
    expect(result.resources.map(({ kind, name }) => `${kind} ${name}`).sort()).toEqual([
      'Pod hook',
      'Service blue-cache',
      'Service blue-db',
      'VirtualService blue-vs',
    ]);
    expect(named(result, 'blue-vs').origin.through).toEqual(['helm charts/shop']);
    expect(result.files).toContain('charts/shop/values.yaml');
  });

  test('points every field at the values key that gives it, else at the line of the template', async () => {
    const result = await rendered(SHOP, { valuesFiles: ['prod/values.yaml'] });
    const { origin } = named(result, 'blue-vs');
    const places = {
      'the object': where(origin.at([])),
      'a referenced value': where(origin.at(['spec', 'gateways', 0])),
      'an entry of a referenced list': where(origin.at(['spec', 'hosts', 1])),
      'a value found by being the only one': where(origin.at(['spec', 'http', 0, 'timeout'])),
      'a literal': where(origin.at(['spec', 'http', 0, 'retries', 'attempts'])),
      'a deep literal': where(origin.at(['spec', 'http', 0, 'route', 0, 'destination', 'port', 'number'])),
      'part of a text': where(named(result, 'blue-db').origin.at(['spec', 'externalName'])),
      'the third document': where(named(result, 'blue-cache').origin.at(['spec', 'clusterIP'])),
      'a missing field': where(origin.at(['spec', 'exportTo'])),
    };
    expect(places).toEqual({
      'the object': 'charts/shop/templates/all.yaml:1',
      'a referenced value': 'charts/shop/values.yaml:3',
      'an entry of a referenced list': 'charts/shop/values.yaml:6',
      'a value found by being the only one': 'prod/values.yaml:1',
      'a literal': 'charts/shop/templates/all.yaml:15',
      'a deep literal': 'charts/shop/templates/all.yaml:20',
      'part of a text': 'charts/shop/values.yaml:1',
      'the third document': 'charts/shop/templates/all.yaml:34',
      'a missing field': 'charts/shop/templates/all.yaml:5',
    });
  });

  test('values given in place win, and are pointed at where they are written', async () => {
    const result = await rendered(SHOP, {
      values: { timeout: '11s' },
      valuesFiles: ['prod/values.yaml'],
      valuesAt: (path) => ({
        file: 'apps/shop.yaml',
        line: path[0] === 'timeout' ? 12 : 1,
        column: 1,
        endLine: 1,
      }),
    });
    const { body, origin } = named(result, 'blue-vs');
    expect(JSON.stringify(body)).toContain('"timeout":"11s"');
    expect(where(origin.at(['spec', 'http', 0, 'timeout']))).toBe('apps/shop.yaml:12');
  });

  test('a template that asks for Istio finds it', async () => {
    const template = `{{- if .Capabilities.APIVersions.Has "networking.istio.io/v1beta1" }}
apiVersion: networking.istio.io/v1beta1
kind: Gateway
metadata:
  name: gate
{{- end }}
`;
    const result = await rendered({ ...SHOP, 'charts/shop/templates/gate.yaml': template });
    expect(where(named(result, 'gate').origin.at(['metadata', 'name']))).toBe(
      'charts/shop/templates/gate.yaml:5',
    );
  });
});

describe('an umbrella chart', () => {
  const CART = {
    'Chart.yaml': 'apiVersion: v2\nname: cart\nversion: 1.0.0\n',
    'values.yaml': 'port: 8081\nname: cart-default\n',
    'templates/service.yaml':
      'apiVersion: v1\nkind: Service\nmetadata:\n  name: {{ .Values.name }}\nspec:\n  ports:\n    - port: {{ .Values.port }}\n',
  };
  const umbrella = (repository: string, alias = '') => ({
    'umbrella/Chart.yaml': `apiVersion: v2
name: umbrella
version: 1.0.0
dependencies:
  - name: cart
    version: 1.0.0
    repository: ${repository}
${alias && `    alias: ${alias}\n`}`,
    'umbrella/values.yaml': `${alias || 'cart'}:\n  name: cart-from-umbrella\n`,
  });
  const under = (dir: string) =>
    Object.fromEntries(Object.entries(CART).map(([path, text]) => [`${dir}/${path}`, text]));

  test.each([
    ['vendored', umbrella('https://charts.example.com'), 'umbrella/charts/cart'],
    ['vendored under an alias', umbrella('https://charts.example.com', 'basket'), 'umbrella/charts/cart'],
    ['beside it in the repository', umbrella('file://../cart'), 'cart'],
  ])('finds fields of a chart that is %s', async (_, files, dir) => {
    const result = await rendered({ ...files, ...under(dir) }, { path: 'umbrella' });
    expect(result.failed).toBeUndefined();
    const { origin } = named(result, 'cart-from-umbrella');
    expect(where(origin.at([]))).toBe(`${dir}/templates/service.yaml:1`);
    expect(where(origin.at(['metadata', 'name']))).toBe('umbrella/values.yaml:2');
    expect(where(origin.at(['spec', 'ports', 0, 'port']))).toBe(`${dir}/values.yaml:1`);
  });

  test('renders a vendored archive, and points at what brings it in', async () => {
    const archive = packed(
      Object.fromEntries(Object.entries(CART).map(([path, text]) => [`cart/${path}`, text])),
    );
    const files = { ...umbrella('https://charts.example.com'), 'umbrella/charts/cart-1.0.0.tgz': archive };
    const result = await rendered(files, { path: 'umbrella' });
    const { origin } = named(result, 'cart-from-umbrella');
    expect(where(origin.at(['spec', 'ports', 0, 'port']))).toBe('umbrella/Chart.yaml:5');
    expect(where(origin.at(['metadata', 'name']))).toBe('umbrella/values.yaml:2');
  });

  test('a dependency that is elsewhere is refused by name, and no tool starts', async () => {
    const renderer = await realRenderer();
    const files = repositoryOf(umbrella('https://charts.example.com'));
    const result = await renderHelm({ ...RELEASE, path: 'umbrella' }, files, renderer);
    expect(result.unchecked.map(({ what, why }) => `${what}: ${why}`)).toEqual([
      'chart cart of https://charts.example.com: it is not vendored under charts/ and is never fetched',
    ]);
    expect(result.failed?.at && where(result.failed.at)).toBe('umbrella/Chart.yaml:5');
    expect(renderer.cache.started).toBe(0);
  });

  test('is rendered without a dependency that is elsewhere, which is named', async () => {
    const own = 'apiVersion: v1\nkind: Service\nmetadata: {name: own}\n';
    const files = { ...umbrella('https://charts.example.com'), 'umbrella/templates/own.yaml': own };
    const result = await rendered(files, { path: 'umbrella' });
    expect(result.resources.map(({ name }) => name)).toEqual(['own']);
    expect(result.without).toEqual(new Set(['cart']));
    expect(result.unchecked).toMatchObject([{ what: 'chart cart of https://charts.example.com' }]);
  });

  test('says of each object which of its charts it comes from', async () => {
    const cart = Object.fromEntries(Object.entries(CART).map(([path, text]) => [`cart/${path}`, text]));
    const result = await rendered({ ...umbrella('file://../cart'), ...cart }, { path: 'umbrella' });
    expect(result.resources[0]?.origin.through).toEqual(['helm umbrella', 'subchart cart']);
  });

  test('takes other values in the place of its own', async () => {
    const files = {
      'c/Chart.yaml': 'apiVersion: v2\nname: c\nversion: 1.0.0\n',
      'c/values.yaml': 'name: own\nkept: own\n',
      'c/other.yaml': 'name: other\n',
      'c/templates/a.yaml':
        'apiVersion: v1\nkind: Service\nmetadata: {name: {{ .Values.name }}, labels: {kept: "{{ .Values.kept }}"}}\n',
    };
    const release = { path: 'c', valuesFiles: ['c/other.yaml'] };
    const both = await rendered(files, release);
    expect(named(both, 'other').labels).toEqual({ kept: 'own' });
    const replaced = await rendered(files, { ...release, withoutOwnValues: true });
    expect(named(replaced, 'other').labels).toEqual({ kept: '' });
  });
});

test('an error of a template is told with its place, without paths of this machine', async () => {
  const files = {
    ...SHOP,
    'charts/shop/templates/bad.yaml': 'kind: Service\nx: {{ .Values.no.such.value }}\n',
  };
  const { failed } = await rendered(files);
  expect(failed?.why).toMatch(/^helm: .*nil pointer/);
  expect(failed?.why).not.toContain('/tmp');
  expect(failed?.at && where(failed.at)).toBe('charts/shop/templates/bad.yaml:2');
});

test.each<[string, Partial<HelmRelease>]>([
  ['a release name', { releaseName: '--post-renderer=/bin/sh' }],
  ['a namespace', { namespace: 'a,b' }],
  ['a Kubernetes version', { kubeVersion: '1.30 --debug' }],
  ['an API version', { apiVersions: ['a,b'] }],
  ['a directory', { path: '../elsewhere' }],
  ['a values file', { valuesFiles: ['https://values.example.com/a.yaml'] }],
])('%s that is none starts no tool', async (_, change) => {
  const renderer = await realRenderer();
  const result = await renderHelm({ ...RELEASE, ...change }, repositoryOf(SHOP), renderer);
  expect(result.failed).toBeDefined();
  expect(renderer.cache.started).toBe(0);
});

test('a library chart makes no objects, and that is no failure', async () => {
  const files = {
    ...SHOP,
    'charts/shop/Chart.yaml': 'apiVersion: v2\nname: shop\nversion: 1.0.0\ntype: library\n',
  };
  expect(await rendered(files)).toMatchObject({ resources: [], unchecked: [] });
  expect((await rendered(files)).failed).toBeUndefined();
});

test('values files with odd names are given as they are', async () => {
  const file = 'prod/a,https:,b.yaml';
  const result = await rendered({ ...SHOP, [file]: 'timeout: 13s\n' }, { valuesFiles: [file] });
  expect(JSON.stringify(named(result, 'blue-vs').body)).toContain('13s');
});

test('without the tool nothing is rendered, and the reason is told', async () => {
  const renderer = await realRenderer();
  const { sandbox } = renderer.tools;
  const tools = { missing: { helm: 'there is no helm on the PATH' }, sandbox };
  const result = await renderHelm(RELEASE, repositoryOf(SHOP), { ...renderer, tools });
  expect(result.failed?.why).toBe('there is no helm on the PATH');
});
