import { describe, expect, test } from '@jest/globals';
import { DEFAULT_SETTINGS } from '../../src/config/settings.ts';
import { meshChanges } from '../../src/compare/mesh-changes.ts';
import { buildMesh } from '../../src/mesh/build.ts';
import type { Change } from '../../src/vocabulary.ts';
import { environmentOf } from '../mesh/from-yaml.ts';

function changes(base: string, head: string): Change[] {
  const [before, after] = [base, head].map((yaml) => buildMesh(environmentOf(yaml), DEFAULT_SETTINGS));
  return meshChanges(before!, after!);
}

/** `kind subject from>to :line`. */
function told(base: string, head: string): string[] {
  return changes(base, head).map(
    ({ kind, subject, from = '', to = '', at }) => `${kind} ${subject} ${from}>${to} :${at?.line ?? '?'}`,
  );
}

/** One document, so that lines are easy to count: kind and name stand in the first two lines. */
function document(...lines: readonly string[]): string {
  return `${lines.join('\n')}\n---\n`;
}

function istiod(revision: string, version: string, meshConfig: readonly string[] = []): string {
  return (
    document(
      'apiVersion: apps/v1',
      'kind: Deployment',
      `metadata: { name: istiod-${revision}, namespace: istio-system }`,
      'spec: { template: { spec: { containers: [',
      `  { name: discovery, image: istio/pilot:${version}, env: [{ name: REVISION, value: "${revision === 'default' ? '' : revision}" }] }`,
      '  ] } } }',
    ) +
    document(
      'apiVersion: v1',
      'kind: ConfigMap',
      `metadata: { name: ${revision === 'default' ? 'istio' : `istio-${revision}`}, namespace: istio-system }`,
      'data:',
      '  mesh: |',
      ...['rootNamespace: istio-system', ...meshConfig].map((line) => `    ${line}`),
    )
  );
}

function tag(name: string, revision: string): string {
  return document(
    'apiVersion: v1',
    'kind: Service',
    `metadata: { name: istiod-revision-tag-${name}, namespace: istio-system, labels: { istio.io/tag: ${name}, istio.io/rev: ${revision} } }`,
  );
}

function namespace(name: string, labels: string): string {
  return document('apiVersion: v1', 'kind: Namespace', 'metadata:', `  name: ${name}`, `  labels: ${labels}`);
}

function workload(ns: string, name: string, labels = ''): string {
  return document(
    'apiVersion: apps/v1',
    'kind: Deployment',
    `metadata: { name: ${name}, namespace: ${ns} }`,
    'spec:',
    '  template:',
    `    metadata: { labels: { app: ${name}${labels} } }`,
    '    spec: { containers: [{ name: main, image: x }] }',
  );
}

function service(ns: string, name: string): string {
  return document(
    'apiVersion: v1',
    'kind: Service',
    `metadata: { name: ${name}, namespace: ${ns} }`,
    `spec: { selector: { app: ${name} } }`,
  );
}

const BOTH = istiod('blue', '1.27.3') + istiod('green', '1.28.1');
const SHOP = workload('shop', 'cart') + workload('shop', 'web') + service('shop', 'cart');

test('equal meshes differ in nothing', () => {
  const yaml = BOTH + tag('prod', 'blue') + namespace('shop', '{ istio.io/rev: prod }') + SHOP;
  expect(changes(yaml, yaml)).toEqual([]);
});

