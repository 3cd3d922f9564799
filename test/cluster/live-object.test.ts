import { expect, test } from '@jest/globals';
import { KUBERNETES_KINDS, type ListedKind } from '../../src/cluster/kinds.ts';
import { labelsSetByHand, liveResource } from '../../src/cluster/live-object.ts';
import type { Fields } from '../../src/untyped.ts';

const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';

const ROUTES: ListedKind = {
  group: 'networking.istio.io',
  version: 'v1',
  kind: 'VirtualService',
  plural: 'virtualservices',
  namespaced: true,
};

function kindOf(name: string): ListedKind {
  const kind = KUBERNETES_KINDS.find((one) => one.kind === name);
  if (!kind) throw new Error(name);
  return kind;
}

test('nothing is left of what the API server and kubectl keep for themselves', () => {
  const object = JSON.parse(`{
    "metadata": {
      "name": "cart", "namespace": "shop", "uid": "u", "resourceVersion": "7", "generation": 2,
      "creationTimestamp": "2026-01-01T00:00:00Z", "managedFields": [{ "manager": "x" }],
      "labels": { "__proto__": "a", "constructor": "b" },
      "annotations": { "${LAST_APPLIED}": "{}", "team": "shop" }
    },
    "spec": { "replicas": 1 }, "status": { "readyReplicas": 1 }
  }`) as Fields;
  const resource = liveResource(object, kindOf('Deployment'));
  expect(resource?.body).toEqual({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: {
      name: 'cart',
      namespace: 'shop',
      labels: JSON.parse('{ "__proto__": "a", "constructor": "b" }') as unknown,
      annotations: { team: 'shop' },
    },
    spec: { replicas: 1 },
  });
  expect(resource?.origin.at(['spec'])).toEqual({
    file: 'cluster/shop/Deployment/cart',
    line: 1,
    column: 1,
    endLine: 1,
  });
  expect(resource?.origin.lines).toBeUndefined();
  expect(resource?.labels['constructor']).toBe('b');
});

test.each([
  [
    'its last manifest',
    {
      annotations: { [LAST_APPLIED]: '{"apiVersion":"networking.istio.io/v1beta1","kind":"VirtualService"}' },
    },
    'networking.istio.io/v1beta1',
  ],
  [
    'whoever owns its spec',
    { managedFields: [{ apiVersion: 'networking.istio.io/v1alpha3', fieldsV1: { 'f:spec': {} } }] },
    'networking.istio.io/v1alpha3',
  ],
  [
    'the list, where only its status has an owner',
    { managedFields: [{ apiVersion: 'networking.istio.io/v1beta1', fieldsV1: { 'f:status': {} } }] },
    'networking.istio.io/v1',
  ],
  [
    'the list, where another group is named',
    { annotations: { [LAST_APPLIED]: '{"apiVersion":"evil.example.com/v1"}' } },
    'networking.istio.io/v1',
  ],
])('the API version is that of %s', (_, metadata, version) => {
  expect(liveResource({ metadata: { name: 'r', namespace: 'shop', ...metadata } }, ROUTES)?.apiVersion).toBe(
    version,
  );
});

test('the status of Istio’s own objects stays, since rules read it', () => {
  const status = { conditions: [{ type: 'Reconciled', status: 'False' }] };
  expect(liveResource({ metadata: { name: 'r' }, status }, ROUTES)?.body['status']).toEqual(status);
});

test('a name never leaves its place', () => {
  const resource = liveResource({ metadata: { name: '../../etc', namespace: 'a/b' } }, ROUTES);
  expect(resource?.origin.file).toBe('cluster/a%2Fb/VirtualService/..%2F..%2Fetc');
});

test('labels that no manifest brought', () => {
  const labels = { hand: '1', client: '2', server: '3', helm: '4' };
  const object = {
    metadata: {
      name: 'shop',
      labels,
      annotations: { [LAST_APPLIED]: '{"metadata":{"labels":{"client":"2"}}}' },
      managedFields: [
        {
          manager: 'flux',
          operation: 'Apply',
          fieldsV1: { 'f:metadata': { 'f:labels': { 'f:server': {} } } },
        },
        {
          manager: 'helm',
          operation: 'Update',
          fieldsV1: { 'f:metadata': { 'f:labels': { 'f:helm': {} } } },
        },
        {
          manager: 'kubectl-label',
          operation: 'Update',
          fieldsV1: { 'f:metadata': { 'f:labels': { 'f:hand': {} } } },
        },
      ],
    },
  };
  expect(labelsSetByHand(object)).toEqual({ hand: '1' });
  expect(labelsSetByHand({ metadata: { labels, annotations: { [LAST_APPLIED]: 'not JSON' } } })).toEqual(
    labels,
  );
});
