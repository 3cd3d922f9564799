import { expect, test } from '@jest/globals';
import { DEFAULT_SETTINGS } from '../../src/config/settings.ts';
import { review } from '../../src/review.ts';
import { memorySnapshot } from '../../src/source/memory.ts';
import { FakeRenderers } from '../environments/fake-renderers.ts';

const telemetry = (name: string): string =>
  `apiVersion: telemetry.istio.io/v1\nkind: Telemetry\nmetadata:\n  name: ${name}\n  namespace: shop\nspec: {}\n`;

const base = memorySnapshot('base', {
  'chart/Chart.yaml': 'apiVersion: v2\nname: shop\nversion: 1.0.0\n',
  'chart/templates/all.yaml': '{{ .Values.first }}\n',
});
const head = memorySnapshot('head', {
  'chart/Chart.yaml': 'apiVersion: v2\nname: shop\nversion: 1.0.0\n',
  'chart/templates/all.yaml': '{{ .Values.second }}\n',
});

test('a changed template is not judged without a tool', async () => {
  const result = await review(base, head, DEFAULT_SETTINGS);
  expect(result.notJudged).toEqual(['chart/templates/all.yaml']);
  expect(result.verdict).toBe('unknown');
  expect(result.environments.flatMap(({ unchecked }) => unchecked)).toMatchObject([
    { what: 'Helm templates of chart', why: 'they make nothing with the values in hand' },
  ]);
});

test('and is with one; an error that rests on default values is a warning', async () => {
  const renderers = new FakeRenderers({ chart: `${telemetry('one')}---\n${telemetry('two')}` });
  const result = await review(base, head, DEFAULT_SETTINGS, undefined, renderers);
  expect(result.notJudged).toEqual([]);
  expect(result.unchecked).toEqual([]);
  const findings = result.environments.flatMap((environment) => environment.findings);
  expect(findings.filter(({ rule }) => rule === 'IST0160')).toMatchObject([
    { level: 'warning', confidence: 'likely' },
    { level: 'warning', confidence: 'likely' },
  ]);
});

test('changed values of a chart that is not rendered are not judged either', async () => {
  const files = {
    'chart/Chart.yaml': 'apiVersion: v2\nname: shop\nversion: 1.0.0\n',
    'chart/templates/all.yaml': '{{ .Values.first }}\n',
  };
  const result = await review(
    memorySnapshot('base', { ...files, 'chart/values.yaml': 'revision: a\n' }),
    memorySnapshot('head', { ...files, 'chart/values.yaml': 'revision: b\n' }),
    DEFAULT_SETTINGS,
  );
  expect(result.notJudged).toEqual(['chart/values.yaml']);
  expect(result.verdict).toBe('unknown');
});

test('a kustomization that no longer builds is not judged, and the tool says why', async () => {
  const files = (resources: string) => ({
    'app/kustomization.yaml': `resources: [${resources}]\n`,
    'app/web.yaml': telemetry('one'),
  });
  const [before, after] = [
    memorySnapshot('base', files('web.yaml')),
    memorySnapshot('head', files('web.yaml, web.yaml')),
  ];
  const renderers = new FakeRenderers({});
  const result = await review(before, after, DEFAULT_SETTINGS, undefined, renderers);
  expect(result.notJudged).toEqual(['app/kustomization.yaml']);
  expect(result.verdict).not.toBe('safe');
  expect(result.environments.flatMap(({ unchecked }) => unchecked)).toContainEqual(
    expect.objectContaining({ what: 'kustomization app', why: 'the tool says no' }),
  );
});
