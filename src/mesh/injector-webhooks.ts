import type { Location } from '../vocabulary.ts';
import { atLeast } from '../facts/versions.ts';
import type { Resource } from '../render/resource.ts';
import { fieldAt, listAt, textAt } from './fields.ts';
import type { Installations } from './installations/installation.ts';
import type { ControlPlane, RevisionTag } from './mesh.ts';

/** One entry of an injector's MutatingWebhookConfiguration: the API server calls it when both selectors match. */
export interface InjectorWebhook {
  /** `default` for the empty revision. */
  readonly revision: string;
  /** The tag whose object holds the entry. */
  readonly tag: string | undefined;
  readonly namespaceSelector: unknown;
  readonly objectSelector: unknown;
  readonly at: Location;
}

type Expression = readonly [key: string, operator: string, ...values: readonly string[]];

const INJECT = 'sidecar.istio.io/inject';
const REVISION = 'istio.io/rev';
const INJECTION = 'istio-injection';

/** Left out by enableNamespacesByDefault since 1.16. */
export const SYSTEM_NAMESPACES = ['kube-system', 'kube-public', 'kube-node-lease', 'local-path-storage'];

/**
 * The webhooks of an environment: those written as manifests as they stand, and for every other control plane and tag
 * those its chart renders at its version.
 */
export function injectorWebhooks(
  { controlPlanes, tags }: Installations,
  manifests: readonly Resource[],
): InjectorWebhook[] {
  const written = manifests.flatMap(writtenWebhooks);
  const has = (revision: string, tag: string | undefined): boolean =>
    written.some((webhook) => webhook.tag === tag && (tag !== undefined || webhook.revision === revision));
  const rendered = controlPlanes
    .filter(({ revision }) => !has(revision, undefined))
    .flatMap((controlPlane) => renderedWebhooks(controlPlane, undefined));
  const ofTags = tags
    .filter(({ name, revision }) => !has(revision, name))
    .flatMap((tag) => renderedWebhooks(targetOf(tag, controlPlanes), tag));
  return [...written, ...rendered, ...ofTags];
}

/** Entries of a manifest that call an injector for new pods. */
function writtenWebhooks(manifest: Resource): InjectorWebhook[] {
  return listAt(manifest.body, 'webhooks').flatMap((entry, index) => {
    if (!/(?:^|\.)sidecar-injector\.istio\.io$/.test(textAt(entry, 'name'))) return [];
    return [
      {
        revision: manifest.labels[REVISION] ?? 'default',
        tag: manifest.labels['istio.io/tag'],
        namespaceSelector: fieldAt(entry, 'namespaceSelector'),
        objectSelector: fieldAt(entry, 'objectSelector'),
        at: manifest.origin.at(['webhooks', index]),
      },
    ];
  });
}

type Renderer = Pick<ControlPlane, 'revision' | 'version' | 'injectsByDefault' | 'legacySelectors' | 'at'>;

/** The control plane that a tag points to; one that is not here renders as a recent one would. */
function targetOf(tag: RevisionTag, controlPlanes: readonly ControlPlane[]): Renderer {
  const target = controlPlanes.findLast(({ revision }) => revision === tag.revision);
  if (target) return { ...target, at: tag.at };
  return { revision: tag.revision, version: undefined, injectsByDefault: false, at: tag.at };
}

/** What the istiod chart of this version renders for a control plane, or for a tag on it (tags: 1.10 and later). */
export function renderedWebhooks(
  owner: Renderer,
  tag: Pick<RevisionTag, 'name'> | undefined,
): InjectorWebhook[] {
  const { revision, version, at } = owner;
  const selectors =
    tag === undefined && usesLegacySelectors(owner)
      ? legacySelectors(owner, atLeast(version, 9) === true)
      : selectorsSince110(tag?.name ?? revision, owner);
  return selectors.map(([namespaceSelector, objectSelector]) => ({
    revision,
    tag: tag?.name,
    namespaceSelector: labelSelector(namespaceSelector),
    objectSelector: labelSelector(objectSelector),
    at,
  }));
}

/** Always before 1.9; unless switched off in 1.9; when switched on in 1.10; never since. */
function usesLegacySelectors({ version, legacySelectors }: Renderer): boolean {
  if (atLeast(version, 9) === false) return true;
  if (atLeast(version, 10) === false) return legacySelectors ?? true;
  return atLeast(version, 11) === false && legacySelectors === true;
}

type Selectors = readonly (readonly [namespace: readonly Expression[], object: readonly Expression[]])[];

/** One entry, chosen by values. Pods opt out by label since 1.9 only. */
function legacySelectors({ revision, injectsByDefault }: Renderer, optOut: boolean): Selectors {
  const object: readonly Expression[] = optOut ? [[INJECT, 'NotIn', 'false']] : [];
  if (injectsByDefault) {
    return [
      [
        [
          ['name', 'NotIn', 'istio-system'],
          [INJECTION, 'NotIn', 'disabled'],
          ['istio-env', 'DoesNotExist'],
          [REVISION, 'DoesNotExist'],
        ],
        object,
      ],
    ];
  }
  if (revision === 'default') return [[[[INJECTION, 'In', 'enabled']], object]];
  return [
    [
      [
        [INJECTION, 'DoesNotExist'],
        [REVISION, 'In', revision],
      ],
      object,
    ],
  ];
}

/** `rev.*` for every name, `namespace.`, `object.` and perhaps `auto.` for the default one (1.10; SYSTEM4 from 1.16). */
function selectorsSince110(name: string, { version, injectsByDefault }: Renderer): Selectors {
  const unlabelled: readonly Expression[] = [
    [INJECTION, 'DoesNotExist'],
    [REVISION, 'DoesNotExist'],
  ];
  const notFalse: Expression = [INJECT, 'NotIn', 'false'];
  const byRevision: Selectors = [
    [
      [
        [REVISION, 'In', name],
        [INJECTION, 'DoesNotExist'],
      ],
      [notFalse],
    ],
    [unlabelled, [notFalse, [REVISION, 'In', name]]],
  ];
  if (name !== 'default') return byRevision;
  const byDefault: Selectors = [
    [[[INJECTION, 'In', 'enabled']], [notFalse]],
    [
      unlabelled,
      [
        [INJECT, 'In', 'true'],
        [REVISION, 'DoesNotExist'],
      ],
    ],
  ];
  const sparesSystem = atLeast(version, 16) !== false;
  const auto: Selectors = [
    [
      sparesSystem
        ? [...unlabelled, ['kubernetes.io/metadata.name', 'NotIn', ...SYSTEM_NAMESPACES]]
        : unlabelled,
      [
        [INJECT, 'DoesNotExist'],
        [REVISION, 'DoesNotExist'],
      ],
    ],
  ];
  // 1.9's empty revision did not answer to `istio.io/rev=default`.
  const named = atLeast(version, 10) === false ? [] : byRevision;
  return [...named, ...byDefault, ...(injectsByDefault ? auto : [])];
}

function labelSelector(expressions: readonly Expression[]): unknown {
  return {
    matchExpressions: expressions.map(([key, operator, ...values]) =>
      values.length === 0 ? { key, operator } : { key, operator, values },
    ),
  };
}
