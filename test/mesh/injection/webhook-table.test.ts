import { describe, expect, test } from '@jest/globals';
import { DEFAULT_SETTINGS } from '../../../src/config/settings.ts';
import type { DeclaredChart } from '../../../src/environments/environment.ts';
import { readInstallations } from '../../../src/mesh/control-planes.ts';
import { Injectors } from '../../../src/mesh/injection.ts';
import type { Injection, NamespaceModel } from '../../../src/mesh/mesh.ts';
import { workloadsOf } from '../../../src/mesh/workloads.ts';
import { environment, namespaceManifest, object } from '../manifests.ts';
import { calledEntries, injectorConfiguration, manifestOf, tagConfiguration } from './chart-webhooks.ts';
import type { Configuration, Era } from './chart-webhooks.ts';

/**
 * Every combination of labels and annotations, for the webhooks of each era of the charts. What is expected comes from
 * the webhooks as the charts write them, evaluated entry by entry, and from the injector's own decision written out; what
 * is tested derives its webhooks from Helm values, or reads them in rendered manifests.
 */

type Labels = Readonly<Record<string, string>>;

interface Setup {
  readonly era: Era;
  readonly version: string;
  readonly revisions: readonly string[];
  readonly tags?: Readonly<Record<string, string>>;
  readonly auto?: boolean;
  /** `sidecarInjectorWebhook.*` and whatever else the values hold. */
  readonly values?: Readonly<Record<string, unknown>>;
  readonly objectSelector?: 'none' | 'opt-out' | 'opt-in';
}

const SETUPS: Readonly<Record<string, Setup>> = {
  '1.8: default and X': { era: '1.8', version: '1.8.6', revisions: ['default', 'x'] },
  '1.8: object selectors switched on': {
    era: '1.8',
    version: '1.8.6',
    revisions: ['default', 'x'],
    values: { sidecarInjectorWebhook: { objectSelector: { enabled: true } } },
    objectSelector: 'opt-out',
  },
  '1.8: pods have to ask': {
    era: '1.8',
    version: '1.8.0',
    revisions: ['default', 'x'],
    values: { sidecarInjectorWebhook: { objectSelector: { enabled: true, autoInject: false } } },
    objectSelector: 'opt-in',
  },
  '1.8: every namespace by default': { era: '1.8', version: '1.8.6', revisions: ['default'], auto: true },
  '1.9: legacy selectors, its default': { era: '1.9 legacy', version: '1.9.9', revisions: ['default', 'x'] },
  '1.9: legacy selectors without object selector': {
    era: '1.9 legacy',
    version: '1.9.9',
    revisions: ['default', 'x'],
    values: { sidecarInjectorWebhook: { objectSelector: { enabled: false } } },
    objectSelector: 'none',
  },
  '1.9: new selectors': {
    era: '1.9',
    version: '1.9.9',
    revisions: ['default', 'x'],
    values: { sidecarInjectorWebhook: { useLegacySelectors: false } },
  },
  '1.10: default, X and a tag': {
    era: '1.10',
    version: '1.10.6',
    revisions: ['default', 'x'],
    tags: { t: 'x' },
  },
  '1.10: legacy selectors asked for': {
    era: '1.9 legacy',
    version: '1.10.6',
    revisions: ['default', 'x'],
    values: { sidecarInjectorWebhook: { useLegacySelectors: true } },
  },
  '1.10: every namespace by default': {
    era: '1.10',
    version: '1.10.0',
    revisions: ['default', 'x'],
    auto: true,
  },
  '1.16: default, X and a tag': {
    era: '1.16',
    version: '1.16.7',
    revisions: ['default', 'x'],
    tags: { t: 'x' },
  },
  '1.16: X, which is the default by tag': {
    era: '1.16',
    version: '1.16.7',
    revisions: ['x'],
    tags: { default: 'x' },
  },
  '1.16: every namespace by default': {
    era: '1.16',
    version: '1.16.7',
    revisions: ['default', 'x'],
    auto: true,
  },
  '1.24: X with the tags default and t': {
    era: '1.28',
    version: '1.24.1',
    revisions: ['x'],
    tags: { default: 'x', t: 'x' },
  },
  '1.24: X alone': { era: '1.28', version: '1.24.1', revisions: ['x'], tags: { t: 'x' } },
  '1.28: default, X and a tag': {
    era: '1.28',
    version: '1.28.3',
    revisions: ['default', 'x'],
    tags: { t: 'x' },
  },
  '1.28: every namespace by the default tag': {
    era: '1.28',
    version: '1.28.3',
    revisions: ['x'],
    tags: { default: 'x', t: 'x' },
    auto: true,
  },
};

