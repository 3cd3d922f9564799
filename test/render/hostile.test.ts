import { createServer, type Server } from 'node:http';
import { mkdtempSync, rmSync, symlinkSync, writeFileSync, mkdirSync, readdirSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { openDirectorySnapshot } from '../../src/source/directory.ts';
import { runTool } from '../../src/render/exec.ts';
import { renderHelm, type HelmRelease } from '../../src/render/helm.ts';
import { renderKustomize } from '../../src/render/kustomize.ts';
import { RENDER_LIMITS } from '../../src/render/render-limits.ts';
import type { Rendered } from '../../src/render/rendered.ts';
import { readableFiles, withTree } from '../../src/render/tree.ts';
import { realRenderer, realTools, repositoryOf } from './real-tools.ts';

const SERVICE = 'apiVersion: v1\nkind: Service\nmetadata: {name: a}\n';
const CHART = 'apiVersion: v2\nname: c\nversion: 1.0.0\n';
const RELEASE: HelmRelease = { path: 'c', releaseName: 'r', namespace: '', valuesFiles: [] };

/** What the tools could fetch, and who asked for it. */
let server: Server;
let url = '';
const asked: string[] = [];
beforeAll(async () => {
  server = createServer((request, response) => {
    asked.push(request.url ?? '');
    response.end(SERVICE);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => void server.close());

async function chart(files: Readonly<Record<string, string>>, milliseconds = 8_000): Promise<Rendered> {
  const all = { 'c/Chart.yaml': CHART, ...files };
  const limits = { tool: { ...RENDER_LIMITS.tool, milliseconds } };
  return renderHelm(RELEASE, repositoryOf(all), await realRenderer(limits));
}

async function overlay(kustomization: string, files: Readonly<Record<string, string>> = {}) {
  const renderer = await realRenderer();
  const all = {
    'app/kustomization.yaml': kustomization,
    'app/a.yaml': SERVICE,
    'outside.yaml': SERVICE,
    ...files,
  };
  return { ...(await renderKustomize('app', repositoryOf(all), renderer)), started: renderer.cache.started };
}

describe('fetch attempts are refused by name before kustomize starts', () => {
  test.each([
    ['a URL', (): string => `resources: ["${url}/x.yaml"]`],
    ['a base', (): string => `bases: ["${url}/repo.git"]`],
    ['a component', (): string => `components: ["${url}/repo"]`],
    ['a git address', (): string => 'resources: ["git@github.com:o/r.git"]'],
    ['git with a reference', (): string => 'resources: ["github.com/o/r//path?ref=v1"]'],
    ['a getter address', (): string => 'resources: ["git::file:///etc"]'],
    ['a patch', (): string => `resources: [a.yaml]\npatches: [{path: "${url}/p.yaml"}]`],
    ['an old patch', (): string => `resources: [a.yaml]\npatchesStrategicMerge: ["${url}/p.yaml"]`],
    [
      'a patch behind a line break',
      (): string => `resources: [a.yaml]\npatchesStrategicMerge: ["\\n${url}/p.yaml"]`,
    ],
    ['a replacement', (): string => `resources: [a.yaml]\nreplacements: [{path: "${url}/r.yaml"}]`],
    ['generator input', (): string => `configMapGenerator: [{name: c, files: ["k=${url}/f"]}]`],
    ['generator environment', (): string => `secretGenerator: [{name: c, envs: ["${url}/f"]}]`],
    ['a transformer', (): string => `resources: [a.yaml]\ntransformers: ["${url}/t.yaml"]`],
    ['a schema', (): string => `resources: [a.yaml]\nopenapi: {path: "${url}/s.json"}`],
    ['CRDs', (): string => `resources: [a.yaml]\ncrds: ["${url}/crd.yaml"]`],
    [
      'an inline plugin',
      (): string =>
        `transformers:\n  - |-\n    apiVersion: builtin\n    kind: PatchTransformer\n    metadata: {name: x}\n    path: ${url}/p.yaml`,
    ],
    ['a field in capitals', (): string => `RESOURCES: ["${url}/x.yaml"]`],
    ['a field with a long s', (): string => `re\u017fources: ["${url}/x.yaml"]`],
    ['a second document', (): string => `resources: [a.yaml]\n---\nresources: ["${url}/x.yaml"]`],
    ['a chart', (): string => `helmCharts: [{name: x, repo: "${url}"}]`],
    ['a chart of old', (): string => `helmChartInflationGenerator: [{chartName: x, chartRepoUrl: "${url}"}]`],
  ])('%s', async (_, kustomization) => {
    const { resources, unchecked, failed, started } = await overlay(kustomization());
    expect(unchecked).toHaveLength(1);
    expect(failed).toBeDefined();
    expect(failed?.at?.file).toBe('app/kustomization.yaml');
    expect({ resources, started, asked }).toEqual({ resources: [], started: 0, asked: [] });
  });

  test('one in a base of a base', async () => {
    const kustomization = 'resources: [../b]';
    const deep = {
      'b/kustomization.yaml': 'resources: [../c]',
      'c/kustomization.yml': `resources: ["${url}/x"]`,
    };
    const { unchecked, started } = await overlay(kustomization, deep);
    expect(unchecked[0]?.what).toBe(`resources ${url}/x`);
    expect(unchecked[0]?.examples[0]?.file).toBe('c/kustomization.yml');
    expect(started).toBe(0);
  });

  test('and one that slipped through would reach nobody', async () => {
    const { kustomize, sandbox } = await realTools();
    const wrapper = new TextEncoder().encode(`resources: ["${url}/x.yaml"]`);
    const result = await withTree(new Map([['w/kustomization.yaml', wrapper]]), ({ root, home }) =>
      runTool([...(kustomize?.command ?? []), 'w'], { cwd: root, home, limits: RENDER_LIMITS.tool, sandbox }),
    );
    // Only a network namespace closes the loopback; elsewhere the walk above is what refuses.
    if (!sandbox.networkClosed) return;
    expect(result).toMatchObject({ outcome: 'done', code: 1 });
    expect(asked).toEqual([]);
  });
});

describe('kustomizations that reach for more than they are given', () => {
  test.each([
    ['a file above', 'resources: [../outside.yaml]', /outside the directory/],
    ['a file of the machine', 'resources: [/etc/passwd]', /leaves the repository/],
    ['a directory above the repository', 'resources: [../../..]', /leaves the repository/],
    [
      'generator input of the machine',
      'configMapGenerator: [{name: c, files: [/etc/passwd]}]',
      /leaves the repository/,
    ],
    ['a file that is not there', 'resources: [missing.yaml]', /not in the repository/],
    [
      'a program',
      'generators: ["{apiVersion: v1, kind: X, metadata: {name: x, annotations: {config.kubernetes.io/function: \'exec: {path: ./a.sh}\'}}}"]',
      /programs are not started/,
    ],
    ['what is not YAML', 'resources: [a.yaml', /not one plain YAML mapping/],
  ])('%s', async (_, kustomization, why) => {
    const { unchecked, started } = await overlay(kustomization);
    expect(unchecked.map((entry) => entry.why).join()).toMatch(why);
    expect(started).toBe(0);
  });

  test('one that includes itself is an error of the tool, not an endless walk', async () => {
    const { failed } = await overlay('resources: [../app]');
    expect(failed?.why).toMatch(/cycle/);
  });
});

describe('symbolic links are never followed', () => {
  let directory = '';
  beforeAll(() => {
    directory = mkdtempSync(join(tmpdir(), 'links-test-'));
    mkdirSync(join(directory, 'repo/c/templates'), { recursive: true });
    mkdirSync(join(directory, 'repo/app'));
    writeFileSync(join(directory, 'secret.yaml'), 'apiVersion: v1\nkind: Secret\nmetadata: {name: leaked}\n');
    writeFileSync(join(directory, 'repo/c/Chart.yaml'), CHART);
    writeFileSync(join(directory, 'repo/c/templates/a.yaml'), 'leak: {{ .Files.Get "leak.yaml" | quote }}\n');
    writeFileSync(join(directory, 'repo/app/kustomization.yaml'), 'resources: [leak.yaml]\n');
    symlinkSync('../../secret.yaml', join(directory, 'repo/c/leak.yaml'));
    symlinkSync('../../secret.yaml', join(directory, 'repo/app/leak.yaml'));
  });
  afterAll(() => rmSync(directory, { recursive: true }));

  test('out of a chart', async () => {
    const files = readableFiles(await openDirectorySnapshot(join(directory, 'repo')));
    const { unchecked, failed } = await renderHelm(RELEASE, files, await realRenderer());
    expect(unchecked.map(({ what, why }) => `${what}: ${why}`)).toEqual([
      'c/leak.yaml: a symbolic link, which is not followed',
    ]);
    expect(JSON.stringify(failed)).not.toContain('leaked');
  });

  test('out of an overlay', async () => {
    const files = readableFiles(await openDirectorySnapshot(join(directory, 'repo')));
    const { unchecked, resources } = await renderKustomize('app', files, await realRenderer());
    expect(unchecked[0]?.why).toBe('a symbolic link, which is not followed');
    expect(resources).toEqual([]);
  });
});

describe('charts that would cost too much end in seconds', () => {
  const limited = async (files: Readonly<Record<string, string>>): Promise<string> => {
    const began = performance.now();
    const { failed, resources } = await chart(files, 3_000);
    expect(resources).toEqual([]);
    expect(performance.now() - began).toBeLessThan(9_000);
    return failed?.why ?? 'rendered';
  };

  test('an endless template', async () => {
    const template = '{{ range $i := until 100000 }}{{ range $j := until 100000 }}{{ end }}{{ end }}';
    expect(await limited({ 'c/templates/a.yaml': template })).toMatch(/took longer|processor time|memory/);
  }, 15_000);

  test('a template that includes itself', async () => {
    const template = '{{ define "a" }}{{ include "a" . }}{{ end }}{{ include "a" . }}';
    expect(await limited({ 'c/templates/a.yaml': template })).toMatch(
      /error calling include|took longer|memory|stack/,
    );
  }, 15_000);

  test('a template that grows in memory', async () => {
    const template =
      '{{ $x := "0123456789" }}{{ range until 60 }}{{ $x = printf "%s%s" $x $x }}{{ end }}{{ $x }}';
    expect(await limited({ 'c/templates/a.yaml': template })).toMatch(/memory|took longer|processor time/);
  }, 15_000);

  test('100 MB of output', async () => {
    const line = `# ${'x'.repeat(1000)}`;
    const template = `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata:\n{{ range $i := until 100000 }}  k{{ $i }}: |\n    ${line}\n{{ end }}`;
    expect(await limited({ 'c/templates/a.yaml': template })).toMatch(
      /wrote more than 32 MB|took longer|memory|processor/,
    );
  }, 15_000);
});

describe('charts that reach for more than they are given', () => {
  test('see no environment, no file of the machine, and nobody to ask', async () => {
    const template = `apiVersion: v1
kind: ConfigMap
metadata:
  name: probe
data:
  file: {{ .Files.Get "/etc/passwd" | quote }}
  above: {{ .Files.Get "../../../../etc/passwd" | quote }}
  address: {{ getHostByName "localhost" | quote }}
  cluster: {{ lookup "v1" "Secret" "default" "x" | toJson | quote }}
`;
    const { resources, failed } = await chart({ 'c/templates/a.yaml': template });
    expect(failed).toBeUndefined();
    expect(resources[0]?.body['data']).toEqual({ file: '', above: '', address: '', cluster: '{}' });
  });

  test('a schema that names an address is not even read', async () => {
    const schema = JSON.stringify({ $ref: `${url}/schema.json` });
    const { failed, resources } = await chart({
      'c/values.schema.json': schema,
      'c/templates/a.yaml': SERVICE,
    });
    expect(failed).toBeUndefined();
    expect(resources).toHaveLength(1);
    expect(asked).toEqual([]);
  });

  test('names of prototypes are only names', async () => {
    const template =
      'apiVersion: v1\nkind: Service\nmetadata: {name: a, labels: {__proto__: x, constructor: y}}\n';
    const { resources } = await chart({
      'c/templates/a.yaml': template,
      'c/values.yaml': '__proto__: {a: 1}\n',
    });
    expect(resources[0]?.origin.at(['__proto__', 'constructor']).file).toBe('c/templates/a.yaml');
    expect(({} as Record<string, unknown>)['a']).toBeUndefined();
  });
});

test('nothing is left behind', () => {
  const left = readdirSync(tmpdir()).filter((name) => name.startsWith(`istio-upgrade-guard-${process.pid}-`));
  expect(left).toEqual([]);
});
