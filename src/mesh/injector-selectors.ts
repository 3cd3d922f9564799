import { atLeast } from '../facts/versions.ts';
import type { IstioVersion } from '../facts/versions.ts';
import type { ControlPlane } from './mesh.ts';

type Expression = readonly [key: string, operator: string, ...values: readonly string[]];

const INJECT = 'sidecar.istio.io/inject';
const REVISION = 'istio.io/rev';
const INJECTION = 'istio-injection';

/** Left out by enableNamespacesByDefault since 1.16. */
export const SYSTEM_NAMESPACES = ['kube-system', 'kube-public', 'kube-node-lease', 'local-path-storage'];

/** What of a control plane decides the selectors that its chart renders. */
export type SelectorOwner = Pick<
  ControlPlane,
  | 'revision'
  | 'version'
  | 'chartVersion'
  | 'injectsByDefault'
  | 'legacySelectors'
  | 'objectSelector'
  | 'namedDefault'
>;

/** Namespace and object selector of one webhook. */
export type SelectorPair = readonly [namespaceSelector: unknown, objectSelector: unknown];

/**
 * The selectors that the istiod chart of this version renders for a control plane, or for a tag on it (tags: 1.10 and
 * later). The chart decides, whatever image it is told to run.
 */
export function renderedSelectors(owner: SelectorOwner, tag: string | undefined): SelectorPair[] {
  const version = owner.chartVersion ?? owner.version;
  const selectors =
    tag === undefined && usesLegacySelectors(owner, version)
      ? legacySelectors(owner, version)
      : selectorsSince110(
          tag ?? owner.revision,
          tag === undefined && owner.namedDefault === true,
          owner,
          version,
        );
  return selectors.map(([namespace, object]) => [labelSelector(namespace), labelSelector(object)]);
}

/** Always before 1.9; unless switched off in 1.9; when switched on in 1.10; never since. */
function usesLegacySelectors({ legacySelectors }: SelectorOwner, version: IstioVersion | undefined): boolean {
  if (atLeast(version, 9) === false) return true;
  if (atLeast(version, 10) === false) return legacySelectors ?? true;
  return atLeast(version, 11) === false && legacySelectors === true;
}

type Selectors = readonly (readonly [namespace: readonly Expression[], object: readonly Expression[]])[];

/** One entry, chosen by values. Pods have a say by label since 1.9, before only where the values give them one. */
function legacySelectors(
  { revision, injectsByDefault, objectSelector }: SelectorOwner,
  version: IstioVersion | undefined,
): Selectors {
  const mode = objectSelector ?? (atLeast(version, 9) === true ? 'opt-out' : 'none');
  const object = OBJECT_SELECTORS[mode];
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

const OBJECT_SELECTORS: Readonly<Record<NonNullable<ControlPlane['objectSelector']>, readonly Expression[]>> =
  {
    none: [],
    'opt-out': [[INJECT, 'NotIn', 'false']],
    'opt-in': [[INJECT, 'In', 'true']],
  };

/** `rev.*` for every name, `namespace.`, `object.` and perhaps `auto.` for the default one (1.10; SYSTEM4 from 1.16). */
function selectorsSince110(
  name: string,
  namedDefault: boolean,
  { injectsByDefault }: SelectorOwner,
  version: IstioVersion | undefined,
): Selectors {
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
  if (name !== 'default' || namedDefault) return byRevision;
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
