import { expect, test } from '@jest/globals';
import { discover } from './repository-of.ts';

const helmfile = `repositories:
  - name: istio
    url: https://istio-release.storage.googleapis.com/charts
releases:
  - name: istiod-canary
    namespace: istio-system
    chart: istio/istiod
    version: 1.28.1
    values:
      - values/istiod.yaml
      - missing.yaml
      - meshConfig:
          accessLogFile: /dev/stdout
    set:
      - name: global.tag
        value: 1.28.2
  - name: grafana
    namespace: monitoring
    chart: grafana/grafana
  - name: off
    chart: istio/gateway
    installed: false
`;

test('releases are declared charts with their values merged in order, each value with its line', async () => {
  const { environments } = await discover({
    'helmfile.yaml': helmfile,
    'values/istiod.yaml': 'revision: canary\nglobal:\n  tag: old\n  hub: example.com\n',
  });
  const [environment] = environments;
  expect(environment?.charts.map(({ releaseName }) => releaseName)).toEqual(['istiod-canary', 'grafana']);
  const istiod = environment?.charts[0];
  expect(istiod).toMatchObject({
    chart: 'istiod',
    repository: 'https://istio-release.storage.googleapis.com/charts',
    version: '1.28.1',
    namespace: 'istio-system',
    at: { file: 'helmfile.yaml', line: 8 },
  });
  expect(istiod?.values).toEqual({
    revision: 'canary',
    global: { tag: '1.28.2', hub: 'example.com' },
    meshConfig: { accessLogFile: '/dev/stdout' },
  });
  expect(istiod?.valueAt(['revision'])).toMatchObject({ file: 'values/istiod.yaml', line: 1 });
  expect(istiod?.valueAt(['global', 'tag'])).toMatchObject({ file: 'helmfile.yaml', line: 16 });
  expect(istiod?.valueAt(['meshConfig', 'accessLogFile'])).toMatchObject({ file: 'helmfile.yaml', line: 13 });
});

test('releases of other charts are opaque in their namespace', async () => {
  const { environments } = await discover({ 'helmfile.yaml': helmfile });
  expect(environments[0]?.opaque).toMatchObject([
    { what: 'helmfile release grafana', namespaces: ['monitoring'] },
  ]);
});

test('values files that are templates are filled in by the environment, at its lines; blocks leave them open', async () => {
  const files = {
    'helmfile.yaml.gotmpl': `environments:
  prod:
    values:
      - env/prod.yaml
  dev:
    values:
      - istio: { version: 1.28.0 }
        byDefault: false
---
repositories:
  - name: istio
    url: https://istio-release.storage.googleapis.com/charts
releases:
  - name: istiod
    namespace: istio-system
    chart: istio/istiod
    version: {{ .Values.istio.version }}
    values:
      - values/istiod.yaml.gotmpl
  - name: istio-edge
    namespace: edge
    chart: istio/gateway
    values:
      - values/edge.yaml.gotmpl
`,
    'env/prod.yaml': 'istio:\n  version: 1.27.1\nbyDefault: true\n',
    'values/istiod.yaml.gotmpl':
      'sidecarInjectorWebhook:\n  enableNamespacesByDefault: {{ .Values.byDefault }}\nrevision: fixed\n',
    'values/edge.yaml.gotmpl': '{{ if .Values.byDefault }}\nname: edge\n{{ end }}\n',
  };
  const { environments } = await discover(files);
  const told = environments.map((environment) => {
    const [istiod, edge] = environment.charts;
    const place = istiod?.valueAt(['sidecarInjectorWebhook', 'enableNamespacesByDefault']);
    return [
      environment.name,
      istiod?.values,
      `${istiod?.at.file}:${istiod?.at.line} ${place?.file}:${place?.line}`,
      istiod?.valuesElsewhere ?? false,
      edge?.valuesElsewhere ?? false,
      environment.files.has('values/istiod.yaml.gotmpl'),
    ];
  });
  const valuesOf = (enableNamespacesByDefault: boolean) => ({
    sidecarInjectorWebhook: { enableNamespacesByDefault },
    revision: 'fixed',
  });
  expect(told).toEqual([
    ['dev', valuesOf(false), 'helmfile.yaml.gotmpl:7 helmfile.yaml.gotmpl:8', false, true, true],
    ['prod', valuesOf(true), 'env/prod.yaml:2 env/prod.yaml:3', false, true, true],
  ]);
});

test('a chart that a release deploys is deployed once, where the release says', async () => {
  const { environments } = await discover({
    'helmfile.yaml': 'releases:\n  - { name: shop, namespace: shop, chart: ./charts/shop }\n',
    'charts/shop/Chart.yaml': 'apiVersion: v2\nname: shop\nversion: 1.0.0\n',
    'charts/shop/templates/web.yaml': 'kind: {{ .Values.kind }}\n',
    'charts/other/Chart.yaml': 'apiVersion: v2\nname: other\nversion: 1.0.0\n',
    'charts/other/templates/web.yaml': 'kind: {{ .Values.kind }}\n',
  });
  expect(environments).toHaveLength(1);
  expect(environments[0]?.opaque.map(({ what, namespaces }) => [what, namespaces])).toEqual([
    ['templates in charts/shop', ['shop']],
    ['templates in charts/other', undefined],
  ]);
});
