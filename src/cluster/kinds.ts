import { listAt, textAt, textsAt } from '../untyped.ts';
import type { ApiServer } from './api-server.ts';

/** A kind as the API server lists it. */
export interface ListedKind {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  readonly plural: string;
  readonly namespaced: boolean;
}

export const NAMESPACES = kind('', 'v1', 'Namespace', 'namespaces', false);

/** Kubernetes' own kinds that are read; their versions are served by every release Istio runs on. */
export const KUBERNETES_KINDS: readonly ListedKind[] = [
  NAMESPACES,
  kind('', 'v1', 'Service', 'services'),
  kind('apps', 'v1', 'Deployment', 'deployments'),
  kind('apps', 'v1', 'StatefulSet', 'statefulsets'),
  kind('apps', 'v1', 'DaemonSet', 'daemonsets'),
  kind('batch', 'v1', 'Job', 'jobs'),
  kind('batch', 'v1', 'CronJob', 'cronjobs'),
  kind(
    'admissionregistration.k8s.io',
    'v1',
    'MutatingWebhookConfiguration',
    'mutatingwebhookconfigurations',
    false,
  ),
  kind(
    'admissionregistration.k8s.io',
    'v1',
    'ValidatingWebhookConfiguration',
    'validatingwebhookconfigurations',
    false,
  ),
];

/** Pods are read last and kept as counts: only those that nothing listed makes stay objects. */
export const PODS = kind('', 'v1', 'Pod', 'pods');

/** Read one by one, by their names: the list of all would be megabytes of other people's schemas. */
export const DEFINITIONS = kind(
  'apiextensions.k8s.io',
  'v1',
  'CustomResourceDefinition',
  'customresourcedefinitions',
  false,
);

/** Read by name, of control planes only. */
export const CONFIG_MAPS = kind('', 'v1', 'ConfigMap', 'configmaps');

/** Groups whose every kind is read, in the version the API server prefers. */
const CUSTOM_GROUPS = [
  'networking.istio.io',
  'security.istio.io',
  'telemetry.istio.io',
  'extensions.istio.io',
  'install.istio.io',
  'gateway.networking.k8s.io',
  'sailoperator.io',
];

/** What the API server has of the groups above. */
export interface Discovered {
  readonly kinds: readonly ListedKind[];
  /** Groups it has, and would not tell the kinds of; why. */
  readonly untold: readonly { readonly group: string; readonly why: string }[];
}

/** A kind is read once, in the first version that serves it: another one shows the same objects. */
export async function customKinds(api: ApiServer): Promise<Discovered> {
  const groups = await api.get('/apis');
  if (!groups.ok) return { kinds: [], untold: CUSTOM_GROUPS.map((group) => ({ group, why: groups.why })) };
  const kinds: ListedKind[] = [];
  const untold: { group: string; why: string }[] = [];
  for (const entry of listAt(groups.body, 'groups')) {
    const group = textAt(entry, 'name');
    if (!CUSTOM_GROUPS.includes(group)) continue;
    const preferred = textAt(entry, 'preferredVersion', 'version');
    const versions = listAt(entry, 'versions').map((version) => textAt(version, 'version'));
    const seen = new Set<string>();
    for (const version of new Set([preferred, ...versions])) {
      if (!/^v\d[a-z0-9]*$/.test(version)) continue;
      const answer = await api.get(`/apis/${group}/${version}`);
      if (!answer.ok) untold.push({ group, why: answer.why });
      else kinds.push(...kindsIn(answer.body, group, version).filter(({ kind }) => !seen.has(kind)));
      for (const { kind } of kinds) seen.add(kind);
    }
  }
  return { kinds, untold };
}

function kindsIn(body: unknown, group: string, version: string): ListedKind[] {
  return listAt(body, 'resources').flatMap((entry) => {
    const plural = textAt(entry, 'name');
    const isListed = /^[a-z0-9]+$/.test(plural) && textsAt(entry, 'verbs').includes('list');
    const namespaced = (entry as { namespaced?: unknown }).namespaced === true;
    return isListed ? [kind(group, version, textAt(entry, 'kind'), plural, namespaced)] : [];
  });
}

/** Where one object is read. */
export function objectPath(kind: ListedKind, namespace: string, name: string): string {
  return `${listPath(kind, namespace)}/${encodeURIComponent(name)}`;
}

/** @param namespace lists only there; kinds of the whole cluster ignore it. */
export function listPath({ group, version, plural, namespaced }: ListedKind, namespace?: string): string {
  const root = group === '' ? `/api/${version}` : `/apis/${group}/${version}`;
  return namespaced && namespace !== undefined
    ? `${root}/namespaces/${encodeURIComponent(namespace)}/${plural}`
    : `${root}/${plural}`;
}

function kind(group: string, version: string, name: string, plural: string, namespaced = true): ListedKind {
  return { group, version, kind: name, plural, namespaced };
}
