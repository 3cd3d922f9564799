import { describe, expect, test } from '@jest/globals';
import { DEFAULT_SETTINGS } from '../../src/config/settings.ts';
import type { Settings } from '../../src/config/settings.ts';
import { buildMesh } from '../../src/mesh/build.ts';
import type { Injection, Mesh } from '../../src/mesh/mesh.ts';
import { environmentOf } from './from-yaml.ts';

const ISTIOD = `
apiVersion: apps/v1
kind: Deployment
metadata: { name: istiod-blue, namespace: istio-system }
spec:
  template:
    spec:
      containers:
        - name: discovery
          image: docker.io/istio/pilot:1.28.1
          env: [{ name: REVISION, value: blue }]
---
`;

function namespace(name: string, labels: string): string {
  return `
apiVersion: v1
kind: Namespace
metadata:
  name: ${name}
  labels: ${labels}
---
`;
}

function workload(ns: string, template: string, spec = ''): string {
  return `
apiVersion: apps/v1
kind: Deployment
metadata: { name: cart, namespace: ${ns} }
spec:
  template:
    metadata: ${template}
    spec: { containers: [{ name: main, image: cart }]${spec} }
---
`;
}

function mesh(yaml: string, settings: Partial<Settings> = {}): Mesh {
  return buildMesh(environmentOf(yaml), { ...DEFAULT_SETTINGS, ...settings });
}

function ofNamespace(yaml: string, name: string, settings?: Partial<Settings>): Injection {
  return mesh(yaml, settings).namespaceInjection(name);
}

function ofCart(yaml: string, settings?: Partial<Settings>): Injection {
  const built = mesh(yaml, settings);
  return built.injectionOf(built.workloads.find(({ name }) => name === 'cart')!);
}

describe('without a control plane in the repository nothing contradicts a label', () => {
  test.each([
    ['{ istio-injection: enabled }', 'yes', 'default'],
    ['{ istio.io/rev: asm-managed }', 'yes', 'asm-managed'],
    ['{ istio.io/rev: stable }', 'yes', 'stable'],
    ['{ istio-injection: disabled }', 'no', ''],
    ['{}', 'no', ''],
    ['{ istio.io/rev: "${REVISION}" }', 'unknown', ''],
    ['{ istio-injection: "{{ x }}" }', 'unknown', ''],
  ])('%s: %s %s', (labels, injected, revision) => {
    expect(ofNamespace(namespace('shop', labels), 'shop')).toMatchObject({
      injected,
      revision,
      dangling: undefined,
    });
  });
});

describe('with the control planes of the environment known', () => {
  test('the label of the namespace decides, and says so with its place', () => {
    const injection = ofNamespace(`${ISTIOD}${namespace('shop', '{ istio.io/rev: blue }')}`, 'shop');
    expect(injection).toMatchObject({
      injected: 'yes',
      revision: 'blue',
      because: 'namespace label istio.io/rev=blue',
      at: { file: 'mesh.yaml', line: 18 },
    });
  });

  test('a label that names nothing is dangling', () => {
    const injection = ofNamespace(`${ISTIOD}${namespace('shop', '{ istio.io/rev: bleu }')}`, 'shop');
    expect(injection).toMatchObject({ injected: 'no', dangling: 'bleu' });
  });

  test.each(['asm-managed', 'asm-managed-rapid', 'asm-1-24', 'asm-1204-5', 'cp-v113x.istio-system'])(
    'the managed revision %s is never dangling',
    (name) => {
      const injection = ofNamespace(`${ISTIOD}${namespace('shop', `{ istio.io/rev: ${name} }`)}`, 'shop');
      expect(injection).toMatchObject({ injected: 'yes', revision: name, dangling: undefined });
    },
  );

  test('what settings declare to exist elsewhere is not dangling', () => {
    const yaml = `${ISTIOD}${namespace('shop', '{ istio.io/rev: green }')}`;
    expect(ofNamespace(yaml, 'shop', { externals: ['revision gr*'] }).dangling).toBeUndefined();
    expect(ofNamespace(yaml, 'shop').dangling).toBe('green');
  });

  test('istio-injection without a default may have one that was set by hand', () => {
    const injection = ofNamespace(`${ISTIOD}${namespace('shop', '{ istio-injection: enabled }')}`, 'shop');
    expect(injection).toMatchObject({ injected: 'unknown', dangling: undefined });
  });

  test('where istioctl installs, it may be told another revision', () => {
    const operator = `
apiVersion: install.istio.io/v1alpha1
kind: IstioOperator
metadata: { name: mesh }
spec: { tag: 1.20.1 }
---
`;
    const yaml = `${operator}${namespace('shop', '{ istio.io/rev: 1-20-1 }')}`;
    expect(ofNamespace(yaml, 'shop')).toMatchObject({ injected: 'yes', dangling: undefined });
  });
});

