import { parseImage } from '../mesh/installations/image-reference.ts';
import type { Resource } from '../render/resource.ts';
import { asList, fieldAt, listAt, mappingAt, textAt, textMapAt, textsAt, type Fields } from '../untyped.ts';
import { PODS } from './kinds.ts';
import { liveResource } from './live-object.ts';

const STATUS = 'sidecar.istio.io/status';

/** Labels that the injector puts on a pod. */
const INJECTED_LABELS = new Set([
  'istio.io/rev',
  'security.istio.io/tlsMode',
  'service.istio.io/canonical-name',
  'service.istio.io/canonical-revision',
]);

/** Running pods of one workload with the same proxy, as `ClusterState` holds them. */
export interface ProxyEntry {
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  readonly revision: string;
  readonly version: string;
  readonly injected: boolean;
  readonly pods: number;
}

/** Which workload a pod belongs to; `undefined` when nothing that was listed makes it. */
export type OwnerOf = (pod: Fields) => { readonly kind: string; readonly name: string } | undefined;

/** Counts pods by workload and proxy, and keeps one of those that nothing listed makes. */
export class PodLedger {
  readonly #ownerOf: OwnerOf;
  #entries = new Map<string, ProxyEntry>();
  #loose = new Map<string, Resource>();
  #silent = 0;

  constructor(ownerOf: OwnerOf) {
    this.#ownerOf = ownerOf;
  }

  /** Forgets everything: the list starts anew. */
  clear(): void {
    this.#entries = new Map();
    this.#loose = new Map();
    this.#silent = 0;
  }

  add(pod: Fields): void {
    if (!isRunning(pod)) return;
    const owner = this.#ownerOf(pod) ?? this.#keep(pod);
    const proxy = owner && proxyOf(pod);
    if (!owner || !proxy) return;
    if (proxy === 'silent') {
      this.#silent += 1;
      return;
    }
    const entry = {
      kind: owner.kind,
      namespace: textAt(pod, 'metadata', 'namespace'),
      name: owner.name,
      ...proxy,
    };
    const key = JSON.stringify(entry);
    this.#entries.set(key, { ...entry, pods: (this.#entries.get(key)?.pods ?? 0) + 1 });
  }

  /** In the order of namespaces, kinds and names. */
  get entries(): ProxyEntry[] {
    const place = ({ namespace, kind, name, revision, version }: ProxyEntry) =>
      [namespace, kind, name, revision, version].join('\0');
    return [...this.#entries.values()].sort((a, b) => (place(a) < place(b) ? -1 : 1));
  }

  /** Pods that no workload stands for: bare ones, and one of each set that an operator makes. */
  get loose(): readonly Resource[] {
    return [...this.#loose.values()];
  }

  /** Pods with a proxy that does not say whose it is. */
  get silent(): number {
    return this.#silent;
  }

  #keep(pod: Fields): { kind: string; name: string } | undefined {
    const controller = controllerOf(pod);
    const namespace = textAt(pod, 'metadata', 'namespace');
    const key = controller
      ? `${namespace}/${controller.kind}/${withoutHash(controller.name, pod)}`
      : JSON.stringify([namespace, textAt(pod, 'metadata', 'name')]);
    const known = this.#loose.get(key) ?? liveResource(withoutInjection(pod), PODS);
    if (!known) return undefined;
    this.#loose.set(key, known);
    return { kind: 'Pod', name: known.name };
  }
}

/** The workloads that were listed, as owners of pods. */
export function ownersAmong(
  resources: readonly Resource[],
  cronJobOf: (namespace: string, job: string) => string | undefined,
): OwnerOf {
  const known = new Set(resources.map(({ kind, namespace, name }) => `${kind} ${namespace}/${name}`));
  return (pod) => {
    const controller = controllerOf(pod);
    if (!controller) return undefined;
    const namespace = textAt(pod, 'metadata', 'namespace');
    const cronJob = controller.kind === 'Job' ? cronJobOf(namespace, controller.name) : undefined;
    const owner =
      controller.kind === 'ReplicaSet'
        ? { kind: 'Deployment', name: withoutHash(controller.name, pod) }
        : cronJob === undefined
          ? controller
          : { kind: 'CronJob', name: cronJob };
    return known.has(`${owner.kind} ${namespace}/${owner.name}`) ? owner : undefined;
  };
}

export function controllerOf(object: Fields): { kind: string; name: string } | undefined {
  const owner = listAt(object, 'metadata', 'ownerReferences').find(
    (reference) => fieldAt(reference, 'controller') === true,
  );
  return owner === undefined ? undefined : { kind: textAt(owner, 'kind'), name: textAt(owner, 'name') };
}

/** A Deployment names its ReplicaSets after itself and the hash that their pods carry. */
function withoutHash(name: string, pod: Fields): string {
  const hash = textAt(pod, 'metadata', 'labels', 'pod-template-hash');
  return hash !== '' && name.endsWith(`-${hash}`) ? name.slice(0, -hash.length - 1) : name;
}

function isRunning(pod: Fields): boolean {
  const phase = textAt(pod, 'status', 'phase');
  const leaving = textAt(pod, 'metadata', 'deletionTimestamp') !== '';
  return !leaving && phase !== 'Succeeded' && phase !== 'Failed';
}

type Proxy = Pick<ProxyEntry, 'revision' | 'version' | 'injected'>;

/** The injector writes its revision into the status (1.11 and later) and a label; generated gateways have the label. */
function proxyOf(pod: Fields): Proxy | 'silent' {
  const container = containersOf(pod).find((one) => textAt(one, 'name') === 'istio-proxy');
  const image = parseImage(textAt(container, 'image'));
  // ztunnel's container has the same name, and is nobody's sidecar.
  if (container === undefined || image.name === 'ztunnel')
    return { revision: '', version: '', injected: false };
  const metadata = mappingAt(pod, 'metadata');
  const status = injectionStatus(pod);
  const revision =
    textAt(status, 'revision') ||
    (textMapAt(metadata, 'labels')['istio.io/rev'] ??
      textMapAt(metadata, 'annotations')['istio.io/rev'] ??
      '');
  if (revision === '') return 'silent';
  return { revision, version: image.tag, injected: status !== undefined };
}

function containersOf(pod: Fields): readonly unknown[] {
  return [...listAt(pod, 'spec', 'containers'), ...listAt(pod, 'spec', 'initContainers')];
}

/** What the injector wrote about its work; `undefined` for a pod it did not touch. */
function injectionStatus(pod: Fields): unknown {
  const text = textAt(pod, 'metadata', 'annotations', STATUS);
  if (text === '') return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return {};
  }
}

/** The pod as it was before the injector saw it, as far as its own status tells. */
function withoutInjection(pod: Fields): Fields {
  const status = injectionStatus(pod);
  if (status === undefined) return pod;
  const added = new Set([...textsAt(status, 'containers'), ...textsAt(status, 'initContainers')]);
  const own = (field: string) =>
    listAt(pod, 'spec', field).filter((container) => !added.has(textAt(container, 'name')));
  const metadata = mappingAt(pod, 'metadata');
  const labels = Object.entries(mappingAt(metadata, 'labels')).filter(([key]) => !INJECTED_LABELS.has(key));
  const annotations = Object.entries(mappingAt(metadata, 'annotations')).filter(([key]) => key !== STATUS);
  return {
    ...pod,
    metadata: {
      ...metadata,
      labels: Object.fromEntries(labels),
      annotations: Object.fromEntries(annotations),
    },
    spec: {
      ...mappingAt(pod, 'spec'),
      containers: own('containers'),
      initContainers: asList(own('initContainers')),
    },
  };
}
