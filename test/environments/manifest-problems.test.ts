import { expect, test } from '@jest/globals';
import { discover, service } from './repository-of.ts';

const BROKEN = 'metadata:\n  name: web\n   labels: {}\n';

async function problemsOf(files: Record<string, string>): Promise<string[]> {
  const { environments } = await discover(files);
  return environments.flatMap(({ problems = [] }) => problems.map(({ path }) => path));
}

test('a manifest with a fault is told, whatever the fault stands in', async () => {
  const files = {
    'shop/web.yaml': `apiVersion: v1\nkind: Service\n${BROKEN}`,
    'shop/kind.yaml': `apiVersion: v1\nkind Service\nmetadata: {}\n`,
    'shop/twice.yaml': `${service('shop/twice')}kind: Service\n`,
    'shop/object.json': '{"apiVersion": "v1", "kind": "Service" "metadata": {}}',
  };
  expect(await problemsOf(files)).toEqual([
    'shop/kind.yaml',
    'shop/object.json',
    'shop/twice.yaml',
    'shop/web.yaml',
  ]);
});

test('data beside the manifests that nobody applies is not: JSON lines, tasks of a pipeline', async () => {
  const files = {
    'shop/web.yaml': service('shop/web'),
    'shop/seed/ratings.json': '{"rating": 5}\n{"rating": 4}\n',
    'shop/tasks/bump.yaml': 'platform: linux\nimage: a\nimage: b\n',
    'shop/tasks/lint.yaml': 'platform: linux\n image: a\n',
  };
  expect(await problemsOf(files)).toEqual([]);
});
