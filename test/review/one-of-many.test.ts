import { expect, test } from '@jest/globals';
import { DEFAULT_SETTINGS } from '../../src/config/settings.ts';
import { toolRenderers, type Renderers } from '../../src/render/renderers.ts';
import { review } from '../../src/review.ts';
import { memorySnapshot } from '../../src/source/memory.ts';
import { realTools } from '../render/real-tools.ts';

const COUNT = 1_000;

/** A base, and overlays that each deploy it into a namespace of their own. */
function repository(): Record<string, string> {
  const files: Record<string, string> = {
    'base/kustomization.yaml': 'resources: [web.yaml]\n',
    'base/web.yaml':
      'apiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata: {name: web}\nspec:\n  hosts: [web]\n  http: [{route: [{destination: {host: web}}]}]\n',
  };
  for (let index = 0; index < COUNT; index++) {
    files[`overlays/o${index}/kustomization.yaml`] =
      `namespace: n${index}\nresources: [../../base, own.yaml]\npatches:\n  - path: patch.yaml\n`;
    files[`overlays/o${index}/own.yaml`] = 'apiVersion: v1\nkind: Namespace\nmetadata: {name: own}\n';
    files[`overlays/o${index}/patch.yaml`] =
      'apiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata: {name: web}\nspec:\n  hosts: [patched]\n';
  }
  return files;
}

/** The real tools, and what they were asked for. */
async function counted(): Promise<{ renderers: Renderers; asked: string[] }> {
  const tools = toolRenderers(await realTools());
  const asked: string[] = [];
  const kustomize: Required<Renderers>['kustomize'] = (dir, snapshot) => {
    asked.push(`${snapshot.ref} ${dir}`);
    return tools.kustomize(dir, snapshot);
  };
  return { renderers: { ...tools, kustomize }, asked };
}

const changed =
  'apiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata: {name: web}\nspec:\n  htttp: []\n';

test('a change of one overlay of a thousand renders that one, on both sides', async () => {
  const files = repository();
  const { renderers, asked } = await counted();
  const base = memorySnapshot('base', files);
  const head = memorySnapshot('head', { ...files, 'overlays/o500/patch.yaml': changed });
  const began = performance.now();
  const result = await review(base, head, DEFAULT_SETTINGS, undefined, renderers);
  const took = performance.now() - began;
  expect(asked.sort()).toEqual(['base overlays/o500', 'head overlays/o500']);
  expect(result.environments.map(({ name }) => name)).toEqual(['o500']);
  expect(result.untouched).toHaveLength(COUNT - 1);
  const [finding] = result.environments[0]?.findings.filter(({ status }) => status === 'introduced') ?? [];
  expect(finding).toMatchObject({ rule: 'unknown-field', at: { file: 'overlays/o500/patch.yaml', line: 5 } });
  // About 2 s on a quiet machine; the bound says that nothing grows with the square of the overlays.
  expect(took).toBeLessThan(30_000);
}, 60_000);

test('a release that the change leaves as it is is rendered once for both sides', async () => {
  const tools = toolRenderers(await realTools());
  const rendered: unknown[] = [];
  const helm: Renderers['helm'] = async (release, snapshot) => {
    const result = await tools.helm(release, snapshot);
    rendered.push(result.resources);
    return result;
  };
  const side = (ref: string, note: string, replicas: number) =>
    memorySnapshot(ref, {
      'chart/Chart.yaml': 'apiVersion: v2\nname: shop\nversion: 1.0.0\n',
      'chart/templates/a.yaml':
        'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata: {replicas: "{{ .Values.replicas }}"}\n',
      'app.yaml': `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: {name: shop, namespace: argocd, labels: {note: ${note}}}
spec:
  destination: {name: in-cluster, namespace: shop}
  source: {repoURL: 'https://example.com/r.git', path: chart, helm: {valuesObject: {replicas: ${replicas}}}}
`,
    });
  const run = (head: ReturnType<typeof side>) =>
    review(side('base', 'x', 1), head, DEFAULT_SETTINGS, undefined, { ...tools, helm });
  await run(side('head', 'y', 1));
  expect(rendered).toHaveLength(2);
  expect(rendered[0]).toHaveLength(1);
  expect(rendered[0]).toBe(rendered[1]);
  await run(side('head', 'y', 2));
  expect(rendered).toHaveLength(4);
  expect(rendered[3]).toBe(rendered[0]);
  expect(rendered[3]).not.toBe(rendered[2]);
}, 60_000);
