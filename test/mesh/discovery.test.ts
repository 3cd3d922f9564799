import { describe, expect, test } from '@jest/globals';
import { parseIstioVersion } from '../../src/facts/versions.ts';
import { discoveryOf, isDiscovered } from '../../src/mesh/discovery.ts';
import type { Discovery } from '../../src/mesh/discovery.ts';
import { discoveryScope } from '../../src/mesh/discovery-scope.ts';
import type { ControlPlane, NamespaceModel } from '../../src/mesh/mesh.ts';
import { selects } from './injection/chart-webhooks.ts';
import type { Selector } from './injection/chart-webhooks.ts';

const AT = { file: 'istiod.yaml', line: 1, column: 1, endLine: 1 };

function namespace(labels: Record<string, string>, labelsKnown: 'yes' | 'unknown' = 'yes'): NamespaceModel {
  return {
    name: 'shop',
    resource: undefined,
    labels: { ...labels, 'kubernetes.io/metadata.name': 'shop' },
    labelsKnown,
  };
}

const ON = { matchLabels: { mesh: 'on' } };
const BY_NAME = {
  matchExpressions: [{ key: 'kubernetes.io/metadata.name', operator: 'NotIn', values: ['kube-system'] }],
};

test.each([
  ['no selectors', [], {}, 'yes'],
  ['one matches', [ON], { mesh: 'on' }, 'yes'],
  ['none matches', [ON], {}, 'no'],
  ['one of several', [{ matchLabels: { a: 'b' } }, ON], { mesh: 'on' }, 'yes'],
  ['an empty selector matches all', [ON, {}], {}, 'yes'],
  ['by the name Kubernetes adds', [BY_NAME], {}, 'yes'],
  ['a placeholder', [{ matchLabels: { mesh: '${MESH}' } }], { mesh: 'on' }, 'unknown'],
])('%s', (_, discoverySelectors, labels, answer) => {
  expect(isDiscovered({ discoverySelectors }, namespace(labels as Record<string, string>))).toBe(answer);
});

test('labels that are set elsewhere: only the name decides', () => {
  const elsewhere = namespace({}, 'unknown');
  expect(isDiscovered({ discoverySelectors: [ON] }, elsewhere)).toBe('unknown');
  expect(isDiscovered({ discoverySelectors: [BY_NAME] }, elsewhere)).toBe('yes');
  expect(isDiscovered({ discoverySelectors: 'nonsense' }, elsewhere)).toBe('yes');
});

describe('every operator over every label set, by Kubernetes’ rules said once more', () => {
  const expressions = (['In', 'NotIn', 'Exists', 'DoesNotExist'] as const).flatMap((operator) =>
    ['mesh', 'team'].map((key) => ({
      key,
      operator,
      ...(operator === 'In' || operator === 'NotIn' ? { values: ['on', 'one'] } : {}),
    })),
  );
  const selectors: Selector[] = [
    {},
    { matchLabels: { mesh: 'on' } },
    ...expressions.map((expression) => ({ matchExpressions: [expression] })),
    ...expressions.flatMap((one) =>
      expressions.map((other) => ({ matchLabels: { mesh: 'on' }, matchExpressions: [one, other] })),
    ),
  ];
  const labelSets = [undefined, 'on', 'off'].flatMap((mesh) =>
    [undefined, 'one', ''].map((team) => ({
      ...(mesh === undefined ? {} : { mesh }),
      ...(team === undefined ? {} : { team }),
    })),
  );

  test('one selector', () => {
    for (const selector of selectors) {
      for (const labels of labelSets) {
        const wanted = selects(selector, labels) ? 'yes' : 'no';
        expect([
          selector,
          labels,
          isDiscovered({ discoverySelectors: [selector] }, namespace(labels)),
        ]).toEqual([selector, labels, wanted]);
      }
    }
  });

  test('two selectors are alternatives', () => {
    for (const [index, selector] of selectors.entries()) {
      const other = selectors[(index * 7 + 3) % selectors.length]!;
      for (const labels of labelSets) {
        const wanted = selects(selector, labels) || selects(other, labels) ? 'yes' : 'no';
        expect(isDiscovered({ discoverySelectors: [selector, other] }, namespace(labels))).toBe(wanted);
      }
    }
  });
});

