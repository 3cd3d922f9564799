import { expect, test } from '@jest/globals';
import { DEFAULT_SETTINGS } from '../../src/config/settings.ts';
import { environmentsOf } from '../../src/environments/discover.ts';
import type { ScriptLine } from '../../src/environments/environment.ts';
import { scriptLines } from '../../src/environments/scripts.ts';
import { repositoryOf } from './repository-of.ts';

async function linesOf(files: Record<string, string>): Promise<string[]> {
  const lines = await scriptLines(await repositoryOf(files));
  return lines.map(({ text, at }) => `${at.file}:${at.line} ${text}`);
}

test('scripts, make files, containers, CI and pins of tools are read for the lines that speak of Istio', async () => {
  expect(
    await linesOf({
      'hack/up.sh':
        '#!/bin/sh\nset -e\n# istioctl is old\n  istioctl install \\\n    --revision blue \\\n    -y\necho done\n',
      Makefile: 'up:\n\tistioctl install\n',
      'ci/Dockerfile.tools': 'ARG ISTIO_VERSION=1.28.3\n',
      '.github/workflows/mesh.yml':
        'jobs:\n  up:\n    steps:\n      - uses: istio/get-istioctl@v1\n        with:\n          version: 1.27.1\n',
      '.tool-versions': 'helm 3.14.0\nistioctl 1.26.0\n',
      'README.md': 'istioctl install\n',
      'docs/up.sh': 'istioctl install\n',
      'src/main.go': 'istioctl\n',
    }),
  ).toEqual([
    '.github/workflows/mesh.yml:4 - uses: istio/get-istioctl@v1 version: 1.27.1',
    '.tool-versions:2 istioctl 1.26.0',
    'Makefile:2 istioctl install',
    'ci/Dockerfile.tools:1 ARG ISTIO_VERSION=1.28.3',
    'hack/up.sh:4 istioctl install  --revision blue  -y',
  ]);
});

test('what a stranger can make us read is bounded', async () => {
  const files = Object.fromEntries(
    Array.from({ length: 100 }, (_, i) => [
      `s${String(i).padStart(3, '0')}.sh`,
      'istioctl version\n'.repeat(10),
    ]),
  );
  const lines = await linesOf({
    ...files,
    'a.sh': `istioctl ${'x'.repeat(5000)}\n`,
    'b.sh': 'istio\n'.repeat(40_000),
  });
  expect(lines).toHaveLength(200);
  expect(lines[0]).toMatch(/^s000\.sh/);
});

test('the same content is read once for both sides', async () => {
  const known = new Map<string, readonly ScriptLine[]>();
  const repository = await repositoryOf({ 'up.sh': 'istioctl install\n' });
  await scriptLines(repository, known);
  const [key] = [...known.keys()];
  known.set(key!, []);
  expect(await scriptLines(repository, known)).toEqual([]);
});

const APPLICATION = (name: string) => `apiVersion: v1
kind: Namespace
metadata: { name: ${name} }
`;

test('an only environment has all scripts, one of several those in its folders, and changes reach it', async () => {
  const environments = async (files: Record<string, string>) =>
    (await environmentsOf(await repositoryOf(files), DEFAULT_SETTINGS)).environments.map((one) => [
      one.name,
      one.scripts?.map(({ at }) => at.file) ?? [],
      one.files.has('hack/up.sh'),
    ]);
  expect(
    await environments({ 'apps/shop.yaml': APPLICATION('shop'), 'hack/up.sh': 'istioctl install' }),
  ).toEqual([[expect.any(String), ['hack/up.sh'], true]]);
  const several = await environments({
    'clusters/dev/shop.yaml': APPLICATION('shop'),
    'clusters/dev/up.sh': 'istioctl install',
    'clusters/prod/shop.yaml': APPLICATION('shop'),
    'hack/up.sh': 'istioctl install',
  });
  expect(several).toContainEqual(['dev', ['clusters/dev/up.sh'], false]);
  expect(several).toContainEqual(['prod', [], false]);
});
