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
