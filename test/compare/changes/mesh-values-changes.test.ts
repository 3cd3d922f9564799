import { expect, test } from '@jest/globals';
import { DEFAULT_SETTINGS } from '../../../src/config/settings.ts';
import { review } from '../../../src/review.ts';
import { memorySnapshot } from '../../../src/source/memory.ts';

const files = (version: string, values: string) => ({
  'mesh/Chart.yaml': 'apiVersion: v1\nname: mesh\nversion: 0.1.0\n',
  'mesh/requirements.yaml': `dependencies:\n  - name: istio\n    repository: https://storage.googleapis.com/istio-release/releases/${version}/charts\n    version: ${version}\n`,
  'mesh/values.yaml': values,
});

async function changes(version: string, before: string, after: string): Promise<string[]> {
  const { environments } = await review(
    memorySnapshot('base', files(version, before)),
    memorySnapshot('head', files(version, after)),
    DEFAULT_SETTINGS,
  );
  return environments.flatMap((environment) =>
    environment.changes.map(({ message, at }) => `${message} ${at?.file}:${at?.line}`),
  );
}

test('requiring mutual TLS by a value, and no longer, is a change for the whole mesh', async () => {
  const on = 'global:\n  mtls:\n    enabled: true\n';
  const off = 'global:\n  mtls:\n    enabled: false\n';
  expect(await changes('1.1.12', 'global: {}\n', on)).toEqual([
    'The value global.mtls.enabled of revision default goes from false to true: mutual TLS is required in the whole mesh: clients without a sidecar are refused. mesh/values.yaml:3',
  ]);
  expect(await changes('1.4.3', on, off)).toEqual([expect.stringContaining('plain text is taken too')]);
  expect(await changes('1.4.3', 'global: {}\n', off)).toEqual([]);
});

test('later charts do not read the value', async () => {
  expect(await changes('1.7.3', 'global: {}\n', 'global:\n  mtls:\n    enabled: true\n')).toEqual([]);
});
