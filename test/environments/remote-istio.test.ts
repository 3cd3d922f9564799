import { expect, test } from '@jest/globals';
import { remoteIstioBase } from '../../src/environments/remote-istio.ts';
import { discover } from './repository-of.ts';

const at = { file: 'kustomization.yaml', line: 1, column: 1, endLine: 1 };

test.each([
  [
    'https://raw.githubusercontent.com/istio/istio/1.22.3/manifests/charts/base/crds/crd-all.gen.yaml',
    '1.22.3',
  ],
  ['https://github.com/istio/istio/raw/1.24.1/manifests/charts/base/files/crd-all.gen.yaml', '1.24.1'],
  ['https://github.com/istio/istio//manifests/charts/base/crds?ref=1.21.0', '1.21.0'],
  ['github.com/istio/istio/manifests/charts/base?timeout=90s&ref=1.20.1', '1.20.1'],
  [
    'https://raw.githubusercontent.com/istio/istio/release-1.22/manifests/charts/base/crds/crd-all.gen.yaml',
    undefined,
  ],
  ['https://github.com/istio/istio//samples/addons?ref=1.21.0', undefined],
  ['https://github.com/acme/istio-base?ref=1.21.0', undefined],
])('%s', (url, version) => {
  expect(remoteIstioBase(url, at)?.version).toBe(version);
});

test('CRDs from the repository of Istio are the base chart of their release', async () => {
  const { environments } = await discover({
    'kustomization.yaml':
      'resources:\n  - https://raw.githubusercontent.com/istio/istio/1.22.3/manifests/charts/base/crds/crd-all.gen.yaml\n',
  });
  expect(environments.flatMap(({ charts }) => charts)).toMatchObject([
    { chart: 'base', version: '1.22.3', confidence: 'likely', at: { file: 'kustomization.yaml', line: 2 } },
  ]);
});
