import { describe, expect, test } from '@jest/globals';
import { DEFAULT_SETTINGS, type Settings } from '../../../src/config/settings.ts';
import { review } from '../../../src/review.ts';
import { memorySnapshot } from '../../../src/source/memory.ts';
import type { Change } from '../../../src/vocabulary.ts';
import * as files from './way-files.ts';

type Files = Readonly<Record<string, string>>;

const SETTINGS: Settings = {
  ...DEFAULT_SETTINGS,
  environments: [{ name: 'prod', paths: ['**'] }],
  today: '2026-01-01',
};

/** `kind subject file:line`, and how much is touched: namespaces, workloads, Services. */
async function told(base: Files, head: Files): Promise<string[]> {
  const { environments } = await review(memorySnapshot('base', base), memorySnapshot('head', head), SETTINGS);
  return environments.flatMap(({ changes }) => changes.map(line));
}

function line({ kind, subject, at, blastRadius }: Change): string {
  const { namespaces, workloads, services } = blastRadius;
  const touched = `${namespaces.length}/${workloads.length}/${services.length}`;
  return `${kind} ${subject} ${at?.file ?? '?'}:${at?.line ?? '?'} ${touched}`;
}

const { blue, green, istio, operator, shop, deployment, tagWebhook, tagService, revisionTag } = files;
const BOTH = { ...files.SOURCE, ...blue(''), ...green('') };
const BLUE_SHOP = { ...BOTH, ...shop('istio.io/rev: blue') };
const PROD = shop('istio.io/rev: prod');
const DISCOVERY = '[ { matchLabels: { mesh: "on" } } ]';

