import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from '@jest/globals';
import { DEFAULT_SETTINGS, type Settings } from '../../src/config/settings.ts';
import { toJson } from '../../src/report/json.ts';
import { toMarkdown } from '../../src/report/markdown.ts';
import { toTerminal } from '../../src/report/terminal.ts';
import type { Review } from '../../src/report/review.ts';
import { analyze, review } from '../../src/review.ts';
import { openDirectorySnapshot } from '../../src/source/directory.ts';
import { memorySnapshot } from '../../src/source/memory.ts';
import { asyncCostOf } from '../cost.ts';

const SETTINGS: Settings = { ...DEFAULT_SETTINGS, today: '2026-11-01' };
const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

type Files = Record<string, string | Uint8Array>;

function reviewOf(base: Files | undefined, head: Files, settings: Settings = SETTINGS): Promise<Review> {
  return review(base && memorySnapshot('base', base), memorySnapshot('head', head), settings);
}

const introduced = ({ environments }: Review): string[] =>
  environments
    .flatMap(({ findings }) => findings)
    .filter(({ status }) => status === 'introduced')
    .map(({ rule, at: place }) => `${rule} ${place.file}:${place.line}`);

const NAMESPACE =
  'apiVersion: v1\nkind: Namespace\nmetadata:\n  name: shop\n  labels:\n    istio-injection: enabled\n';
const CART = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: cart
  namespace: shop
spec:
  selector:
    matchLabels: { app: cart }
  template:
    metadata:
      labels: { app: cart }
    spec:
      containers:
        - name: cart
          image: cart:1
---
apiVersion: v1
kind: Service
metadata:
  name: cart
  namespace: shop
spec:
  selector: { app: cart }
  ports:
    - name: http
      port: 80
`;
const ROUTE = `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata:
  name: cart
  namespace: shop
spec:
  hosts: [cart]
  http:
    - route:
        - destination:
            host: cart