describe('of one control plane', () => {
  const answer = (config: unknown[], plane: Partial<ControlPlane>, of = namespace({})): Discovery =>
    discoveryOf(
      { meshConfig: () => ({ discoverySelectors: config }) },
      { revision: 'x', version: parseIstioVersion('1.26.0'), installer: 'helm', env: {}, ...plane },
      of,
    );

  test.each([
    [[ON], {}, 'no', 'the discovery selector does not match it'],
    [[ON, { matchLabels: { a: 'b' } }], {}, 'no', 'no discovery selector matches it'],
    [[], {}, 'yes', 'there are no discovery selectors'],
    [
      [ON],
      { version: parseIstioVersion('1.9.4') },
      'yes',
      'releases before 1.10 know no discovery selectors',
    ],
    [[ON], { version: undefined }, 'no', 'the discovery selector does not match it'],
    [
      [],
      { env: { SHARED_MESH_CONFIG: 'shared' } },
      'unknown',
      'part of the mesh config stands in a shared ConfigMap',
    ],
    [
      [],
      { installer: 'manifests' as const },
      'unknown',
      'the mesh config of the control plane is not in this repository',
    ],
    [
      [],
      { values: { values: {}, at: () => AT, elsewhere: true } },
      'unknown',
      'some values of the control plane stand outside this repository',
    ],
    [
      [{ matchLabels: { mesh: true } }],
      {},
      'unknown',
      'discovery selector 1 is invalid, and istiod keeps the ones it had',
    ],
  ])('%j %j: %s', (config, plane, discovered, because) => {
    expect(answer(config, plane as Partial<ControlPlane>)).toEqual({ discovered, because });
  });

  test('of a namespace written elsewhere one requirement on its name may decide', () => {
    const elsewhere = namespace({}, 'unknown');
    const named = (operator: string, values: string[]) => ({
      matchLabels: { mesh: 'on' },
      matchExpressions: [{ key: 'kubernetes.io/metadata.name', operator, values }],
    });
    expect(answer([named('NotIn', ['shop'])], {}, elsewhere).discovered).toBe('no');
    expect(answer([named('In', ['shop'])], {}, elsewhere)).toEqual({
      discovered: 'unknown',
      because: 'the labels of namespace shop are set elsewhere',
    });
  });
});

describe('what the selectors leave out, by release', () => {
  const scope = (version: string, env = {}, values: Record<string, unknown> = {}) =>
    Object.values(
      discoveryScope({
        version: parseIstioVersion(version),
        env,
        values: { values, at: () => AT, elsewhere: false },
      }),
    ).join(' ');
  const ON_OFF = (value: string) => ({ ENABLE_ENHANCED_RESOURCE_SCOPING: value });

  test.each([
    ['1.10.0', {}, {}, 'no no no'],
    ['1.15.7', ON_OFF('true'), {}, 'no no no'],
    ['1.16.0', ON_OFF('true'), {}, 'yes no no'],
    ['1.18.0', {}, {}, 'no no yes'],
    ['1.21.6', {}, {}, 'no no yes'],
    ['1.22.0', {}, {}, 'yes no yes'],
    ['1.22.0', ON_OFF('false'), {}, 'no no yes'],
    ['1.23.0', {}, { compatibilityVersion: '1.21' }, 'no no yes'],
    ['1.23.0', {}, { compatibilityVersion: '1.22' }, 'yes no yes'],
    ['1.24.0', ON_OFF('${SCOPING}'), {}, 'unknown yes yes'],
    ['1.25.0', ON_OFF('false'), {}, 'yes yes yes'],
    ['', {}, {}, 'unknown unknown unknown'],
  ])('%s %j %j: %s', (version, env, values, wanted) => {
    expect(scope(version, env, values)).toBe(wanted);
  });
});