/** Every kind of change, by the ways in which a repository can bring it about. */
describe('a change', () => {
  test.each<readonly [string, Files, Files, readonly string[]]>([
    [
      'tag: the label of its webhooks',
      { ...BOTH, ...PROD, ...tagWebhook('blue') },
      { ...BOTH, ...PROD, ...tagWebhook('green') },
      ['tag-retargeted prod tag.yaml:5 1/1/1'],
    ],
    [
      'tag: its Service (1.28)',
      { ...BOTH, ...PROD, ...tagService('blue') },
      { ...BOTH, ...PROD, ...tagService('green') },
      ['tag-retargeted prod service.yaml:6 1/1/1'],
    ],
    [
      'tag: the value revisionTags, from one release to another',
      { ...BOTH, ...PROD, ...blue('revisionTags: [prod]') },
      { ...BOTH, ...PROD, ...green('revisionTags: [prod]') },
      ['tag-retargeted prod green.yaml:8 1/1/1'],
    ],
    [
      'tag: the value revisionTags, gone',
      { ...BOTH, ...PROD, ...blue('revisionTags: [prod]') },
      { ...BOTH, ...PROD },
      ['workload-loses-sidecar Deployment shop/cart shop.yaml:5 1/1/1', 'tag-removed prod blue.yaml:8 1/1/1'],
    ],
    [
      'tag: revisionTags of IstioOperators',
      { ...PROD, ...operator('blue', '[prod]'), ...operator('green', '[]') },
      { ...PROD, ...operator('blue', '[]'), ...operator('green', '[prod]') },
      ['tag-retargeted prod green.yaml:8 1/1/1'],
    ],
    [
      'tag: targetRef of an IstioRevisionTag',
      { ...PROD, ...istio('v1.29.2'), ...revisionTag('IstioRevision', 'default-v1-28-6') },
      { ...PROD, ...istio('v1.29.2'), ...revisionTag('IstioRevision', 'default-v1-29-2') },
      ['tag-retargeted prod tag.yaml:4 1/1/1'],
    ],
    [
      'tag on an Istio: its version',
      { ...PROD, ...istio('v1.28.6'), ...revisionTag('Istio', 'default') },
      { ...PROD, ...istio('v1.29.2'), ...revisionTag('Istio', 'default') },
      [
        'revision-removed default-v1-28-6 istio.yaml:5 1/1/1',
        'tag-retargeted prod tag.yaml:4 1/1/1',
        'revision-added default-v1-29-2 istio.yaml:5 1/1/1',
      ],
    ],
    ['a new tag', BOTH, { ...BOTH, ...tagWebhook('blue') }, ['tag-created prod tag.yaml:5 0/0/0']],
    [
      'default: the tag of that name',
      { ...BOTH, ...shop('istio-injection: enabled'), ...blue('revisionTags: [default]') },
      { ...BOTH, ...shop('istio-injection: enabled'), ...green('revisionTags: [default]') },
      ['default-revision-moved default green.yaml:8 1/1/1'],
    ],
    [
      'default: who validates',
      { ...BOTH, ...files.base('blue') },
      { ...BOTH, ...files.base('green') },
      ['default-revision-moved defaultRevision of istio-base base.yaml:7 0/0/0'],
    ],
    [
      'version: of a chart',
      { ...BLUE_SHOP },
      { ...BLUE_SHOP, ...blue('', '1.28.7') },
      ['revision-upgraded-in-place blue blue.yaml:5 1/1/1'],
    ],
    [
      'version: an image tag of a kustomization',
      { ...files.rendered, ...files.kustomization('1.28.6') },
      { ...files.rendered, ...files.kustomization('1.29.2') },
      ['revision-upgraded-in-place default kustomization.yaml:4 0/0/0'],
    ],
    [
      'namespace: its label',
      BLUE_SHOP,
      { ...BOTH, ...shop('istio.io/rev: green') },
      ['namespace-moves-revision shop shop.yaml:5 1/1/1'],
    ],
    [
      'namespace: labels that Argo CD keeps on it',
      { ...BOTH, ...files.managed('blue') },
      { ...BOTH, ...files.managed('green') },
      ['namespace-moves-revision shop app.yaml:9 1/1/0'],
    ],
    [
      'namespace: its manifest goes, what runs in it stays',
      BLUE_SHOP,
      { ...BOTH, ...deployment('') },
      ['namespace-moves-revision shop shop.yaml:5 1/1/0'],
    ],
    [
      'workload: out by label',
      BLUE_SHOP,
      { ...BLUE_SHOP, ...deployment(', sidecar.istio.io/inject: "false"') },
      ['workload-loses-sidecar Deployment shop/cart cart.yaml:8 1/1/1'],
    ],
    [
      'workload: onto the host network',
      BLUE_SHOP,
      { ...BLUE_SHOP, ...deployment('', 'hostNetwork: true, ') },
      ['workload-loses-sidecar Deployment shop/cart cart.yaml:9 1/1/1'],
    ],
    [
      'workload: a revision of its own',
      { ...BOTH, ...shop('team: a'), ...deployment(', istio.io/rev: blue') },
      { ...BOTH, ...shop('team: a'), ...deployment(', istio.io/rev: green') },
      ['workload-moves-revision Deployment shop/cart cart.yaml:8 1/1/1'],
    ],
    [
      'workload: neverInjectSelector of its injector',
      BLUE_SHOP,
      {
        ...BLUE_SHOP,
        ...blue('sidecarInjectorWebhook: { neverInjectSelector: [ { matchLabels: { app: cart } } ] }'),
      },
      ['workload-loses-sidecar Deployment shop/cart blue.yaml:8 1/1/1'],
    ],
    [
      'workload: the policy of its injector',
      BLUE_SHOP,
      { ...BLUE_SHOP, ...blue('global: { proxy: { autoInject: disabled } }') },
      ['workload-loses-sidecar Deployment shop/cart blue.yaml:8 1/1/1'],
    ],
    [
      'workload: in by default',
      { ...files.SOURCE, ...blue('revisionTags: [default]'), ...shop('team: a') },
      {
        ...files.SOURCE,
        ...blue('revisionTags: [default]\nsidecarInjectorWebhook: { enableNamespacesByDefault: true }'),
        ...shop('team: a'),
      },
      ['workload-gains-sidecar Deployment shop/cart blue.yaml:9 1/1/1'],
    ],
    [
      'ambient: the label of a namespace',
      { ...BOTH, ...shop('team: a') },
      { ...BOTH, ...shop('istio.io/dataplane-mode: ambient') },
      ['namespace-becomes-ambient shop shop.yaml:5 1/1/1'],
    ],
    [
      'ambient: the label of a pod',
      { ...BOTH, ...shop('istio.io/dataplane-mode: ambient') },
      {
        ...BOTH,
        ...shop('istio.io/dataplane-mode: ambient'),
        ...deployment(', istio.io/dataplane-mode: none'),
      },
      ['namespace-leaves-ambient Deployment shop/cart cart.yaml:8 1/1/1'],
    ],
    [
      'discovery: selectors in values',
      BLUE_SHOP,
      { ...BLUE_SHOP, ...blue(`meshConfig: { discoverySelectors: ${DISCOVERY} }`) },
      [
        'namespace-leaves-discovery shop blue.yaml:8 1/1/1',
        'mesh-config-changed meshConfig.discoverySelectors blue.yaml:8 1/1/1',
      ],
    ],
    [
      'discovery: selectors of an Istio',
      { ...PROD, ...istio('v1.28.6') },
      { ...PROD, ...istio('v1.28.6', `  values: { meshConfig: { discoverySelectors: ${DISCOVERY} } }\n`) },
      [
        'namespace-leaves-discovery shop istio.yaml:8 1/1/1',
        'mesh-config-changed meshConfig.discoverySelectors istio.yaml:8 0/0/0',
      ],
    ],
    [
      'discovery: selectors in the ConfigMap',
      { ...files.rendered, ...PROD, ...files.meshConfig('') },
      { ...files.rendered, ...PROD, ...files.meshConfig(`    discoverySelectors: ${DISCOVERY}\n`) },
      [
        'namespace-leaves-discovery shop config.yaml:7 1/1/1',
        'mesh-config-changed meshConfig.discoverySelectors config.yaml:7 0/0/0',
      ],
    ],
    [
      'discovery: the label of a namespace',
      {
        ...files.SOURCE,
        ...blue(`meshConfig: { discoverySelectors: ${DISCOVERY} }`),
        ...shop('mesh: "on", istio.io/rev: blue'),
      },
      {
        ...files.SOURCE,
        ...blue(`meshConfig: { discoverySelectors: ${DISCOVERY} }`),
        ...shop('istio.io/rev: blue'),
      },
      ['namespace-leaves-discovery shop shop.yaml:5 1/1/1'],
    ],
    [
      'gateway: the value revision of its chart',
      { ...BOTH, ...files.gatewayChart('blue') },
      { ...BOTH, ...files.gatewayChart('green') },
      ['gateway-moves-revision gateway public gateway.yaml:7 1/0/0'],
    ],
    [
      'gateway: the label of a waypoint',
      { ...BOTH, ...files.waypoint('blue') },
      { ...BOTH, ...files.waypoint('green') },
      ['gateway-moves-revision Gateway edge/public waypoint.yaml:12 1/0/0'],
    ],
    [
      'mesh config: the trust domain',
      BLUE_SHOP,
      { ...BLUE_SHOP, ...blue('meshConfig: { trustDomain: other.example }') },
      ['mesh-config-changed meshConfig.trustDomain blue.yaml:8 1/1/1'],
    ],
  ])('%s', async (_, base, head, expected) => {
    expect(await told(base, head)).toEqual(expected);
  });
});