const INJECTION = [undefined, 'enabled', 'disabled', 'yes'];
const NAMESPACE_REVISION = [undefined, 'default', 'x', 't', 'gone', ''];
/** Labels that have no say in injection. */
const BESIDE: readonly Labels[] = [
  {},
  { 'istio.io/dataplane-mode': 'ambient', 'topology.istio.io/network': 'one', name: 'shop' },
];
const INJECT = [undefined, 'true', 'false', 'no', ''];
const ANNOTATION = [undefined, 'true', 'false', 'no'];
const POD_REVISION = [undefined, 'default', 'x', 't', 'gone'];

function charts({ version, revisions, tags = {}, auto = false, values = {} }: Setup): DeclaredChart[] {
  const at = { file: 'Chart.yaml', line: 1, column: 1, endLine: 1 };
  return revisions.map((revision) => ({
    chart: version.startsWith('1.1') || version.startsWith('1.2') ? 'istiod' : 'istio-discovery',
    repository: 'https://istio-release.storage.googleapis.com/charts',
    version,
    releaseName: `istiod-${revision}`,
    namespace: 'istio-system',
    installer: 'helm',
    values: {
      ...values,
      ...(revision === 'default' ? {} : { revision }),
      revisionTags: Object.keys(tags).filter((tag) => tags[tag] === revision),
      ...(auto ? { sidecarInjectorWebhook: { enableNamespacesByDefault: true } } : {}),
    },
    at,
    valueAt: () => at,
  }));
}

/** AUTO is the default control plane's alone, unless the default is a tag. */
function configurations({ era, revisions, tags = {}, auto = false, objectSelector }: Setup): Configuration[] {
  const injector = (revision: string) => ({
    revision,
    auto,
    ...(objectSelector === undefined ? {} : { objectSelector }),
  });
  return [
    ...revisions.map((revision) => injectorConfiguration(era, injector(revision))),
    ...Object.entries(tags).map(([tag, revision]) => tagConfiguration(era, tag, injector(revision))),
  ];
}

interface Expected {
  /** A revision, `none`, `dangling`, or `unknown` where a default may be set by hand. */
  readonly outcome: string;
  /** How the named rule begins. */
  readonly rule: string;
}

function expected(
  setup: Setup,
  all: readonly Configuration[],
  namespace: Labels,
  { labels, annotations }: { readonly labels: Labels; readonly annotations: Labels },
): Expected {
  const minor = Number(setup.version.split('.')[1]);
  const readsLabel = minor >= 9;
  const name = namespace['kubernetes.io/metadata.name'] ?? '';
  if (name === 'kube-system') return { outcome: 'none', rule: 'no pod of kube-system' };
  const own = readsLabel ? labels['sidecar.istio.io/inject'] : undefined;
  const [holder, wish] =
    own === undefined
      ? (['annotation', annotations['sidecar.istio.io/inject']] as const)
      : (['label', own] as const);
  const wishRule = `pod ${holder} sidecar.istio.io/inject=${wish ?? ''}`;
  if (wish === 'false') return { outcome: 'none', rule: wishRule };

  const called = calledEntries(all, namespace, labels);
  const [hit, ...more] = called;
  // Two webhooks that match one pod would inject it twice: the charts never write such a set.
  if (more.length > 0) return { outcome: 'twice', rule: called.map(({ entry }) => entry).join() };
  if (!hit) return uncalled(setup, namespace, labels);
  const { revision, tag } = hit.configuration;
  const rule =
    ruleOf(hit.entry, setup, namespace, labels) + (tag === undefined ? '' : `, a tag of ${revision}`);
  // Until 1.26 anything but a word for yes meant no.
  if (wish === 'no' && minor < 27) return { outcome: 'none', rule: wishRule };
  return { outcome: revision, rule };
}

/** The label that each entry of the charts is there for. */
function ruleOf(entry: string, setup: Setup, namespace: Labels, pod: Labels): string {
  const [kind] = entry.split('.sidecar-injector');
  switch (kind) {
    case 'rev.namespace':
      return `namespace label istio.io/rev=${namespace['istio.io/rev'] ?? ''}`;
    case 'rev.object':
      return `pod label istio.io/rev=${pod['istio.io/rev'] ?? ''}`;
    case 'namespace':
      return 'namespace label istio-injection=enabled';
    case 'object':
      return 'pod label sidecar.istio.io/inject=true';
    case 'auto':
      return 'enableNamespacesByDefault';
    default:
      if (setup.auto === true) return 'enableNamespacesByDefault';
      return namespace['istio-injection'] === undefined
        ? `namespace label istio.io/rev=${namespace['istio.io/rev'] ?? ''}`
        : 'namespace label istio-injection=enabled';
  }
}

