import { describe, expect, test } from '@jest/globals';
import { renderHelm, type HelmRelease } from '../../src/render/helm.ts';
import { readHelm } from '../../src/render/helm-written.ts';
import type { Rendered } from '../../src/render/rendered.ts';
import { isKnown } from '../../src/yaml/placeholders.ts';
import { realRenderer, repositoryOf, where } from './real-tools.ts';

const CHART = 'apiVersion: v2\nname: shop\nversion: 1.2.3\nappVersion: "4.5"\n';

const HELPERS = `{{- define "shop.name" -}}
{{- default .Chart.Name .Values.nameOverride | trunc 63 | trimSuffix "-" -}}
{{- end -}}
{{- define "shop.labels" -}}
app: {{ include "shop.name" . }}
release: {{ .Release.Name | quote }}
{{- with .Values.extraLabels }}
{{ toYaml . }}
{{- end }}
{{- end -}}
`;

const VALUES = `mesh:
  enabled: true
  ambient: false
namespaces: [team-a, team-b]
extraLabels:
  tier: front
service: {port: 80}
image: {repository: shop, tag: ""}
`;

const NAMESPACES = `{{- if .Values.mesh.enabled }}
{{- range .Values.namespaces }}
---
apiVersion: v1
kind: Namespace
metadata:
  name: {{ . }}
  labels:
    {{- if $.Values.mesh.ambient }}
    istio.io/dataplane-mode: ambient
    {{- else }}
    istio-injection: enabled
    {{- end }}
{{- end }}
{{- end }}
`;

const WORKLOAD = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: {{ include "shop.name" . }}
  namespace: {{ .Release.Namespace }}
  labels:
    {{- include "shop.labels" . | nindent 4 }}
spec:
  template:
    metadata:
      labels: {{- include "shop.labels" . | nindent 8 }}
    spec:
      containers:
        - name: app
          image: "{{ .Values.image.repository }}:{{ .Values.image.tag | default .Chart.AppVersion }}"
---
apiVersion: v1
kind: Service
metadata:
  name: {{ printf "%s-web" (include "shop.name" .) }}
spec:
  ports:
    - port: {{ .Values.service.port }}
