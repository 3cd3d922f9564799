import { expect, test } from '@jest/globals';
import { DEFAULT_SETTINGS } from '../../src/config/settings.ts';
import type { Review } from '../../src/report/review.ts';
import { review } from '../../src/review.ts';
import { memorySnapshot } from '../../src/source/memory.ts';

const CHART = { 'chart/Chart.yaml': 'apiVersion: v2\nname: shop\nversion: 1.0.0\n' };

const namespace = (label: string): string => `{{- range .Values.teams }}
---
apiVersion: v1
kind: Namespace
metadata:
  name: {{ . }}
  labels:
    ${label}
{{- end }}
`;

const changed = (before: Record<string, string>, after: Record<string, string>): Promise<Review> =>
  review(
    memorySnapshot('base', { ...CHART, ...before }),
    memorySnapshot('head', { ...CHART, ...after }),
    DEFAULT_SETTINGS,
  );

const introduced = ({ environments }: Review) =>
  environments.flatMap(({ findings }) => findings.filter(({ status }) => status === 'introduced'));

const kindsOf = ({ environments }: Review): string[] =>
  environments.flatMap(({ changes }) => changes.map(({ kind, subject }) => `${kind} ${subject}`));

test('what a template says of namespaces is seen without Helm', async () => {
  const values = { 'chart/values.yaml': 'teams: [red, blue]\n' };
  const result = await changed(
    { ...values, 'chart/templates/ns.yaml': namespace('istio.io/dataplane-mode: ambient') },
    { ...values, 'chart/templates/ns.yaml': namespace('team: yes') },
  );
  expect(kindsOf(result)).toEqual(['namespace-leaves-ambient blue', 'namespace-leaves-ambient red']);
  expect(result.notJudged).toEqual([]);
});

test('a template that only one side has does not make the rest of the chart new', async () => {
  const old = {
    'chart/values.yaml': 'teams: [red]\n',
    'chart/templates/ns.yaml': namespace('istio.io/dataplane-mode: ambient'),
  };
  const added = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a, namespace: red}\n';
  const result = await changed(old, { ...old, 'chart/templates/more.yaml': added });
  expect(kindsOf(result)).toEqual([]);
});

const gateway = (port: string): string =>
  `apiVersion: networking.istio.io/v1\nkind: Gateway\nmetadata: {name: a, namespace: b}\nspec:\n  selector: {a: b}\n  servers:\n    - hosts: ["*"]\n      port: ${port}\n`;

test('what would be an error in a manifest is likely in a template, and no error', async () => {
  const wrong = gateway('{number: 99999, name: http, protocol: HTTP}');
  const files = (path: string) =>
    changed({ [path]: gateway('{number: 80, name: http, protocol: HTTP}') }, { [path]: wrong });
  const [plain] = introduced(await files('plain/gateway.yaml'));
  expect(plain).toMatchObject({ level: 'error', confidence: 'certain' });
  const [inChart] = introduced(await files('chart/templates/gateway.yaml'));
  expect(inChart).toMatchObject({ rule: plain!.rule, level: 'warning', confidence: 'likely' });
});

test('nor is anything said of a value that is not known', async () => {
  const before = gateway('{number: 80, name: http, protocol: HTTP}');
  const after = gateway('{number: {{ .Values.ports.web }}, name: http, protocol: HTTP}');
  const result = await changed({ 'chart/templates/a.yaml': before }, { 'chart/templates/a.yaml': after });
  expect(introduced(result)).toEqual([]);
});

test('a template that no longer gives YAML is told with its line', async () => {
  const good =
    'apiVersion: v1\nkind: Namespace\nmetadata:\n  name: shop\n  labels:\n    istio-injection: enabled\n';
  const result = await changed(
    { 'chart/templates/ns.yaml': good },
    { 'chart/templates/ns.yaml': good.replace('  labels:\n', '') },
  );
  expect(introduced(result)).toMatchObject([
    { rule: 'no-longer-builds', level: 'warning', at: { file: 'chart/templates/ns.yaml', line: 5 } },
  ]);
});

test('a part of a template that hangs on the cluster is not judged', async () => {
  const template = (name: string): string =>
    `apiVersion: v1\nkind: Namespace\nmetadata:\n  name: ${name}\n  labels:\n    {{- if lookup "v1" "Namespace" "" "x" }}\n    istio-injection: enabled\n    {{- end }}\n    a: b\n`;
  const result = await changed(
    { 'chart/templates/ns.yaml': template('a') },
    { 'chart/templates/ns.yaml': template('b') },
  );
  expect(kindsOf(result)).toEqual([]);
  expect(result.notJudged).toEqual(['chart/templates/ns.yaml']);
  expect(result.verdict).toBe('unknown');
});
