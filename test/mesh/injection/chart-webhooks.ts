import type { Resource } from '../../../src/render/resource.ts';
import { object } from '../manifests.ts';

/**
 * The injection webhooks that the istiod charts write, spelled out entry by entry for each era of the chart, as somebody
 * who reads a rendered cluster sees them. Independent of the implementation, which derives selectors from values.
 */

/** Sets of webhooks that charts have written: one entry until 1.8, a choice in 1.9, by name since 1.10, sparing system namespaces since 1.16. */
export type Era = '1.8' | '1.9 legacy' | '1.9' | '1.10' | '1.16' | '1.28';

export interface Selector {
  readonly matchLabels?: Readonly<Record<string, string>>;
  readonly matchExpressions?: readonly {
    readonly key: string;
    readonly operator: 'In' | 'NotIn' | 'Exists' | 'DoesNotExist';
    readonly values?: readonly string[];
  }[];
}

export interface Entry {
  readonly name: string;
  readonly namespaceSelector: Selector;
  readonly objectSelector?: Selector;
}

export interface Configuration {
  readonly name: string;
  readonly revision: string;
  readonly tag: string | undefined;
  readonly entries: readonly Entry[];
}

export interface Injector {
  readonly revision: string;
  readonly auto: boolean;
  /** `sidecarInjectorWebhook.objectSelector`, for the eras that know it. */
  readonly objectSelector?: 'none' | 'opt-out' | 'opt-in';
}

const NO_REVISION_LABEL = { key: 'istio.io/rev', operator: 'DoesNotExist' } as const;
const NO_INJECTION_LABEL = { key: 'istio-injection', operator: 'DoesNotExist' } as const;
const NOT_FALSE = { key: 'sidecar.istio.io/inject', operator: 'NotIn', values: ['false'] } as const;

function isRevision(name: string) {
  return { key: 'istio.io/rev', operator: 'In', values: [name] } as const;
}

/** What the chart of an era writes for an installation of an injector. */
export function injectorConfiguration(era: Era, injector: Injector): Configuration {
  const { revision } = injector;
  const name = revision === 'default' ? 'istio-sidecar-injector' : `istio-sidecar-injector-${revision}`;
  return { name, revision, tag: undefined, entries: entriesOf(era, injector) };
}

/** What the chart of an era writes for a tag: always the entries of a name, and for `default` those of the default. */
export function tagConfiguration(era: Era, tag: string, injector: Injector): Configuration {
  const name = `istio-revision-tag-${tag}`;
  const entries = [...namedEntries(tag), ...(tag === 'default' ? defaultEntries(era, injector.auto) : [])];
  return { name, revision: injector.revision, tag, entries };
}

function entriesOf(era: Era, injector: Injector): Entry[] {
  if (era === '1.8' || era === '1.9 legacy') return [legacyEntry(era, injector)];
  const { revision, auto } = injector;
  if (revision !== 'default') return namedEntries(revision);
  // 1.9 knew no label value for the unnamed control plane.
  return [...(era === '1.9' ? [] : namedEntries('default')), ...defaultEntries(era, auto)];
}

function legacyEntry(era: Era, { revision, auto, objectSelector }: Injector): Entry {
  return {
    name: 'sidecar-injector.istio.io',
    namespaceSelector: auto
      ? {
          matchExpressions: [
            { key: 'name', operator: 'NotIn', values: ['istio-system'] },
            { key: 'istio-injection', operator: 'NotIn', values: ['disabled'] },
            { key: 'istio-env', operator: 'DoesNotExist' },
            NO_REVISION_LABEL,
          ],
        }
      : revision === 'default'
        ? { matchLabels: { 'istio-injection': 'enabled' } }
        : { matchExpressions: [NO_INJECTION_LABEL, isRevision(revision)] },
    ...legacyObjectSelector(objectSelector ?? (era === '1.8' ? 'none' : 'opt-out')),
  };
}

function legacyObjectSelector(mode: NonNullable<Injector['objectSelector']>): Pick<Entry, 'objectSelector'> {
  if (mode === 'none') return {};
  if (mode === 'opt-out') return { objectSelector: { matchExpressions: [NOT_FALSE] } };
  return { objectSelector: { matchLabels: { 'sidecar.istio.io/inject': 'true' } } };
}

