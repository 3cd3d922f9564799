import { expect, test } from '@jest/globals';
import type { Environment } from '../../src/environments/environment.ts';
import { discover, find, kustomization, object, type Files } from './repository-of.ts';

const ROUTE = object(
  'networking.istio.io/v1',
  'VirtualService',
  'shop',
  `spec:
  hosts: [shop.example.com]
  http:
    - route:
        - destination: { host: NAME.NAMESPACE.svc.cluster.local, port: { number: 1 } }
`,
);
const SERVICE = object('v1', 'Service', 'cart', 'spec: { ports: [{ name: http, port: 1 }] }\n');
const SETTINGS = object(
  'v1',
  'ConfigMap',
  'settings',
  `data: { host: cart.shop, port: "8080", zone: eu-west }
`,
);
const HOST = 'spec.http.0.route.0.destination.host';

async function build(replacements: string, more: Files = {}): Promise<Environment> {
  const { environments } = await discover({
    'kustomization.yaml': kustomization(
      `namespace: shop\nresources: [route.yaml, service.yaml, settings.yaml]\nreplacements:\n${replacements}`,
    ),
    ...{ 'route.yaml': ROUTE, 'service.yaml': SERVICE, 'settings.yaml': SETTINGS },
    ...more,
  });
  const [only] = environments;
  if (!only || environments.length !== 1) throw new Error(environments.map(({ name }) => name).join());
  return only;
}

function destinationOf(environment: Environment): unknown {
  const { spec } = find(environment, 'VirtualService shop/shop').body as {
    spec: { http: { route: { destination: unknown }[] }[] };
  };
  return spec.http[0]?.route[0]?.destination;
}

const NAME = `  - source: { kind: Service, name: cart }
    targets:
      - select: { kind: VirtualService }
        fieldPaths: [${HOST}]
        options: { delimiter: . }
`;
const NAMESPACE = `  - source: { kind: Service, name: cart, fieldPath: metadata.namespace }
    targets:
      - select: { kind: VirtualService, name: shop }
        fieldPaths: [${HOST}]
        options: { delimiter: ., index: 1 }
`;

test('parts of a text are replaced, and point to where the value is written', async () => {
  const environment = await build(NAME + NAMESPACE);
  expect(destinationOf(environment)).toMatchObject({ host: 'cart.shop.svc.cluster.local' });
  const { origin } = find(environment, 'VirtualService shop/shop');
  // The namespace transformer has set it.
  expect(origin.at(['spec', 'http', 0, 'route', 0, 'destination', 'host'])).toMatchObject({
    file: 'kustomization.yaml',
  });
  expect(environment.unchecked).toEqual([]);
});

test('a value keeps the type it replaces, wherever list items and wildcards lead to', async () => {
  const environment = await build(`  - source: { kind: ConfigMap, name: settings, fieldPath: data.port }
    targets:
      - select: { kind: VirtualService }
        fieldPaths: ["spec.http.*.route.*.destination.port.number"]
  - source: { kind: ConfigMap, name: settings, fieldPath: data.port }
    targets:
      - select: { kind: Service }
        fieldPaths: ["spec.ports.[name=http].port"]
`);
  expect(destinationOf(environment)).toMatchObject({ port: { number: 8080 } });
  expect(find(environment, 'Service shop/cart').body).toMatchObject({ spec: { ports: [{ port: 8080 }] } });
});

test('missing fields are made when asked for, and a part of the source is enough', async () => {
  const source = '{ kind: ConfigMap, name: settings, fieldPath: data.zone, options: { delimiter: "-" } }';
  const environment = await build(`  - source: ${source}
    targets:
      - select: { kind: Service }
        fieldPaths: [metadata.labels.zone]
        options: { create: true }
      - select: { kind: VirtualService }
        fieldPaths: [metadata.labels.zone]
`);
  expect(find(environment, 'Service shop/cart').labels).toMatchObject({ zone: 'eu' });
  expect(find(environment, 'VirtualService shop/shop').labels).not.toHaveProperty('zone');
});