describe('a namespace whose labels are set elsewhere', () => {
  test('is unknown', () => {
    expect(ofCart(ISTIOD + workload('shop', '{ labels: { istio.io/rev: blue } }')).injected).toBe('unknown');
  });

  test.each([
    ['{ labels: { sidecar.istio.io/inject: "false" } }', ''],
    ['{ annotations: { sidecar.istio.io/inject: "false" } }', ''],
    ['{}', ', hostNetwork: true'],
  ])('but what keeps a pod out anyway is certain: %s%s', (template, spec) => {
    expect(ofCart(ISTIOD + workload('shop', template, spec)).injected).toBe('no');
  });

  test('a label wins over the annotation', () => {
    const template =
      '{ labels: { sidecar.istio.io/inject: "true" }, annotations: { sidecar.istio.io/inject: "false" } }';
    const yaml = namespace('shop', '{ istio-injection: enabled }') + workload('shop', template);
    expect(ofCart(yaml).injected).toBe('yes');
  });
});

describe('what the injector itself decides', () => {
  const shop = namespace('shop', '{ istio.io/rev: blue }');

  test.each([
    ['1.26.4', 'no', 'no'],
    ['1.27.0', 'no', 'yes'],
    ['1.26.4', 'on', 'yes'],
    ['1.27.0', 'on', 'yes'],
    ['1.8.6', '"false"', 'no'],
  ])('at %s the value %s means %s', (version, value, injected) => {
    const holder = version === '1.8.6' ? 'annotations' : 'labels';
    const yaml =
      ISTIOD.replace('1.28.1', version) +
      shop +
      workload(
        'shop',
        `{ ${holder}: { sidecar.istio.io/inject: ${value === 'no' || value === 'on' ? `"${value}"` : value} } }`,
      );
    expect(ofCart(yaml).injected).toBe(injected);
  });

  test('before 1.9 a pod label keeps nothing out', () => {
    const yaml =
      ISTIOD.replace('1.28.1', '1.8.6') +
      shop +
      workload('shop', '{ labels: { sidecar.istio.io/inject: "false" } }');
    expect(ofCart(yaml).injected).toBe('yes');
  });

  test('neverInjectSelector of its ConfigMap', () => {
    const config = `
apiVersion: v1
kind: ConfigMap
metadata: { name: istio-sidecar-injector-blue, namespace: istio-system }
data:
  config: |
    policy: enabled
    neverInjectSelector: [{ matchExpressions: [{ key: job, operator: Exists }] }]
---
`;
    const yaml = (labels: string) => ISTIOD + config + shop + workload('shop', `{ labels: ${labels} }`);
    expect(ofCart(yaml('{ job: x }'))).toMatchObject({
      injected: 'no',
      because: 'neverInjectSelector of the injector',
    });
    expect(ofCart(yaml('{ app: x }')).injected).toBe('yes');
  });
});

describe('webhooks that are written as manifests are taken as they stand', () => {
  const webhook = (selector: string): string => `
apiVersion: admissionregistration.k8s.io/v1
kind: MutatingWebhookConfiguration
metadata: { name: istio-sidecar-injector-blue, labels: { istio.io/rev: blue } }
webhooks:
  - name: rev.namespace.sidecar-injector.istio.io
    namespaceSelector: ${selector}
---
`;

  test('their selectors replace those of the chart', () => {
    const own = webhook('{ matchLabels: { mesh: "on" } }');
    const marked = ofNamespace(ISTIOD + own + namespace('shop', '{ mesh: "on" }'), 'shop');
    expect(marked).toMatchObject({ injected: 'yes', revision: 'blue' });
    const labelled = ofNamespace(ISTIOD + own + namespace('shop', '{ istio.io/rev: blue }'), 'shop');
    expect(labelled.injected).toBe('no');
  });

  test('a tag follows its object', () => {
    const tag = webhook('{ matchLabels: { istio.io/rev: prod } }').replace(
      'istio.io/rev: blue }',
      'istio.io/rev: blue, istio.io/tag: prod }',
    );
    const injection = ofNamespace(ISTIOD + tag + namespace('shop', '{ istio.io/rev: prod }'), 'shop');
    expect(injection).toMatchObject({
      injected: 'yes',
      revision: 'blue',
      tag: 'prod',
      because: 'namespace label istio.io/rev=prod, a tag of blue',
    });
  });
});
