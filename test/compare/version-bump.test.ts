import { expect, test } from '@jest/globals';
import { DEFAULT_SETTINGS } from '../../src/config/settings.ts';
import { review } from '../../src/review.ts';
import { toMarkdown } from '../../src/report/markdown.ts';
import { memorySnapshot } from '../../src/source/memory.ts';

const release = (version: string, more = ''): string => `apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: { name: istiod, namespace: istio-system }
spec:
  chart:
    spec:
      chart: istiod
      version: ${version}
      sourceRef: { kind: HelmRepository, name: istio }
${more}`;

const settings = { ...DEFAULT_SETTINGS, today: '2026-11-01' };

async function reviewed(before: string, after: string) {
  const base = memorySnapshot('base', { 'istio.yaml': before });
  return review(base, memorySnapshot('head', { 'istio.yaml': after }), settings);
}

test('knows a change that moves versions only, whatever name the branch has', async () => {
  const result = await reviewed(release('1.23.0'), release('1.24.1'));
  expect(result.bumps).toMatchObject([{ from: '1.23.0', to: '1.24.1' }]);
  expect(toMarkdown(result)).toContain('This is a version bump');
});

test('a change that does more is none', async () => {
  const result = await reviewed(release('1.23.0'), release('1.24.1', '  values: { revision: canary }\n'));
  expect(result.bumps).toBeUndefined();
});

test('a change of another version is none of Istio', async () => {
  const app = (tag: string): string =>
    `apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: a, namespace: b }\nspec:\n  template:\n    spec:\n      containers: [{ name: a, image: 'a:${tag}' }]\n`;
  expect((await reviewed(app('1.23.0'), app('1.24.1'))).bumps).toBeUndefined();
});

test('a version that moves where nothing deploys it is told as that', async () => {
  const files = (version: string) => ({
    'clusters/prod/apps.yaml':
      'apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: { name: apps, namespace: flux-system }\nspec: { path: ./apps, sourceRef: { kind: GitRepository, name: flux-system } }\n',
    'apps/kustomization.yaml': 'resources:\n  - base.yaml\n  # - istiod.yaml\n',
    'apps/base.yaml': release(version).replace(/istiod/g, 'base'),
    'apps/istiod.yaml': release(version),
  });
  const result = await review(
    memorySnapshot('base', files('1.25.2')),
    memorySnapshot('head', files('1.26.0')),
    settings,
  );
  expect(result.bumps).toMatchObject([
    { subject: 'base', from: '1.25.2', to: '1.26.0' },
    {
      subject: 'istiod istiod',
      from: '1.25.2',
      to: '1.26.0',
      undeployed: true,
      at: { file: 'apps/istiod.yaml' },
    },
  ]);
  expect(result.environments.flatMap(({ controlPlanes }) => controlPlanes)).toEqual([]);
  expect(toMarkdown(result)).toMatch(
    /Nothing deploys the files that move istiod .* from 1\.25\.2 to 1\.26\.0/,
  );
});

test('a lock file that is made anew, and a commit beside its tag, are no more than versions', async () => {
  const side = (version: string, digest: string, commit: string, time: string) => ({
    'istio.yaml': release(version),
    'mesh/Chart.yaml': `apiVersion: v2\nname: mesh\nversion: 0.1.0\ndependencies:\n- name: base\n  version: ${version}\n  repository: https://blob.istio.io/istio-release/charts\n`,
    'mesh/Chart.lock': `dependencies:\n- name: base\n  version: ${version}\ndigest: sha256:${digest.repeat(64)}\ngenerated: "${time}"\n`,
    '.github/workflows/ci.yml': `steps:\n- uses: istio/get-istioctl@${commit.repeat(40)} # v${version}\n`,
  });
  const before = memorySnapshot('base', side('1.23.0', 'a', 'b', '2025-11-02T10:12:04.123456Z'));
  const after = memorySnapshot('head', side('1.24.1', 'c', 'd', '2026-01-31T08:00:59.9+01:00'));
  expect((await review(before, after, settings)).bumps?.length).toBeGreaterThan(0);
});
