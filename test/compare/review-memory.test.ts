import { describe, expect, test } from '@jest/globals';
import { ReviewMemory } from '../../src/compare/review-memory.ts';
import { DEFAULT_SETTINGS } from '../../src/config/settings.ts';
import { environmentsOf } from '../../src/environments/discover.ts';
import { CarriedMap } from '../../src/render/carried-map.ts';
import { readRepository } from '../../src/render/read-repository.ts';
import { review } from '../../src/review.ts';
import { memorySnapshot } from '../../src/source/memory.ts';
import type { Snapshot } from '../../src/source/snapshot.ts';

const NAMESPACE = 'apiVersion: v1\nkind: Namespace\nmetadata: {name: shop}\n';
const SERVICE =
  'apiVersion: v1\nkind: Service\nmetadata: {name: cart, namespace: shop}\nspec: {ports: [{port: 80}]}\n';

const route = (host: string) =>
  `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: cart, namespace: shop}
spec:
  hosts: [cart]
  http: [{route: [{destination: {host: ${host}.shop.svc.cluster.local}}]}]
`;

const BASE = { 'namespace.yaml': NAMESPACE, 'service.yaml': SERVICE, 'route.yaml': route('cart') };
const HEADS: readonly Readonly<Record<string, string>>[] = [
  { ...BASE, 'route.yaml': route('card') },
  { ...BASE, 'route.yaml': route('caart') },
  { ...BASE, 'service.yaml': SERVICE.replace('cart', 'basket') },
  { 'namespace.yaml': NAMESPACE, 'service.yaml': SERVICE },
  BASE,
];

function counted(snapshot: Snapshot): { snapshot: Snapshot; reads: string[] } {
  const reads: string[] = [];
  const read = (path: string): Promise<Uint8Array> => {
    reads.push(path);
    return snapshot.read(path);
  };
  return { snapshot: { ...snapshot, read }, reads };
}

test('a review that remembers the one before says the same, and reads what changed', async () => {
  let memory = new ReviewMemory();
  for (const [index, files] of HEADS.entries()) {
    const [base, head] = [counted(memorySnapshot('base', BASE)), counted(memorySnapshot('head', files))];
    memory = new ReviewMemory(memory);
    const remembering = await review(
      base.snapshot,
      head.snapshot,
      DEFAULT_SETTINGS,
      undefined,
      undefined,
      memory,
    );
    const cold = await review(memorySnapshot('base', BASE), memorySnapshot('head', files), DEFAULT_SETTINGS);
    expect(remembering).toEqual(cold);
    if (index === 0) continue;
    expect(base.reads).toEqual([]);
    expect(head.reads.length).toBeLessThanOrEqual(1);
  }
});

describe('the very same base', () => {
  const CHART = {
    'charts/shop/Chart.yaml': 'apiVersion: v2\nname: shop\nversion: 1.0.0\n',
    'charts/shop/values.yaml': 'host: crat\n',
    'charts/shop/templates/route.yaml': route('{{ .Values.host }}'),
  };
  const heads = [
    { ...BASE, ...CHART, 'route.yaml': route('card') },
    { ...BASE, ...CHART, 'charts/shop/values.yaml': '# The shop\nhost: crat\n' },
    { ...BASE, 'route.yaml': route('caart') },
  ];

  test.each([
    ['plain manifests', BASE],
    ['a chart that some of the changes reach', { ...BASE, ...CHART }],
  ])('of %s is understood once, and says the same', async (_, files) => {
    const base = memorySnapshot('base', files);
    let memory = new ReviewMemory();
    for (const each of heads) {
      memory = new ReviewMemory(memory);
      const head = memorySnapshot('head', each);
      const remembering = await review(base, head, DEFAULT_SETTINGS, undefined, undefined, memory);
      expect(remembering).toEqual(await review(memorySnapshot('base', files), head, DEFAULT_SETTINGS));
    }
  });

  test('and head leave what they were made from to the next push', async () => {
    const sides = [memorySnapshot('base', BASE), memorySnapshot('head', heads[2] ?? {})] as const;
    let memory = new ReviewMemory();
    for (let time = 0; time < 3; time += 1) {
      memory = new ReviewMemory(memory);
      await review(...sides, DEFAULT_SETTINGS, undefined, undefined, memory);
    }
    const [base, head] = [
      counted(sides[0]),
      counted(memorySnapshot('head', { ...BASE, 'more.yaml': `${NAMESPACE}# More\n` })),
    ];
    const next = new ReviewMemory(memory);
    await review(base.snapshot, head.snapshot, DEFAULT_SETTINGS, undefined, undefined, next);
    expect([base.reads, head.reads]).toEqual([[], ['more.yaml']]);
  });

  test('is not looked at again', async () => {
    const base = memorySnapshot('base', BASE);
    const first = new ReviewMemory();
    await review(base, memorySnapshot('head', heads[0] ?? {}), DEFAULT_SETTINGS, undefined, undefined, first);
    const files = await readRepository(base, first.content);
    const known = await environmentsOf(files, DEFAULT_SETTINGS, first.environments);
    const later = new ReviewMemory(first);
    const again = await readRepository(base, later.content);
    expect(again.files).toBe(files.files);
    expect(await environmentsOf(again, DEFAULT_SETTINGS, later.environments)).toBe(known);
    // Other settings may divide it otherwise.
    const settings = { ...DEFAULT_SETTINGS, environments: [{ name: 'all', paths: ['**'] }] };
    expect(await environmentsOf(again, settings, later.environments)).not.toBe(known);
  });
});

test('the rules speak of the base once', async () => {
  const [base, head] = [memorySnapshot('base', BASE), memorySnapshot('head', HEADS[0] ?? {})];
  const first = new ReviewMemory();
  await review(base, head, DEFAULT_SETTINGS, undefined, undefined, first);
  const second = new ReviewMemory(first);
  const kept: unknown[] = [];
  const recall = second.recall.bind(second);
  second.recall = (...asked) => {
    const recalled = recall(...asked);
    kept.push(recalled.mesh);
    return recalled;
  };
  await review(base, memorySnapshot('head', HEADS[1] ?? {}), DEFAULT_SETTINGS, undefined, undefined, second);
  expect(kept).toEqual([expect.anything()]);
  // Other settings, other results.
  const sides = { base: { name: 'x' }, head: { name: 'x' } } as unknown as Parameters<typeof recall>[1];
  expect(second.recall('default', sides, { ...DEFAULT_SETTINGS, today: '2030-01-01' })).toEqual({});
});

test('what nobody asks for is forgotten', () => {
  const first = new CarriedMap<number>();
  first.set('a', 1);
  first.set('b', 2);
  const second = new CarriedMap(first);
  expect(second.get('a')).toBe(1);
  const third = new CarriedMap(second);
  expect([third.get('a'), third.get('b'), third.get('c')]).toEqual([1, undefined, undefined]);
});