function namedEntries(name: string): Entry[] {
  return [
    {
      name: 'rev.namespace.sidecar-injector.istio.io',
      namespaceSelector: { matchExpressions: [isRevision(name), NO_INJECTION_LABEL] },
      objectSelector: { matchExpressions: [NOT_FALSE] },
    },
    {
      name: 'rev.object.sidecar-injector.istio.io',
      namespaceSelector: { matchExpressions: [NO_REVISION_LABEL, NO_INJECTION_LABEL] },
      objectSelector: { matchExpressions: [NOT_FALSE, isRevision(name)] },
    },
  ];
}

function defaultEntries(era: Era, auto: boolean): Entry[] {
  const unlabelled = [NO_INJECTION_LABEL, NO_REVISION_LABEL];
  const sparing =
    era === '1.16' || era === '1.28'
      ? [
          {
            key: 'kubernetes.io/metadata.name',
            operator: 'NotIn' as const,
            values: ['kube-system', 'kube-public', 'kube-node-lease', 'local-path-storage'],
          },
        ]
      : [];
  const entries: Entry[] = [
    {
      name: 'namespace.sidecar-injector.istio.io',
      namespaceSelector: {
        matchExpressions: [{ key: 'istio-injection', operator: 'In', values: ['enabled'] }],
      },
      objectSelector: { matchExpressions: [NOT_FALSE] },
    },
    {
      name: 'object.sidecar-injector.istio.io',
      namespaceSelector: { matchExpressions: unlabelled },
      objectSelector: {
        matchExpressions: [
          { key: 'sidecar.istio.io/inject', operator: 'In', values: ['true'] },
          NO_REVISION_LABEL,
        ],
      },
    },
  ];
  const everyPod: Entry = {
    name: 'auto.sidecar-injector.istio.io',
    namespaceSelector: { matchExpressions: [...unlabelled, ...sparing] },
    objectSelector: {
      matchExpressions: [{ key: 'sidecar.istio.io/inject', operator: 'DoesNotExist' }, NO_REVISION_LABEL],
    },
  };
  return auto ? [...entries, everyPod] : entries;
}

/** The configuration as a manifest. */
export function manifestOf({ name, revision, tag, entries }: Configuration): Resource {
  const service = revision === 'default' ? 'istiod' : `istiod-${revision}`;
  const labels = { 'istio.io/rev': revision, ...(tag === undefined ? {} : { 'istio.io/tag': tag }) };
  return object(
    'admissionregistration.k8s.io/v1',
    'MutatingWebhookConfiguration',
    name,
    {
      webhooks: entries.map((entry) => ({
        ...entry,
        clientConfig: { service: { name: service, namespace: 'istio-system', path: '/inject', port: 443 } },
        failurePolicy: 'Fail',
        sideEffects: 'None',
      })),
    },
    { labels },
  );
}

type Labels = Readonly<Record<string, string>>;

/** Kubernetes' selector rules, said once more: NotIn and DoesNotExist hold for a label that is not there. */
export function selects(selector: Selector | undefined, labels: Labels): boolean {
  const wanted = Object.entries(selector?.matchLabels ?? {});
  if (wanted.some(([key, value]) => labels[key] !== value)) return false;
  return (selector?.matchExpressions ?? []).every(({ key, operator, values = [] }) => {
    const value = labels[key];
    switch (operator) {
      case 'In':
        return value !== undefined && values.includes(value);
      case 'NotIn':
        return value === undefined || !values.includes(value);
      case 'Exists':
        return value !== undefined;
      case 'DoesNotExist':
        return value === undefined;
    }
  });
}

/** Every entry that the API server calls for a pod with these labels in a namespace with those. */
export function calledEntries(
  configurations: readonly Configuration[],
  namespace: Labels,
  pod: Labels,
): { readonly configuration: Configuration; readonly entry: string }[] {
  return configurations.flatMap((configuration) =>
    configuration.entries
      .filter(
        ({ namespaceSelector, objectSelector }) =>
          selects(namespaceSelector, namespace) && selects(objectSelector, pod),
      )
      .map(({ name }) => ({ configuration, entry: name })),
  );
}
