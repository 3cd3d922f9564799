import { CLUSTER_STATE_GROUP } from '../mesh/kinds.ts';
import type { Resource } from '../render/resource.ts';
import { listAt, textAt, type Fields } from '../untyped.ts';
import type { Unchecked } from '../vocabulary.ts';
import type { ApiServer } from './api-server.ts';
import { ClusterError } from './cluster-error.ts';
import {
  controlPlaneEntry,
  definitionEntry,
  isIstioWebhook,
  webhookEntry,
  withoutCa,
  type ControlPlaneEntry,
  type DefinitionEntry,
  type WebhookEntry,
} from './installed.ts';
import {
  CONFIG_MAPS,
  customKinds,
  DEFINITIONS,
  KUBERNETES_KINDS,
  objectPath,
  PODS,
  type ListedKind,
} from './kinds.ts';
import { labelsSetByHand, liveResource, resourceIn } from './live-object.ts';
import { permissionsToInstall } from './permissions.ts';
import { controllerOf, ownersAmong, PodLedger, type ProxyEntry } from './pods.ts';
import { Reading } from './reading.ts';
import { inParallel } from './tasks.ts';

/** Requests at once: what kubectl allows itself, and little for an API server. */
const AT_ONCE = 5;

/** What pods are made by, and pods that nothing makes. */
const POD_MAKERS = ['Deployment', 'StatefulSet', 'DaemonSet', 'Job', 'CronJob', 'Pod'];

const SYSTEM_NAMESPACE = 'istio-system';

/** What was read of a live cluster. */
export interface Inventory {
  /** Its objects, and `ClusterState` with what is no object. */
  readonly resources: readonly Resource[];
  /** What could not be read, and why. */
  readonly unchecked: readonly Unchecked[];
  /** Labels of each namespace that stay whatever manifest is applied to it. */
  readonly labelsByHand: ReadonlyMap<string, Readonly<Record<string, string>>>;
  /** Were all objects of a kind in a namespace read? */
  holdsAll(kind: string, namespace: string): boolean;
}

/**
 * Reads a cluster: with `namespace` only that one and those of the control planes.
 * @throws ClusterError when it cannot be reached, or the account may list nothing.
 */
export async function readCluster(api: ApiServer, namespace?: string): Promise<Inventory> {
  const version = await api.get('/version');
  const state = new StateOfCluster();
  const wide = new Reading(api, undefined);
  if (!version.ok) wide.note('the version of Kubernetes', version.why);
  const custom = await customKinds(api);
  for (const { group, why } of custom.untold) wide.note(`kinds of ${group}`, why);
  const kinds = [...KUBERNETES_KINDS, ...custom.kinds.filter(isRead)];
  await readEach(
    wide,
    kinds.filter(({ namespaced }) => !namespaced),
    state,
  );
  await inParallel(
    custom.kinds.map((kind) => () => readDefinition(wide, kind, state)),
    AT_ONCE,
  );

  const namespaces =
    namespace === undefined ? undefined : [...new Set([namespace, ...state.systemNamespaces])];
  const reading = new Reading(api, namespaces);
  await readEach(
    reading,
    kinds.filter(({ namespaced }) => namespaced),
    state,
  );
  if (wide.lists + reading.lists === 0) throw nothingToRead(api);
  await readMeshConfigs(reading, state.controlPlanes);
  const pods = await readPods(reading, state);
  const permissions = await permissionsToInstall(api, state.systemNamespaces[0] ?? SYSTEM_NAMESPACE);
  if (permissions.why !== undefined) reading.note('permissions to install Istio', permissions.why);

  const body = {
    apiVersion: `${CLUSTER_STATE_GROUP}/v1`,
    kind: 'ClusterState',
    metadata: { name: 'cluster' },
    kubernetes: version.ok ? textAt(version.body, 'gitVersion') : '',
    permissions: permissions.entries,
    controlPlanes: state.controlPlanes,
    webhooks: state.webhooks,
    definitions: state.definitions.toSorted((a, b) => (a.name < b.name ? -1 : 1)),
    proxies: pods.entries,
  };
  const own = resourceIn(body, 'live:state');
  return {
    resources: [...wide.resources, ...reading.resources, ...pods.loose, ...(own ? [own] : [])].sort(byPlace),
    unchecked: [...wide.unchecked, ...reading.unchecked],
    labelsByHand: state.labelsByHand,
    holdsAll: (kind, place) => {
      const isWhole = (one: string) => wide.holdsAll(one, place) || reading.holdsAll(one, place);
      return kind === 'Pod' ? POD_MAKERS.every(isWhole) : isWhole(kind);
    },
  };
}