`;

const FILES = {
  'charts/shop/Chart.yaml': CHART,
  'charts/shop/values.yaml': VALUES,
  'charts/shop/templates/_helpers.tpl': HELPERS,
  'charts/shop/templates/namespaces.yaml': NAMESPACES,
  'charts/shop/templates/workload.yaml': WORKLOAD,
  'charts/shop/templates/tests/ping.yaml':
    'apiVersion: v1\nkind: Pod\nmetadata: {name: ping, annotations: {helm.sh/hook: test}}\n',
};

const release = (changed: Partial<HelmRelease> = {}): HelmRelease => ({
  path: 'charts/shop',
  releaseName: 'eu',
  namespace: 'shop',
  valuesFiles: [],
  ...changed,
});

/** Helm sorts by kind, we do not. */
const bodies = ({ resources }: Rendered): string[] =>
  resources.map(({ body }) => JSON.stringify(sorted(body))).sort();

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort()
      .map(([key, item]) => [key, sorted(item)]),
  );
}

describe('a chart without Helm', () => {
  test.each([
    ['its own values', release()],
    [
      'other values',
      release({ values: { mesh: { ambient: true }, nameOverride: 'store', extraLabels: null } }),
    ],
    ['a part switched off', release({ values: { mesh: { enabled: false } } })],
  ])('reads as Helm renders it with %s', async (_, wanted) => {
    const files = repositoryOf(FILES);
    const theirs = await renderHelm(wanted, files, await realRenderer());
    const ours = await readHelm(wanted, files);
    expect(theirs.resources.length).toBeGreaterThan(1);
    expect(bodies(ours)).toEqual(bodies(theirs));
    expect(ours.unchecked.filter(({ why }) => !why.startsWith('they make nothing'))).toEqual([]);
  });

  test('points at the lines a person would edit', async () => {
    const { resources } = await readHelm(release(), repositoryOf(FILES));
    const namespace = resources.find(({ name }) => name === 'team-a');
    expect(where(namespace!.origin.at(['metadata', 'labels', 'istio-injection']))).toBe(
      'charts/shop/templates/namespaces.yaml:12',
    );
    const service = resources.find(({ kind }) => kind === 'Service');
    expect(where(service!.origin.at(['spec', 'ports', 0, 'port']))).toBe('charts/shop/values.yaml:7');
  });

  test('reads subcharts with the values of their parent', async () => {
    const files = repositoryOf({
      'app/Chart.yaml':
        'apiVersion: v2\nname: app\nversion: 1.0.0\ndependencies:\n  - {name: db, alias: store, version: 1.0.0}\n  - {name: cache, version: 1.0.0, condition: cache.enabled}\n',
      'app/values.yaml': 'store: {size: big}\ncache: {enabled: false}\nglobal: {zone: eu}\n',
      'app/charts/db/Chart.yaml': 'apiVersion: v2\nname: db\nversion: 1.0.0\n',
      'app/charts/db/values.yaml': 'size: small\nkind: sql\n',
      'app/charts/db/templates/a.yaml':
        'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: db}\ndata: {a: "{{ .Values.size }} {{ .Values.kind }} {{ .Values.global.zone }} {{ .Chart.Name }}"}\n',
      'app/charts/cache/Chart.yaml': 'apiVersion: v2\nname: cache\nversion: 1.0.0\n',
      'app/charts/cache/templates/a.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: cache}\n',
    });
    const { resources } = await readHelm(release({ path: 'app' }), files);
    expect(resources.map(({ body }) => body['data'])).toEqual([{ a: 'big sql eu db' }]);
  });
});

describe('what Helm alone can tell', () => {
  const chart = (template: string, values = '') =>
    repositoryOf({ 'c/Chart.yaml': CHART, 'c/values.yaml': values, 'c/templates/a.yaml': template });
  const read = (template: string, values?: string) =>
    readHelm(release({ path: 'c' }), chart(template, values));
  const object = (name: string, more = ''): string =>
    `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ${name}\n${more}`;

  test('a value inside is a placeholder', async () => {
    const { resources, files } = await read(object('{{ .Values.a.b }}'));
    expect(resources.map(({ name }) => isKnown(name))).toEqual([false]);
    expect(files).toContain('c/templates/a.yaml');
  });

  test('a document with a part that may not be there is left out, and the others are not', async () => {
    const part = '{{- if .Capabilities.APIVersions.Has "x/v1" }}\ndata: {a: b}\n{{- end }}\n';
    const { resources, unchecked, files } = await read(`${object('a', part)}---\n${object('b')}`);
    expect(resources.map(({ name }) => name)).toEqual(['b']);
    expect(unchecked).toMatchObject([{ what: 'Helm templates of c', count: 1 }]);
    expect(files).not.toContain('c/templates/a.yaml');
  });

  test('a template that is switched off is told apart', async () => {
    const { resources, unchecked, files, silent } = await read(
      `{{ if .Values.on }}${object('a')}{{ end }}`,
      'on: false\n',
    );
    expect(resources).toEqual([]);
    expect(unchecked).toMatchObject([
      { what: 'Helm templates of c', why: 'they make nothing with the values in hand' },
    ]);
    expect(silent).toEqual(['c/templates/a.yaml']);
    expect(files).not.toContain('c/values.yaml');
  });

  test('a document that is no YAML is what Helm would refuse', async () => {
    const { broken, resources } = await read(
      `${object('a')}---\n${object('b', '    istio-injection: enabled\n')}`,
    );
    expect(resources.map(({ name }) => name)).toEqual(['a']);
    expect(broken).toMatchObject({ at: { file: 'c/templates/a.yaml', line: 10 } });
  });

  test('unless a placeholder of ours may be the reason', async () => {
    const { broken } = await read(object('b: {{ .Values.a.b }}', '    x: y\n'));
    expect(broken).toBeUndefined();
  });

  test('a bomb is left out', async () => {
    const { resources, unchecked } = await read(
      '{{ define "a" }}{{ include "a" . }}{{ end }}{{ include "a" . }}',
    );
    expect(resources).toEqual([]);
    expect(unchecked).toMatchObject([{ what: 'Helm templates of c', count: 1 }]);
  });
});
