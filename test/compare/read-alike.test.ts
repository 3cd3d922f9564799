import { expect, test } from '@jest/globals';
import { DEFAULT_SETTINGS } from '../../src/config/settings.ts';
import { resourcesOf } from '../../src/render/plain.ts';
import type { Renderers } from '../../src/render/renderers.ts';
import { review } from '../../src/review.ts';
import { parseFile } from '../../src/yaml/parse.ts';
import { memorySnapshot } from '../../src/source/memory.ts';

const CHART = {
  'shop/Chart.yaml': 'apiVersion: v2\nname: shop\nversion: 1.0.0\n',
  'shop/values.yaml': 'enabled: true\n',
};

const istio = (more: string): string => `{{- if .Values.enabled }}
apiVersion: sailoperator.io/v1
kind: Istio
metadata:
  name: default
spec:
  version: v1.28.1
  namespace: istio-system
  values:
    meshConfig:
      accessLogFile: /dev/stdout
${more}{{- end }}
---
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: a, namespace: b}
spec:
  selector: {a: b}
  servers:
    - hosts: ["*"]
      port: {number: 99999, name: http, protocol: HTTP}
`;

const UNKNOWN = '    {{- if .Capabilities.APIVersions.Has "x/v1" }}\n    pilot: {}\n    {{- end }}\n';

const changed = (before: Record<string, string>, after: Record<string, string>) =>
  review(
    memorySnapshot('base', { ...CHART, ...before }),
    memorySnapshot('head', { ...CHART, ...after }),
    DEFAULT_SETTINGS,
  );

test('what is out of sight after a change is neither removed nor fixed', async () => {
  for (const [before, after] of [
    ['', UNKNOWN],
    [UNKNOWN, ''],
  ] as const) {
    const { environments } = await changed(
      { 'shop/templates/a.yaml': istio(before) },
      { 'shop/templates/a.yaml': istio(after) },
    );
    expect(environments.flatMap(({ changes }) => changes)).toEqual([]);
    expect(environments.flatMap(({ findings }) => findings)).toEqual([]);
    expect(environments[0]!.unchecked).toContainEqual(
      expect.objectContaining({ what: 'objects that were read on one side of the change only' }),
    );
  }
});

test('what values switch off is removed', async () => {
  const template = { 'shop/templates/a.yaml': istio('').replace(/---[^]*/, '') };
  const { environments } = await changed(template, { ...template, 'shop/values.yaml': 'enabled: false\n' });
  expect(environments.flatMap(({ changes }) => changes.map(({ kind }) => kind))).toEqual([
    'revision-removed',
  ]);
});

/** An Argo CD Application in namespace argocd; `source` in flow style. */
const application = (name: string, source: string): string => `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: { name: ${name}, namespace: argocd }
spec:
  destination: { namespace: istio-system, server: https://kubernetes.default.svc }
  source: { ${source} }
`;

test('an overlay that a tool builds on one side only is compared: the other side is read as it is written', async () => {
  const side = (version: string) => ({
    'apps/shop.yaml': application('shop', 'path: shop, repoURL: https://example.com/mesh.git'),
    'shop/namespace.yaml': 'apiVersion: v1\nkind: Namespace\nmetadata: { name: shop }\n',
    'istio/kustomization.yaml': 'resources: [base.yaml]\n',
    'istio/base.yaml': application(
      'istio-base',
      `chart: base, targetRevision: ${version}, repoURL: https://istio-release.storage.googleapis.com/charts`,
    ),
  });
  const istioApp = application('istio', 'path: istio, repoURL: https://example.com/mesh.git');
  const built: string[] = [];
  const renderers: Renderers = {
    kustomize: async (dir, snapshot) => {
      built.push(`${dir} of ${snapshot.ref}`);
      const path = `${dir}/base.yaml`;
      const resources = resourcesOf(parseFile(await snapshot.read(path), { json: false }), path);
      return { resources, unchecked: [], files: [path, `${dir}/kustomization.yaml`] };
    },
    helm: () => Promise.reject(new Error('there is no chart here')),
  };
  const { environments } = await review(
    memorySnapshot('base', { ...side('1.22.3'), 'apps/istio.yaml': istioApp.replaceAll(/^/gm, '#') }),
    memorySnapshot('head', { ...side('1.21.5'), 'apps/istio.yaml': istioApp }),
    DEFAULT_SETTINGS,
    undefined,
    renderers,
  );
  expect(built).toEqual(['istio of head']);
  expect(environments.flatMap(({ findings }) => findings.map(({ rule }) => rule))).toContain('downgrade');
});