/** What is learnt of Istio and its workloads while objects go by. */
class StateOfCluster {
  readonly #controlPlanes = new Map<string, ControlPlaneEntry>();
  readonly #webhooks = new Map<string, WebhookEntry>();
  readonly definitions: DefinitionEntry[] = [];
  readonly labelsByHand = new Map<string, Readonly<Record<string, string>>>();
  readonly #cronJobs = new Map<string, string>();
  readonly #webhookNamespaces = new Set<string>();

  get controlPlanes(): readonly ControlPlaneEntry[] {
    return inOrder(this.#controlPlanes);
  }

  get webhooks(): readonly WebhookEntry[] {
    return inOrder(this.#webhooks);
  }

  /** Where control planes run, as far as their webhooks and Deployments tell. */
  get systemNamespaces(): readonly string[] {
    const found = new Set([
      ...this.#webhookNamespaces,
      ...this.controlPlanes.map((plane) => plane.namespace),
    ]);
    return found.size > 0 ? [...found].sort() : [SYSTEM_NAMESPACE];
  }

  cronJobOf(namespace: string, job: string): string | undefined {
    return this.#cronJobs.get(`${namespace}/${job}`);
  }

  /** Takes note of an object, and says what of it is kept. */
  keep(object: Fields, kind: ListedKind): Resource | undefined {
    switch (kind.kind) {
      case 'Namespace':
        this.labelsByHand.set(textAt(object, 'metadata', 'name'), labelsSetByHand(object));
        return liveResource(object, kind);
      case 'Deployment':
        return this.#deployment(object, kind);
      case 'Job':
        return this.#job(object, kind);
      case 'MutatingWebhookConfiguration':
      case 'ValidatingWebhookConfiguration':
        return this.#webhook(object, kind);
      case 'DaemonSet':
      case 'IstioRevision':
        // What the Sail operator makes of its own objects would count twice.
        return isOfSail(object) ? undefined : liveResource(object, kind);
      default:
        return liveResource(object, kind);
    }
  }

  #deployment(object: Fields, kind: ListedKind): Resource | undefined {
    const entry = controlPlaneEntry(object);
    if (entry) this.#controlPlanes.set(`${entry.namespace}/${entry.name}`, entry);
    const resource = liveResource(object, kind);
    if (!resource || !isOfSail(object)) return resource;
    return resourceIn(resource.body, resource.digest, ['helm charts of the Sail operator']);
  }

  /** A Job that has ended runs no more; one of a CronJob is only its latest run. */
  #job(object: Fields, kind: ListedKind): Resource | undefined {
    const controller = controllerOf(object);
    if (controller?.kind === 'CronJob') {
      const place = `${textAt(object, 'metadata', 'namespace')}/${textAt(object, 'metadata', 'name')}`;
      this.#cronJobs.set(place, controller.name);
      return undefined;
    }
    const ended = listAt(object, 'status', 'conditions').some(
      (condition) =>
        ['Complete', 'Failed'].includes(textAt(condition, 'type')) && textAt(condition, 'status') === 'True',
    );
    return ended ? undefined : liveResource(object, kind);
  }

