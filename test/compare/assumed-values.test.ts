import { expect, test } from '@jest/globals';
import { underAssumptions } from '../../src/compare/assumed-values.ts';
import { at, controlPlane, finding } from '../report/sample-review.ts';

const assumed = new Map([
  ['chart/templates/istiod.yaml', 'the chart, with its own default values'],
  ['chart/templates/web.yaml', 'the chart, with its own default values'],
]);
const own = finding({ rule: 'IST0101', at: at('chart/templates/web.yaml', 3) });
const revision = finding({ rule: 'dangling-revision', at: at('apps/namespace.yaml', 3) });
const route = finding({ rule: 'IST0130', at: at('apps/route.yaml', 3) });
const levels = (planes: string) =>
  underAssumptions(
    [own, revision, route],
    { assumed },
    { controlPlanes: [controlPlane({ at: at(planes, 1) })] },
  ).map(({ level, confidence }) => `${level} ${confidence}`);

test('what is found in a chart with default values is no error', () => {
  expect(levels('istio/istiod.yaml')).toEqual(['warning likely', 'error certain', 'error certain']);
});

test('nor is what hangs on a control plane that such a chart installs', () => {
  expect(levels('chart/templates/istiod.yaml')).toEqual([
    'warning likely',
    'warning likely',
    'error certain',
  ]);
});

test('without assumptions everything stays', () => {
  expect(underAssumptions([own], {}, { controlPlanes: [] })).toEqual([own]);
});