describe('namespaces', () => {
  test('a namespace that moves is one change, its workloads and services the blast radius', () => {
    const [change, ...more] = changes(
      BOTH + namespace('shop', '{ istio.io/rev: blue }') + SHOP,
      BOTH + namespace('shop', '{ istio.io/rev: green }') + SHOP,
    );
    expect(more).toEqual([]);
    expect(change).toMatchObject({
      kind: 'namespace-moves-revision',
      subject: 'shop',
      from: 'blue',
      to: 'green',
      at: { line: 33 },
      blastRadius: {
        namespaces: ['shop'],
        workloads: ['Deployment shop/cart', 'Deployment shop/web'],
        services: ['shop/cart'],
      },
    });
    expect(change!.message).toContain('namespace label istio.io/rev=green');
  });

  test.each([
    ['blue', '{ istio.io/rev: blue }', '{}', 'workload-loses-sidecar', 'blue>'],
    ['gains', '{}', '{ istio.io/rev: blue }', 'workload-gains-sidecar', '>blue'],
    [
      'disabled',
      '{ istio.io/rev: blue }',
      '{ istio.io/rev: blue, istio-injection: disabled }',
      'workload-loses-sidecar',
      'blue>',
    ],
    ['dangling', '{ istio.io/rev: blue }', '{ istio.io/rev: bleu }', 'workload-loses-sidecar', 'blue>'],
  ])('%s: one change for both workloads', (_, before, after, kind, ends) => {
    const head = BOTH + namespace('shop', after) + SHOP;
    const found = changes(BOTH + namespace('shop', before) + SHOP, head);
    expect(
      found.map((change) => `${change.kind} ${change.subject} ${change.from ?? ''}>${change.to ?? ''}`),
    ).toEqual([`${kind} 2 workloads in namespace shop ${ends}`]);
    expect(head.split('\n')[(found[0]?.at?.line ?? 0) - 1]).toContain('labels:');
  });

  test('with one workload, the workload is the subject', () => {
    const cart = workload('shop', 'cart');
    expect(
      told(BOTH + namespace('shop', '{ istio.io/rev: blue }') + cart, BOTH + namespace('shop', '{}') + cart),
    ).toEqual(['workload-loses-sidecar Deployment shop/cart blue> :33']);
  });

  test('workloads that are not in the repository are touched all the same', () => {
    const [change] = changes(
      BOTH + namespace('shop', '{}'),
      BOTH + namespace('shop', '{ istio.io/rev: blue }'),
    );
    expect(change).toMatchObject({ kind: 'workload-gains-sidecar', subject: 'namespace shop', to: 'blue' });
    expect(change!.message).toContain('not in this repository');
  });

  test('istio-injection wins over istio.io/rev, so that changing the latter changes nothing', () => {
    const both = (revision: string) =>
      namespace('shop', `{ istio-injection: enabled, istio.io/rev: ${revision} }`);
    const mesh = istiod('default', '1.28.1') + BOTH;
    expect(changes(mesh + both('blue') + SHOP, mesh + both('green') + SHOP)).toEqual([]);
  });

  test('a new namespace moves nothing', () => {
    expect(changes(BOTH, BOTH + namespace('shop', '{ istio.io/rev: blue }') + SHOP)).toEqual([]);
  });

  test('where one side is unknown only the label itself is told', () => {
    const [change, ...more] = changes(
      BOTH + namespace('shop', '{ istio-injection: enabled }') + SHOP,
      BOTH + namespace('shop', '{ istio.io/rev: green }') + SHOP,
    );
    expect(more).toEqual([]);
    expect(change).toMatchObject({
      kind: 'namespace-moves-revision',
      from: 'istio-injection=enabled',
      to: 'istio.io/rev=green',
    });
  });

  test('a placeholder on one side claims nothing about workloads', () => {
    const yaml = (name: string) => BOTH + namespace('shop', `{ istio.io/rev: "${name}" }`) + SHOP;
    expect(
      changes(yaml('blue'), yaml('${REVISION}')).filter(({ kind }) => kind.startsWith('workload')),
    ).toEqual([]);
  });
});

describe('workloads', () => {
  const open = BOTH + namespace('shop', '{}');

  test.each([
    ['', ', istio.io/rev: blue', 'workload-gains-sidecar Deployment shop/cart >blue :40'],
    [', istio.io/rev: blue', '', 'workload-loses-sidecar Deployment shop/cart blue> :40'],
    [
      ', istio.io/rev: blue',
      ', istio.io/rev: green',
      'workload-moves-revision Deployment shop/cart blue>green :40',
    ],
  ])('labels {%s} to {%s}', (before, after, expected) => {
    expect(told(open + workload('shop', 'cart', before), open + workload('shop', 'cart', after))).toEqual([
      expected,
    ]);
  });

  test('new and removed workloads neither gain nor lose', () => {
    const labelled = BOTH + namespace('shop', '{ istio.io/rev: blue }');
    expect(changes(labelled, labelled + SHOP)).toEqual([]);
    expect(changes(labelled + SHOP, labelled)).toEqual([]);
  });
});