  #webhook(object: Fields, kind: ListedKind): Resource | undefined {
    if (!isIstioWebhook(object)) return undefined;
    const entry = webhookEntry(object, kind.kind);
    this.#webhooks.set(`${entry.kind}/${entry.name}`, entry);
    for (const webhook of listAt(object, 'webhooks')) {
      const namespace = textAt(webhook, 'clientConfig', 'service', 'namespace');
      if (namespace !== '') this.#webhookNamespaces.add(namespace);
    }
    return liveResource(withoutCa(object), kind);
  }
}

function inOrder<T>(entries: ReadonlyMap<string, T>): readonly T[] {
  return [...entries].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, entry]) => entry);
}

/** IstioOperators tell what was asked for; the Deployments beside them, what came of it. */
function isRead({ group }: ListedKind): boolean {
  return group !== 'install.istio.io';
}

function isOfSail(object: Fields): boolean {
  return listAt(object, 'metadata', 'ownerReferences').some((owner) =>
    textAt(owner, 'apiVersion').startsWith('sailoperator.io/'),
  );
}

function readEach(reading: Reading, kinds: readonly ListedKind[], state: StateOfCluster): Promise<void> {
  return inParallel(
    kinds.map((kind) => () => reading.list(kind, (object) => state.keep(object, kind))),
    AT_ONCE,
  );
}

async function readDefinition(
  reading: Reading,
  { group, plural }: ListedKind,
  state: StateOfCluster,
): Promise<void> {
  const path = objectPath(DEFINITIONS, '', `${plural}.${group}`);
  const definition = await reading.one(path, 'customresourcedefinitions.apiextensions.k8s.io');
  if (!definition) return;
  state.definitions.push(definitionEntry(definition));
  const resource = liveResource({ metadata: definition['metadata'] }, DEFINITIONS);
  if (resource) reading.resources.push(resource);
}

/** The mesh config, the injector's templates and the values of each control plane; ConfigMaps of others are not read. */
async function readMeshConfigs(reading: Reading, planes: readonly ControlPlaneEntry[]): Promise<void> {
  for (const { namespace, revision } of planes) {
    const suffix = revision === 'default' ? '' : `-${revision}`;
    for (const name of [`istio${suffix}`, `istio-sidecar-injector${suffix}`, `values${suffix}`]) {
      const path = objectPath(CONFIG_MAPS, namespace, name);
      const object = await reading.one(path, `configmaps of namespace ${namespace}`);
      const resource = object && liveResource(object, CONFIG_MAPS);
      if (resource) reading.resources.push(resource);
    }
  }
}

interface Pods {
  readonly entries: readonly ProxyEntry[];
  readonly loose: readonly Resource[];
}

async function readPods(reading: Reading, state: StateOfCluster): Promise<Pods> {
  const ownerOf = ownersAmong(reading.resources, (namespace, job) => state.cronJobOf(namespace, job));
  const ledgers: PodLedger[] = [];
  for (const place of reading.placesOf(PODS)) {
    const ledger = new PodLedger(ownerOf);
    await reading.each(PODS, place, { take: (pod) => ledger.add(pod), clear: () => ledger.clear() });
    ledgers.push(ledger);
  }
  const silent = ledgers.reduce((sum, ledger) => sum + ledger.silent, 0);
  if (silent > 0) reading.note('whose proxies pods have', 'they do not say their revision', silent);
  return {
    entries: ledgers.flatMap(({ entries }) => entries),
    loose: ledgers.flatMap(({ loose }) => loose),
  };
}

function nothingToRead(api: ApiServer): ClusterError {
  return new ClusterError(
    'unreachable',
    `The account may list nothing on the API server ${api.host}.`,
    'docs/precheck.md has the ClusterRole it needs; --namespace asks for less.',
  );
}

function byPlace(a: Resource, b: Resource): number {
  return a.origin.file < b.origin.file ? -1 : Number(a.origin.file > b.origin.file);
}
