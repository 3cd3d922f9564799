import type { Location, Path } from '../vocabulary.ts';
import { textMapAt } from '../untyped.ts';
import type { NamespaceModel } from './mesh.ts';

/** The label that decides whom a pod asks for a sidecar. */
export interface DecidingLabel {
  readonly on: 'namespace' | 'pod';
  readonly key: string;
  readonly value: string;
  /** The name it asks for: `default`, a revision or a tag; `undefined`: it says no. */
  readonly asksFor: string | undefined;
}

type Labels = Readonly<Record<string, string>>;

const INJECTION = 'istio-injection';
const REVISION = 'istio.io/rev';
const INJECT = 'sidecar.istio.io/inject';

/**
 * Which label decides, by the precedence that the charts' selectors amount to (1.10 and later): the namespace before the
 * pod, `istio-injection` before `istio.io/rev`; a label that is there closes what comes after it. `undefined`: none does.
 */
export function decidingLabel(namespace: Labels, pod: Labels): DecidingLabel | undefined {
  const injection = own(namespace, INJECTION);
  if (injection !== undefined) {
    const asksFor = injection === 'enabled' ? 'default' : undefined;
    return { on: 'namespace', key: INJECTION, value: injection, asksFor };
  }
  const revision = own(namespace, REVISION);
  if (revision !== undefined) return { on: 'namespace', key: REVISION, value: revision, asksFor: revision };
  const podRevision = own(pod, REVISION);
  if (podRevision !== undefined) {
    return { on: 'pod', key: REVISION, value: podRevision, asksFor: podRevision };
  }
  const wish = own(pod, INJECT);
  if (wish === undefined) return undefined;
  return { on: 'pod', key: INJECT, value: wish, asksFor: wish === 'true' ? 'default' : undefined };
}

/** `namespace label istio.io/rev=prod`. */
export function labelText({ on, key, value }: DecidingLabel): string {
  return `${on} label ${key}=${value}`;
}

/**
 * Where a namespace's label is written: in its manifest, or with what keeps it there. For one that is not there, the labels it
 * would be among.
 */
export function namespaceLabelAt(
  { resource, managedBy }: Pick<NamespaceModel, 'resource' | 'managedBy'>,
  key: string,
  part: 'key' | 'value' = 'key',
): Location | undefined {
  const isManaged = managedBy && Object.hasOwn(textMapAt(managedBy.body, ...MANAGED), key);
  if (managedBy && (isManaged || !resource)) return managedBy.origin.at([...MANAGED, key], part);
  return resource?.origin.at(namespaceLabelPath(key), part);
}

/** Where an Argo CD Application writes labels of its namespace. */
export const MANAGED = ['spec', 'syncPolicy', 'managedNamespaceMetadata', 'labels'] as const;

/** Where a label stands in a Namespace's body. */
export function namespaceLabelPath(key: string): Path {
  return ['metadata', 'labels', key];
}

function own(labels: Labels, key: string): string | undefined {
  return Object.hasOwn(labels, key) ? labels[key] : undefined;
}