`;
const SHOP: Files = { 'shop/namespace.yaml': NAMESPACE, 'shop/cart.yaml': CART, 'shop/route.yaml': ROUTE };

describe('the example', () => {
  const example = async (): Promise<Review> =>
    review(
      await openDirectorySnapshot(at('../../examples/canary/base')),
      await openDirectorySnapshot(at('../../examples/canary/head')),
      SETTINGS,
    );

  test('goes wrong in five ways, and in no other', async () => {
    const errors = (await example()).environments
      .flatMap(({ findings }) => findings)
      .filter(({ status, level }) => status === 'introduced' && level !== 'info');
    expect(new Set(errors.map(({ rule }) => rule))).toEqual(
      new Set(['IST0101', 'IST0123', 'IST0139', 'IST0143', 'dangling-revision']),
    );
  });

  test('reads as the golden comment', async () => {
    const markdown = toMarkdown(named(await example()));
    expect(markdown).toBe(readFileSync(at('golden/canary.md'), 'utf8'));
  });

  test('gives the same bytes twice', async () => {
    const [first, second] = [named(await example()), named(await example())];
    expect(toJson(first)).toBe(toJson(second));
    expect(toTerminal(first, { color: false })).toBe(toTerminal(second, { color: false }));
  });

  /** Directories are named after where they lie; the golden file is not. */
  function named(result: Review): Review {
    return { ...result, base: 'base', head: 'head' };
  }
});

describe('ordinary changes of a repository', () => {
  test('nothing changed: safe, and nothing said', async () => {
    const result = await reviewOf(SHOP, SHOP);
    expect([result.verdict, introduced(result)]).toEqual(['safe', []]);
  });

  test('a first commit has no base: everything in it is new', async () => {
    const result = await reviewOf(undefined, {
      ...SHOP,
      'shop/route.yaml': ROUTE.replaceAll('cart', 'carrt'),
    });
    expect(result.base).toBe('');
    expect(introduced(result)).toContain('IST0101 shop/route.yaml:11');
  });

  test('a renamed file introduces nothing', async () => {
    const broken = ROUTE.replace('host: cart', 'host: carts');
    const before = { ...SHOP, 'shop/route.yaml': broken };
    const { 'shop/route.yaml': moved, ...rest } = before;
    const result = await reviewOf(before, { ...rest, 'routes/cart.yaml': moved ?? '' });
    expect(introduced(result)).toEqual([]);
    expect(result.environments.flatMap(({ findings }) => findings).map(({ status }) => status)).toContain(
      'existing',
    );
  });

  test('moved lines introduce nothing', async () => {
    const broken = ROUTE.replace('host: cart', 'host: carts');
    const result = await reviewOf(
      { ...SHOP, 'shop/route.yaml': broken },
      { ...SHOP, 'shop/route.yaml': `# one\n# two\n${broken}` },
    );
    expect(introduced(result)).toEqual([]);
  });

  test('a Service removed under its route is an error on the line of the route', async () => {
    const [deployment = ''] = CART.split('---\n');
    const result = await reviewOf(SHOP, { ...SHOP, 'shop/cart.yaml': deployment });
    expect(introduced(result)).toEqual(['IST0101 shop/route.yaml:11']);
    expect(result.verdict).toBe('unsafe');
  });

  test('a Service that comes back fixes its route', async () => {
    const [deployment = ''] = CART.split('---\n');
    const result = await reviewOf({ ...SHOP, 'shop/cart.yaml': deployment }, SHOP);
    const fixed = result.environments
      .flatMap(({ findings }) => findings)
      .filter(({ status }) => status === 'fixed');
    expect(fixed.map(({ rule, at: place }) => `${rule} ${place.file}:${place.line}`)).toEqual([
      'IST0101 shop/route.yaml:11',
    ]);
  });

  test('a deleted directory is not an error of those who stay', async () => {
    const other = { 'other/namespace.yaml': NAMESPACE.replace('shop', 'other') };
    const result = await reviewOf({ ...SHOP, ...other }, other);
    expect(introduced(result)).toEqual([]);
  });

  test('everything deleted', async () => {
    const result = await reviewOf(SHOP, {});
    expect(introduced(result)).toEqual([]);
  });

  test('a namespace that loses its label takes the sidecars of its workloads', async () => {
    const result = await reviewOf(SHOP, {
      ...SHOP,
      'shop/namespace.yaml': NAMESPACE.replace('enabled', 'disabled'),
    });
    const changes = result.environments.flatMap(({ changes: all }) => all);
    expect(changes.map(({ kind }) => kind)).toContain('workload-loses-sidecar');
    expect(changes[0]?.at).toMatchObject({ file: 'shop/namespace.yaml', line: 6 });
    expect(changes[0]?.blastRadius.workloads).toEqual(['Deployment shop/cart']);
    expect(result.verdict).toBe('caution');
  });
});

