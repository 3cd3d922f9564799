import { describe, expect, test } from '@jest/globals';
import { changes, release, SOURCE, told } from './meshes.ts';

const HIDDEN = '  valuesFrom: [{ kind: Secret, name: hidden }]\n';

describe('where one side is not known, nothing is claimed', () => {
  test('of a revision that is set out of sight', () => {
    const known = SOURCE + release('istiod', 'istiod', '{ revision: blue }');
    const hidden = SOURCE + release('istiod', 'istiod', '{}', HIDDEN);
    expect(told(known, hidden)).toEqual([]);
    expect(told(hidden, known)).toEqual([]);
  });

  test('of tags that may be among values out of sight', () => {
    const tagged = SOURCE + release('istiod', 'istiod', '{ revision: blue, revisionTags: [prod, default] }');
    const hidden = SOURCE + release('istiod', 'istiod', '{ revision: blue }', HIDDEN);
    expect(told(tagged, hidden)).toEqual([]);
    expect(told(hidden, tagged)).toEqual([]);
  });

  test('of a tag whose target is filled in later', () => {
    const tag = (revision: string): string => `apiVersion: admissionregistration.k8s.io/v1
kind: MutatingWebhookConfiguration
metadata: { name: istio-revision-tag-prod, labels: { istio.io/tag: prod, istio.io/rev: "${revision}" } }
---
`;
    expect(told(tag('blue'), tag('${REVISION}'))).toEqual([]);
    expect(told(tag('blue'), tag('green'))).toEqual(['tag-retargeted prod blue>green :3']);
  });

  test('of fields that nobody writes here any more, while others do', () => {
    const [written, silent] = ['{ meshConfig: { enableAutoMtls: false } }', '{ meshConfig: {} }'];
    const of = (values: string, more: string): string => SOURCE + release('istiod', 'istiod', values, more);
    expect(told(of(written, ''), of(silent, ''))).toEqual([
      'mesh-config-changed meshConfig.enableAutoMtls false>true :11',
    ]);
    const hidden = `{ revision: blue, ${written.slice(2)}`;
    expect(told(of(hidden, HIDDEN), of('{ revision: blue, meshConfig: {} }', HIDDEN))).toEqual([]);
    // A value that is written wins over all that are not seen.
    expect(
      told(of(hidden, HIDDEN), of('{ revision: blue, meshConfig: { enableAutoMtls: true } }', HIDDEN)),
    ).toEqual(['mesh-config-changed meshConfig.enableAutoMtls false>true :11']);
  });
});

describe('what happens to a control plane that is gone depends on its installer', () => {
  const sail = (version: string, grace = ''): string => `apiVersion: sailoperator.io/v1
kind: Istio
metadata: { name: default }
spec:
  version: ${version}
  updateStrategy: { type: RevisionBased${grace} }
---
apiVersion: sailoperator.io/v1
kind: IstioRevisionTag
metadata: { name: prod }
spec: { targetRef: { kind: Istio, name: default } }
---
`;

  test('the Sail operator keeps it until nothing uses it, and moves the tags that follow', () => {
    expect(told(sail('v1.28.0'), sail('v1.29.1'))).toEqual([
      'revision-removed default-v1-28-0 v1.28.0> :5',
      'tag-retargeted prod default-v1-28-0>default-v1-29-1 :11',
      'revision-added default-v1-29-1 >v1.29.1 :5',
    ]);
    const messages = (grace: string): string => changes(sail('v1.28.0', grace), sail('v1.29.1'))[0]!.message;
    expect(messages('')).toContain('once nothing has used it for 30 seconds');
    expect(messages(', inactiveRevisionDeletionGracePeriodSeconds: 86400')).toContain('for 86400 seconds');
  });

  test('istioctl leaves it running', () => {
    const operator = (revision: string): string => `apiVersion: install.istio.io/v1alpha1
kind: IstioOperator
metadata: { name: ${revision} }
spec: { revision: ${revision}, tag: 1.28.0 }
---
`;
    const [change] = changes(operator('blue') + operator('green'), operator('green'));
    expect(change).toMatchObject({ kind: 'revision-removed', subject: 'blue' });
    expect(change!.message).toContain('it runs on until somebody uninstalls it');
  });
});

describe('fields of the mesh config', () => {
  const config = (fields: string): string =>
    SOURCE + release('istiod', 'istiod', `{ meshConfig: ${fields} }`);
  const messages = (before: string, after: string): string[] =>
    changes(config(before), config(after)).map(({ message }) => message);

  test.each([
    ['outboundTrafficPolicy: { mode: REGISTRY_ONLY }', 'hosts that nobody declares'],
    ['discoverySelectors: [{ matchLabels: { a: b } }]', 'which namespaces the control plane watches'],
    ['accessLogFile: /dev/stdout', 'access log'],
    ['trustDomain: example.org', 'renames every identity'],
    ['protocolDetectionTimeout: 5s', 'recognise a protocol'],
    ['enableAutoMtls: false', 'mutual TLS with each other unasked'],
    ['defaultConfig: { holdApplicationUntilProxyStarts: true }', 'when their pods are next created'],
    ['extensionProviders: [{ name: ext, envoyExtAuthzGrpc: {} }]', 'refer to by name'],
    ['pathNormalization: { normalization: MERGE_SLASHES }', 'are compared with'],
    ['localityLbSetting: { enabled: false }', 'zones and regions'],
    ['rootNamespace: config', 'policies for the whole mesh'],
  ])('%s says what it decides', (field, effect) => {
    const [message, ...more] = messages('{}', `{ ${field} }`);
    expect(message).toContain(effect);
    expect(message).toMatch(/^meshConfig\.[\w.]+ of revision default goes from .+ to .+\.$/);
    expect(more).toEqual([]);
  });

  test('proxy settings and their variables are told one by one, and secrets are not shown', () => {
    const proxy = (fields: string): string => `{ defaultConfig: { proxyMetadata: { ${fields} } } }`;
    expect(messages(proxy('A: "1", B: "1"'), proxy('A: "2", API_TOKEN: hush'))).toEqual([
      expect.stringContaining('proxyMetadata.A of revision default goes from 1 to 2'),
      expect.stringContaining('goes from not set to a value that is not shown'),
      expect.stringContaining('proxyMetadata.B of revision default goes from 1 to not set'),
    ]);
  });

  test('providers are told by their names', () => {
    const provider = (port: number): string =>
      `{ extensionProviders: [{ name: ext, envoyExtAuthzGrpc: { port: ${port} } }] }`;
    expect(messages(provider(1), provider(2))[0]).toContain(
      'from prometheus, stackdriver, envoy, ext to prometheus, stackdriver, envoy, ext with other settings',
    );
  });

  test('what the revision serves is touched', () => {
    const shop = `apiVersion: v1
kind: Namespace
metadata: { name: shop, labels: { istio-injection: enabled } }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: cart, namespace: shop }
spec: { template: { spec: { containers: [{ name: cart, image: x }] } } }
---
`;
    const [change] = changes(config('{}') + shop, config('{ enableAutoMtls: false }') + shop);
    expect(change!.blastRadius).toEqual({
      namespaces: ['shop'],
      workloads: ['Deployment shop/cart'],
      services: [],
    });
  });
});
