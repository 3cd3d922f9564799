import { expect, test } from '@jest/globals';
import { DEFAULT_SETTINGS } from '../../src/config/settings.ts';
import { review } from '../../src/review.ts';
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