describe('tags', () => {
  const follows = namespace('shop', '{ istio.io/rev: prod }') + SHOP;

  test('a retargeted tag is one change with all that follow it', () => {
    const found = changes(BOTH + tag('prod', 'blue') + follows, BOTH + tag('prod', 'green') + follows);
    expect(found.map(({ kind, subject, from, to }) => [kind, subject, from, to])).toEqual([
      ['tag-retargeted', 'prod', 'blue', 'green'],
    ]);
    expect(found[0]!.blastRadius).toEqual({
      namespaces: ['shop'],
      workloads: ['Deployment shop/cart', 'Deployment shop/web'],
      services: ['shop/cart'],
    });
  });

  test('a removed tag takes the sidecars away', () => {
    const found = told(BOTH + tag('prod', 'blue') + follows, BOTH + follows);
    expect(found).toEqual([
      'workload-loses-sidecar 2 workloads in namespace shop blue> :33',
      'tag-removed prod blue> :31',
    ]);
  });

  test('a tag without a control plane behind it is said to be worse than none', () => {
    const found = changes(BOTH + tag('prod', 'blue'), BOTH + tag('prod', 'gone'));
    expect(found[0]!.evidence.at(-1)!.says).toMatch(/^no control plane written here has revision gone/);
  });

  test('a new tag nobody follows', () => {
    expect(told(BOTH, BOTH + tag('prod', 'blue'))).toEqual(['tag-created prod >blue :31']);
  });

  test('the default revision moves with the tag of that name', () => {
    const enabled = namespace('shop', '{ istio-injection: enabled }') + SHOP;
    const found = changes(BOTH + tag('default', 'blue') + enabled, BOTH + tag('default', 'green') + enabled);
    expect(found.map(({ kind, from, to }) => [kind, from, to])).toEqual([
      ['default-revision-moved', 'blue', 'green'],
    ]);
    expect(found[0]!.blastRadius.workloads).toHaveLength(2);
  });

  test('the default is lost with the unnamed control plane', () => {
    const found = told(istiod('default', '1.27.3') + BOTH, BOTH);
    expect(found).toEqual([
      'revision-removed default 1.27.3> :5',
      'default-revision-moved default default> :5',
    ]);
  });
});

describe('control planes', () => {
  test.each([
    ['1.27.3', '1.28.1', 'is upgraded'],
    ['1.28.1', '1.27.3', 'is downgraded'],
    ['1.27.3', '1.27.3-distroless', 'changes'],
  ])('%s to %s in place %s', (before, after, verb) => {
    const shop = namespace('shop', '{ istio.io/rev: blue }') + SHOP;
    const [change, ...more] = changes(istiod('blue', before) + shop, istiod('blue', after) + shop);
    expect(more).toEqual([]);
    expect(change).toMatchObject({
      kind: 'revision-upgraded-in-place',
      subject: 'blue',
      from: before,
      to: after,
    });
    expect(change!.message).toContain(verb);
    expect(change!.blastRadius.workloads).toHaveLength(2);
  });

  test('skipped minors are evidence', () => {
    const [change] = changes(istiod('blue', '1.25.0'), istiod('blue', '1.28.0'));
    expect(change!.evidence.map(({ says }) => says)).toContainEqual(expect.stringMatching(/^3 minors/));
  });

  test('a canary beside the old one moves nothing', () => {
    expect(told(istiod('blue', '1.27.3'), BOTH)).toEqual(['revision-added green >1.28.1 :19']);
  });

  test('removing the one that namespaces use shows whom it leaves', () => {
    const shop = namespace('shop', '{ istio.io/rev: blue }') + SHOP;
    const [removed] = changes(BOTH + shop, istiod('green', '1.28.1') + shop).filter(
      ({ kind }) => kind === 'revision-removed',
    );
    expect(removed).toMatchObject({
      subject: 'blue',
      blastRadius: { namespaces: ['shop'] },
      evidence: [{ says: 'namespace shop still asks for it' }],
    });
  });

  test('the same installation in two files is one change with two places', () => {
    const operator = (tagged: string) =>
      document(
        'apiVersion: install.istio.io/v1alpha1',
        'kind: IstioOperator',
        'metadata: { name: a }',
        `spec: { tag: ${tagged} }`,
      ) +
      document(
        'apiVersion: install.istio.io/v1alpha1',
        'kind: IstioOperator',
        'metadata: { name: b }',
        `spec: { tag: ${tagged} }`,
      );
    const found = changes(operator('1.23.2'), operator('1.24.1'));
    expect(found.map(({ kind }) => kind)).toEqual(['revision-upgraded-in-place']);
    expect(found[0]!.evidence.at(-1)).toMatchObject({ at: { line: 9 } });
  });
});

