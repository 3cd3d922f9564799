import { expect, jest, test } from '@jest/globals';
import { bindsOf } from '../../src/listeners/binds.ts';
import type { ConfigMaps } from '../../src/listeners/variables.ts';
import { workloadsOf } from '../../src/mesh/workloads.ts';
import type { Resource } from '../../src/render/resource.ts';
import { resources } from '../mesh/from-yaml.ts';

const [workload] = workloadsOf(
  resources(`apiVersion: apps/v1
kind: Deployment
metadata: {name: cart, namespace: shop}
spec:
  template:
    spec:
      containers:
        - name: cart
          image: registry.example.com/cart
          args: ["--listen-address=$(ADDRESS):8080"]
          envFrom: [{configMapRef: {name: cart}}]
`),
);

function reaches(maps: ConfigMaps): string[] {
  return bindsOf(workload!, maps).flatMap(({ binds }) => binds.map(({ reach }) => reach));
}

function configMap(address: string): Resource {
  const [map] = resources(
    `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: cart, namespace: shop}\ndata: {ADDRESS: ${address}}\n`,
  );
  return map!;
}

test('a workload is read once for the same ConfigMaps, and again for others', () => {
  const before = configMap('127.0.0.1');
  const maps = jest.fn<ConfigMaps>(() => before);
  const first = bindsOf(workload!, maps);
  expect(reaches(maps)).toEqual(['loopback']);
  expect(bindsOf(workload!, maps)).toBe(first);
  expect(reaches(() => configMap('0.0.0.0'))).not.toContain('loopback');
  expect(bindsOf(workload!, () => undefined)).not.toBe(first);
});