test('a file may hold one or a list of them, and what is rejected keeps its value', async () => {
  const text = `- source: { kind: Service, name: cart }
  targets:
    - select: { kind: VirtualService }
      reject: [{ name: shop }]
      fieldPaths: [${HOST}]
`;
  const listed = await build('  - path: replacements.yaml\n', { 'replacements.yaml': text });
  expect(destinationOf(listed)).toMatchObject({ host: 'NAME.NAMESPACE.svc.cluster.local' });
  const one = text.replace(/^- /, '  ').replace('      reject: [{ name: shop }]\n', '');
  const single = await build('  - path: replacements.yaml\n', { 'replacements.yaml': one });
  expect(destinationOf(single)).toMatchObject({ host: 'cart' });
});

test('what is copied from an object that is not seen is unknown where it goes to', async () => {
  const environment = await build(NAME.replace('name: cart', 'name: elsewhere'));
  expect(destinationOf(environment)).toMatchObject({
    host: '$(Service elsewhere).NAMESPACE.svc.cluster.local',
  });
  expect(environment.unchecked).toMatchObject([
    { what: 'kustomize replacement from Service elsewhere', why: 'the value that is copied is not seen' },
  ]);
});

test('what is copied into itself again and again ends at a bound', async () => {
  const text = `  - source: { kind: ConfigMap, name: settings, fieldPath: data.zone }
    targets:
      - select: { kind: ConfigMap, name: settings }
        fieldPaths: [data.zone]
        options: { delimiter: '-', index: 99 }
`;
  const map = `  - source: { kind: ConfigMap, name: settings, fieldPath: data }
    targets:
      - select: { kind: ConfigMap, name: settings }
        fieldPaths: [data.NAME]
        options: { create: true }
`;
  const maps = Array.from({ length: 100 }, (_, index) => map.replace('NAME', `again${index}`)).join('');
  for (const replacements of [text.repeat(100), maps]) {
    const { body } = find(await build(replacements), 'ConfigMap shop/settings');
    expect(JSON.stringify(body).length).toBeLessThan(1_000_000);
  }
});

test('more than anybody writes is not carried out, which is told', async () => {
  const paths = (from: number, count: number): string =>
    Array.from({ length: count }, (_, i) => `spec.k${from + i}`).join(', ');
  const target = (from: number): string =>
    `      - select: { kind: VirtualService }\n        fieldPaths: [${paths(from, 600)}]\n        options: { create: true }\n`;
  const environment = await build(
    `  - source: { kind: Service, name: cart }\n    targets:\n${target(0)}${target(600)}`,
  );
  const { spec } = find(environment, 'VirtualService shop/shop').body as { spec: Record<string, unknown> };
  expect(spec['k900']).toBe('cart');
  expect(spec['k1100']).toBeUndefined();
  expect(environment.unchecked).toMatchObject([{ what: 'kustomize replacements' }]);
});

test('patches and operations beyond that are not applied, either', async () => {
  const operation = (i: number): string => `{ op: add, path: /metadata/labels, value: { n: "${i}" } }`;
  const patches = (count: number, operations: number): string =>
    Array.from({ length: count }, (_, i) => {
      const text = Array.from({ length: operations }, () => operation(i)).join(', ');
      return `  - { target: { kind: Service }, patch: '[${text}]' }\n`;
    }).join('');
  const files = (written: string): Files => ({
    'kustomization.yaml': kustomization(`namespace: shop\nresources: [service.yaml]\npatches:\n${written}`),
    'service.yaml': SERVICE,
  });
  for (const [written, what] of [
    [patches(1001, 1), 'kustomize patches'],
    [patches(1, 1001), 'JSON patch on Service cart'],
  ] as const) {
    const [only] = (await discover(files(written))).environments;
    expect(only?.unchecked).toMatchObject([{ what }]);
  }
});
