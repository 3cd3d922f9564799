import { expect, test } from '@jest/globals';
import { DEFAULT_SETTINGS } from '../../src/config/settings.ts';
import { buildMesh } from '../../src/mesh/build.ts';
import { followersIn } from '../../src/plan/followers.ts';
import { wavesOf } from '../../src/plan/waves.ts';
import { environmentOf } from '../mesh/from-yaml.ts';

const namespace = (name: string) =>
  `apiVersion: v1\nkind: Namespace\nmetadata: { name: ${name}, labels: { istio-injection: enabled } }\n`;
const workload = (kind: string, where: string, name: string, annotations = '{}') =>
  `apiVersion: apps/v1\nkind: ${kind}\nmetadata: { name: ${name}, namespace: ${where} }\nspec: { replicas: 3, template: { metadata: { annotations: ${annotations} }, spec: { containers: [{ name: a, image: auto-x }] } } }\n`;

const YAML = [
  namespace('shop-prod'),
  namespace('sandbox'),
  namespace('store'),
  namespace('data'),
  namespace('edge'),
  workload('Deployment', 'sandbox', 'a'),
  workload('Deployment', 'store', 'a'),
  workload('Deployment', 'store', 'b'),
  workload('Deployment', 'shop-prod', 'a'),
  ...Array.from({ length: 9 }, (_, index) => workload('StatefulSet', 'data', `db-${index}`)),
  workload('Deployment', 'edge', 'gateway', '{ inject.istio.io/templates: gateway }'),
].join('---\n');

function namesOf(waves: typeof DEFAULT_SETTINGS.waves): readonly (readonly string[])[] {
  const mesh = buildMesh(environmentOf(YAML), DEFAULT_SETTINGS);
  const found = wavesOf(mesh, { ...DEFAULT_SETTINGS, waves }, followersIn(mesh));
  for (const { why } of found) expect(why).not.toBe('');
  return found.map(({ followers }) => followers.map(({ namespace: name }) => name));
}

test('by risk: one first, few workloads, delicate ones, gateways last', () => {
  expect(namesOf([])).toEqual([['sandbox'], ['store', 'shop-prod'], ['data'], ['edge']]);
});

test('as the settings say, then the rest', () => {
  const waves = [
    { name: 'early', namespaces: ['st*', 'edge'] },
    { namespaces: ['nothing-*'] },
    { namespaces: ['*a*a', 's*'] },
  ];
  expect(namesOf(waves)).toEqual([
    ['edge', 'store'],
    ['data', 'sandbox', 'shop-prod'],
  ]);
});
