import { CLUSTER_STATE_GROUP } from '../mesh/kinds.ts';
import type { Resource } from '../render/resource.ts';
import { textAt } from '../untyped.ts';
import type { Unchecked } from '../vocabulary.ts';
import type { ApiServer } from './api-server.ts';
import { ClusterError } from './cluster-error.ts';
import type { ControlPlaneEntry } from './installed.ts';
import {
  CONFIG_MAPS,
  customKinds,
  DEFINITIONS,
  KUBERNETES_KINDS,
  NAMESPACES,
  objectPath,
  PODS,
  type ListedKind,
} from './kinds.ts';
import { liveResource, resourceIn } from './live-object.ts';
import { Observations } from './observations.ts';
import { permissionsToInstall } from './permissions.ts';
import { ownersAmong, PodLedger, type ProxyEntry } from './pods.ts';
import { Reading } from './reading.ts';
import { inParallel } from './tasks.ts';

/** Requests at once: what kubectl allows itself, and little for an API server. */
const AT_ONCE = 5;

/** What pods are made by, and pods that nothing makes. */
const POD_MAKERS = ['Deployment', 'StatefulSet', 'DaemonSet', 'Job', 'CronJob', 'Pod'];

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
  const state = new Observations();
  const wide = new Reading(api, undefined);
  if (!version.ok) wide.note('the version of Kubernetes', version.why);
  const kinds = await readWholeCluster(api, wide, state);
  const namespaces =
    namespace === undefined ? undefined : [...new Set([namespace, ...state.systemNamespaces])];
  await readOwnNamespaces(wide, namespaces ?? [], state);
  const reading = new Reading(api, namespaces);
  await readEach(reading, kinds, state);
  if (wide.lists + reading.lists === 0) throw nothingToRead(api);
  await readMeshConfigs(reading, state.controlPlanes);
  const pods = await readPods(reading, state);
  const permissions = await permissionsToInstall(api, state.systemNamespace);
  if (permissions.why !== undefined) reading.note('permissions to install Istio', permissions.why);
  const own = stateObject({
    kubernetes: version.ok ? textAt(version.body, 'gitVersion') : '',
    permissions: permissions.entries,
    controlPlanes: state.controlPlanes,
    webhooks: state.webhooks,
    definitions: state.definitions,
    proxies: pods.entries,
  });
  return {
    resources: [...wide.resources, ...reading.resources, ...pods.loose, ...own].sort(byPlace),
    unchecked: [...wide.unchecked, ...reading.unchecked],
    labelsByHand: state.labelsByHand,
    holdsAll: (kind, place) => {
      const isWhole = (one: string) => wide.holdsAll(one, place) || reading.holdsAll(one, place);
      return kind === 'Pod' ? POD_MAKERS.every(isWhole) : isWhole(kind);
    },
  };
}

/** What `ClusterState` holds; `mesh/cluster-state.ts` reads it. */
function stateObject(facts: Readonly<Record<string, unknown>>): Resource[] {
  const frame = {
    apiVersion: `${CLUSTER_STATE_GROUP}/v1`,
    kind: 'ClusterState',
    metadata: { name: 'cluster' },
  };
  const resource = resourceIn({ ...frame, ...facts }, 'live:state');
  return resource ? [resource] : [];
}

/** Everything without a namespace. Gives the kinds with one, which are still to be read. */
async function readWholeCluster(
  api: ApiServer,
  reading: Reading,
  state: Observations,
): Promise<readonly ListedKind[]> {
  const custom = await customKinds(api);
  for (const { group, why } of custom.untold) reading.note(`kinds of ${group}`, why);
  const kinds = [...KUBERNETES_KINDS, ...custom.kinds.filter(isRead)];
  await readEach(
    reading,
    kinds.filter(({ namespaced }) => !namespaced),
    state,
  );
  await inParallel(
    custom.kinds.map((kind) => () => readDefinition(reading, kind, state)),
    AT_ONCE,
  );
  return kinds.filter(({ namespaced }) => namespaced);
}

/** IstioOperators tell what was asked for; the Deployments beside them, what came of it. */
function isRead({ group }: ListedKind): boolean {
  return group !== 'install.istio.io';
}

function readEach(reading: Reading, kinds: readonly ListedKind[], state: Observations): Promise<void> {
  return inParallel(
    kinds.map((kind) => () => reading.list(kind, (object) => state.keep(object, kind))),
    AT_ONCE,
  );
}

/** An account with rights in a namespace may read that one's labels, and not the list of all. */
async function readOwnNamespaces(
  reading: Reading,
  names: readonly string[],
  state: Observations,
): Promise<void> {
  if (reading.holdsAll('Namespace', '')) return;
  for (const name of names) {
    const object = await reading.one(objectPath(NAMESPACES, '', name), `namespace ${name}`);
    const resource = object && state.keep(object, NAMESPACES);
    if (resource) reading.resources.push(resource);
  }
}

async function readDefinition(
  reading: Reading,
  { group, plural }: ListedKind,
  state: Observations,
): Promise<void> {
  const path = objectPath(DEFINITIONS, '', `${plural}.${group}`);
  const definition = await reading.one(path, 'customresourcedefinitions.apiextensions.k8s.io');
  const resource = definition && state.keep(definition, DEFINITIONS);
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

async function readPods(reading: Reading, state: Observations): Promise<Pods> {
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