describe('components', () => {
  const release = (chart: string, version: string, values = '{}'): string =>
    document(
      'apiVersion: helm.toolkit.fluxcd.io/v2',
      'kind: HelmRelease',
      `metadata: { name: ${chart}, namespace: istio-system }`,
      'spec:',
      `  chart: { spec: { chart: ${chart}, version: ${version}, sourceRef: { kind: HelmRepository, name: istio } } }`,
      `  values: ${values}`,
    );

  test('versions of the charts', () => {
    const of = (version: string) =>
      ['base', 'cni', 'ztunnel'].map((chart) => release(chart, version)).join('');
    expect(told(of('1.24.2'), of('1.25.0'))).toEqual([
      'component-version-changed base 1.24.2>1.25.0 :5',
      'component-version-changed cni 1.24.2>1.25.0 :12',
      'component-version-changed ztunnel 1.24.2>1.25.0 :19',
    ]);
  });

  test('a gateway asks for another revision, unless its namespace decides', () => {
    const of = (revision: string) => release('gateway', '1.25.0', `{ revision: ${revision} }`);
    expect(told(of('blue'), of('green'))).toEqual(['gateway-moves-revision gateway blue>green :6']);
    const labelled = namespace('istio-system', '{ istio.io/rev: blue }');
    expect(told(of('blue') + labelled, of('green') + labelled)).toEqual([]);
  });
});

describe('ambient', () => {
  const ambient = (labels: string): string =>
    namespace('shop', labels) + SHOP + workload('shop', 'own', ', istio.io/dataplane-mode: none');

  test('the pods that follow the namespace are touched', () => {
    const found = changes(ambient('{}'), ambient('{ istio.io/dataplane-mode: ambient }'));
    expect(found.map(({ kind, subject }) => [kind, subject])).toEqual([
      ['namespace-becomes-ambient', 'shop'],
    ]);
    expect(found[0]!.blastRadius.workloads).toEqual(['Deployment shop/cart', 'Deployment shop/web']);
  });

  test('a label that sidecars make idle changes nothing, and a sidecar that ends ambient is told as such', () => {
    const enabled = 'istio-injection: enabled';
    const mode = 'istio.io/dataplane-mode: ambient';
    expect(told(ambient(`{ ${enabled} }`), ambient(`{ ${enabled}, ${mode} }`))).toEqual([]);
    expect(
      changes(ambient(`{ ${mode} }`), ambient(`{ ${enabled}, ${mode} }`)).map(({ kind }) => kind),
    ).toEqual(['workload-gains-sidecar']);
    expect(changes(ambient(`{ ${mode} }`), ambient('{}')).map(({ kind }) => kind)).toEqual([
      'namespace-leaves-ambient',
    ]);
  });
});

describe('mesh config', () => {
  test('fields that differ are named, and placed', () => {
    const found = told(
      istiod('blue', '1.28.1', ['accessLogFile: /dev/stdout']),
      istiod('blue', '1.28.1', [
        'outboundTrafficPolicy: { mode: REGISTRY_ONLY }',
        'defaultConfig: { concurrency: 2 }',
      ]),
    );
    expect(found).toEqual([
      'mesh-config-changed meshConfig.accessLogFile /dev/stdout>not set :13',
      'mesh-config-changed meshConfig.defaultConfig.concurrency not set>2 :15',
      'mesh-config-changed meshConfig.outboundTrafficPolicy {"mode":"ALLOW_ANY"}>{"mode":"REGISTRY_ONLY"} :14',
    ]);
  });

  test('namespaces leave discovery by label or by selector', () => {
    const selecting = istiod('blue', '1.28.1', ['discoverySelectors: [{ matchLabels: { mesh: "on" } }]']);
    const shop = namespace('shop', '{ mesh: "on" }') + SHOP;
    const byLabel = changes(selecting + shop, selecting + namespace('shop', '{}') + SHOP);
    expect(byLabel.map(({ kind, subject }) => [kind, subject])).toEqual([
      ['namespace-leaves-discovery', 'shop'],
    ]);
    expect(byLabel[0]!.blastRadius.services).toEqual(['shop/cart']);
    const bySelector = changes(
      istiod('blue', '1.28.1') + namespace('shop', '{}'),
      selecting + namespace('shop', '{}'),
    );
    expect(bySelector.map(({ kind }) => kind)).toContain('namespace-leaves-discovery');
  });
});

test('the order is total: resources in another order give the same changes', () => {
  const before = [
    BOTH,
    tag('prod', 'blue'),
    namespace('a', '{}'),
    namespace('b', '{ istio.io/rev: blue }'),
    workload('a', 'one'),
    workload('b', 'two'),
  ];
  const after = [
    BOTH,
    tag('prod', 'green'),
    namespace('a', '{ istio.io/rev: prod }'),
    namespace('b', '{}'),
    workload('a', 'one'),
    workload('b', 'two'),
  ];
  const kinds = (list: string[], other: string[]) =>
    changes(list.join(''), other.join('')).map(({ message }) => message);
  expect(kinds(before, after)).toEqual(kinds([...before].reverse(), [...after].reverse()));
});