/** Nobody is called. Whoever asked for what is not there is told so; a default may have been set by hand since 1.10. */
function uncalled(setup: Setup, namespace: Labels, pod: Labels): Expected {
  const { revisions, tags = {} } = setup;
  const injection = namespace['istio-injection'];
  const asked = namespace['istio.io/rev'] ?? pod['istio.io/rev'];
  const noDefault = !revisions.includes('default') && tags['default'] === undefined;
  if (injection !== undefined) {
    const outcome = injection === 'enabled' && noDefault ? 'unknown' : 'none';
    return { outcome, rule: `namespace label istio-injection=${injection}` };
  }
  if (asked !== undefined) {
    const rule = `${namespace['istio.io/rev'] === undefined ? 'pod' : 'namespace'} label istio.io/rev=${asked}`;
    const known = revisions.includes(asked) || tags[asked] !== undefined || asked === '';
    if (asked === 'default' && noDefault) return { outcome: 'unknown', rule };
    return { outcome: known || asked === 'default' ? 'none' : 'dangling', rule };
  }
  const wish = pod['sidecar.istio.io/inject'];
  if (wish === undefined) return { outcome: 'none', rule: 'no label of the namespace or the pod' };
  const outcome = wish === 'true' && noDefault ? 'unknown' : 'none';
  return { outcome, rule: `pod label sidecar.istio.io/inject=${wish}` };
}

function given(entries: Readonly<Record<string, string | undefined>>): Labels {
  return Object.fromEntries(
    Object.entries(entries).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}

function outcomeOf({ injected, revision, dangling }: Injection): string {
  if (dangling !== undefined && dangling !== '') return 'dangling';
  if (injected === 'unknown') return 'unknown';
  return injected === 'yes' ? revision : 'none';
}

function podIn(namespace: string, labels: Labels, annotations: Labels) {
  const template = {
    metadata: { labels, annotations },
    spec: { containers: [{ name: 'main', image: 'x' }] },
  };
  return workloadsOf([object('apps/v1', 'Deployment', 'cart', { spec: { template } }, { namespace })])[0]!;
}

const PODS = INJECT.flatMap((inject) =>
  ANNOTATION.flatMap((annotation) =>
    POD_REVISION.map((revision) => ({
      labels: given({ 'sidecar.istio.io/inject': inject, 'istio.io/rev': revision }),
      annotations: given({ 'sidecar.istio.io/inject': annotation }),
    })),
  ),
);

function namespaces(name: string): NamespaceModel[] {
  return INJECTION.flatMap((injection) =>
    NAMESPACE_REVISION.flatMap((revision) =>
      BESIDE.map((beside) => {
        const labels = given({ 'istio-injection': injection, 'istio.io/rev': revision, ...beside });
        return {
          name,
          resource: namespaceManifest(name, labels),
          labels: { ...labels, 'kubernetes.io/metadata.name': name },
          labelsKnown: 'yes' as const,
        };
      }),
    ),
  );
}

describe.each(Object.entries(SETUPS))('%s', (_, setup) => {
  const all = configurations(setup);
  const declared = { ...environment([]), charts: charts(setup) };
  const manifests = all.map(manifestOf);
  const sources = {
    'webhooks derived from values': new Injectors(readInstallations(declared), [], DEFAULT_SETTINGS),
    'webhooks as written in manifests': new Injectors(
      readInstallations({ ...declared, resources: manifests }),
      manifests,
      DEFAULT_SETTINGS,
    ),
  };

  test.each(Object.entries(sources))('%s', (__, injectors) => {
    const differences: string[] = [];
    let combinations = 0;
    for (const name of ['shop', 'kube-system']) {
      const pods = PODS.map((pod) => ({ ...pod, workload: podIn(name, pod.labels, pod.annotations) }));
      for (const namespace of namespaces(name)) {
        for (const { workload, ...pod } of pods) {
          const wanted = expected(setup, all, namespace.labels, pod);
          const actual = injectors.forWorkload(namespace, workload);
          combinations++;
          if (outcomeOf(actual) === wanted.outcome && actual.because.startsWith(wanted.rule)) continue;
          differences.push(
            `${JSON.stringify({ namespace: namespace.labels, pod })}: ${outcomeOf(actual)} by ${actual.because}, ` +
              `expected ${wanted.outcome} by ${wanted.rule}`,
          );
        }
      }
    }
    expect(differences.slice(0, 5)).toEqual([]);
    expect(combinations).toBe(2 * 48 * 100);
  });
});