describe('files that are not what they seem', () => {
  const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
  const hostile: [name: string, file: string | Uint8Array][] = [
    ['a syntax error', 'a: [1\n---\n'],
    ['a tab', 'a:\n\tb: 1\n'],
    ['a byte order mark and CRLF', `\uFEFF${ROUTE.replaceAll('\n', '\r\n')}`],
    ['200 levels', '['.repeat(200)],
    ['Latin-1', Uint8Array.of(...bytes('kind: X\nname: caf'), 0xe9, 0x0a)],
    [
      'aliases without end',
      `a: &a [x, x]\n${'bcdefghijklmnopqrstuvwxyz'
        .split('')
        .map(
          (key, i) =>
            `${key}: &${key} [*${'abcdefghijklmnopqrstuvwxyz'[i] ?? 'a'}, *${'abcdefghijklmnopqrstuvwxyz'[i] ?? 'a'}]`,
        )
        .join('\n')}\n`,
    ],
    [
      '20 MB of ConfigMap',
      `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: x}\ndata:\n  x: |\n${'    yyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy\n'.repeat(400_000)}`,
    ],
  ];

  test.each(hostile)('%s: the rest is reviewed', async (_, file) => {
    const [deployment = ''] = CART.split('---\n');
    const cost = await asyncCostOf(async () => {
      const result = await reviewOf(SHOP, { ...SHOP, 'shop/cart.yaml': deployment, 'shop/odd.yaml': file });
      expect(introduced(result)).toContain('IST0101 shop/route.yaml:11');
    });
    expect(cost).toBeLessThan(200);
  });

  test('a broken manifest that this change brings is said, with its line', async () => {
    const result = await reviewOf(SHOP, { ...SHOP, 'shop/more.yaml': `${CART}---\na: b: c\n` });
    expect(introduced(result)).toContain('unreadable-manifest shop/more.yaml:28');
  });

  test('a template that cannot be read makes the verdict unknown, not safe', async () => {
    const result = await reviewOf(SHOP, {
      ...SHOP,
      'shop/tpl.yaml': 'kind: Service\nmetadata: {{ .Values.x }}\n',
    });
    expect(result.verdict).toBe('unknown');
    expect(result.notJudged).toEqual(['shop/tpl.yaml']);
  });

  test('a change that cannot be read makes the verdict unknown, not safe', async () => {
    const large = `apiVersion: v1\nkind: ConfigMap\ndata:\n  x: |\n${'    y\n'.repeat(1_500_000)}`;
    const result = await reviewOf(SHOP, { ...SHOP, 'shop/large.yaml': large });
    expect(result.verdict).toBe('unknown');
    expect(result.notJudged).toEqual(['shop/large.yaml']);
    const again = await reviewOf(
      { ...SHOP, 'shop/large.yaml': large },
      { ...SHOP, 'shop/large.yaml': large },
    );
    expect(again.verdict).toBe('safe');
  });
});

describe('analyze', () => {
  test('checks one tree and gives no status', async () => {
    const result = await analyze(
      memorySnapshot('tree', { ...SHOP, 'shop/route.yaml': ROUTE.replaceAll('cart', 'carrt') }),
      SETTINGS,
    );
    const findings = result.environments.flatMap(({ findings: all }) => all);
    expect(findings.map(({ rule, status }) => [rule, status])).toContainEqual(['IST0101', undefined]);
  });

  test('in a closed world what is not there does not exist', async () => {
    const files = { 'route.yaml': ROUTE };
    const open = await analyze(memorySnapshot('tree', files), SETTINGS);
    const closed = await analyze(memorySnapshot('tree', files), { ...SETTINGS, world: 'closed' });
    const rules = (result: Review): string[] =>
      result.environments.flatMap(({ findings }) => findings.map(({ rule }) => rule));
    expect(rules(open)).not.toContain('IST0101');
    expect(rules(closed)).toContain('IST0101');
  });
});

describe('a script that uninstalls a revision', () => {
  const namespace = NAMESPACE.replace('istio-injection: enabled', 'istio.io/rev: 1-24-2');
  const install = (revision: string) => `istioctl install -y --set revision=${revision}\n`;
  const uninstall = 'istioctl uninstall -y --revision 1-24-2\n';
  const base = { 'mesh.sh': install('1-24-2') + install('1-25-1'), 'ns.yaml': namespace };

  test('removes it from those that still name it', async () => {
    const result = await reviewOf(base, { ...base, 'mesh.sh': install('1-25-1') + uninstall });
    expect(introduced(result)).toEqual(['revision-removed-in-use ns.yaml:6']);
  });

  test('only where this change is what uninstalls it', async () => {
    const only = await reviewOf(base, { ...base, 'mesh.sh': install('1-25-1') });
    expect(introduced(only)).toEqual([]);
    const down = { 'down.sh': uninstall };
    const always = await reviewOf({ ...base, ...down }, { ...base, ...down, 'mesh.sh': install('1-25-1') });
    expect(introduced(always)).toEqual([]);
  });
});
