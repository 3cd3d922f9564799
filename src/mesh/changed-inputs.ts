import type { Environment } from '../environments/environment.ts';
import type { Resource } from '../render/resource.ts';
import { isKnown } from '../yaml/placeholders.ts';
import type { Facet } from './facets.ts';
import { kindName, type KindName } from './kinds.ts';
import { mayRunIstio } from './installations/istio-images.ts';
import { isPlace } from './resource-index.ts';
import { makesPods } from './workloads.ts';

/** What differs between two states of an environment, by the names of what rules read: kinds, and facets of the mesh. */
export type ChangedInputs = ReadonlySet<KindName> | 'everything';

/**
 * Kinds whose content the mesh is not made from: rules look at their objects one by one. That such an object exists counts
 * all the same (EXISTENCE).
 */
const READ_BY_RULES_ALONE: ReadonlySet<KindName> = new Set([
  ...['VirtualService', 'DestinationRule', 'Gateway', 'Sidecar', 'EnvoyFilter', 'WasmPlugin', 'ProxyConfig'],
  ...['AuthorizationPolicy', 'PeerAuthentication', 'RequestAuthentication', 'Telemetry'],
  ...['HTTPRoute', 'GRPCRoute', 'TCPRoute', 'TLSRoute', 'ReferenceGrant'],
  ...['ServiceAccount', 'Role', 'RoleBinding', 'ClusterRole', 'ClusterRoleBinding'],
  ...['HorizontalPodAutoscaler', 'PodDisruptionBudget', 'CustomResourceDefinition'],
]);

/** Facets that are made from the content of a kind. A kind that is in neither list may decide anything. */
const MADE_FROM: ReadonlyMap<KindName, readonly Facet[]> = new Map<KindName, readonly Facet[]>([
  ['Namespace', ['namespaces', 'injection']],
  ['Service', ['services', 'hosts']],
  ['ServiceEntry', ['hosts', 'workloads']],
  ['WorkloadEntry', ['workloads']],
  ['WorkloadGroup', ['workloads']],
]);
const MADE_FROM_PODS: readonly Facet[] = ['workloads', 'injection'];

/** Facets that depend on which objects there are, whatever these say. */
const EXISTENCE: readonly Facet[] = ['namespaces', 'workloads', 'injection', 'hosts', 'absence'];

/** Facets that look at the other side of the change, too. */
const ACROSS: readonly Facet[] = ['workloads', 'hosts', 'absence'];

/** What differs between two sides even where nothing else does: it says what the change does. */
const OF_THE_CHANGE: readonly Facet[] = ['upgrades'];

/**
 * What rules may see otherwise in `after` than in `before`. Resources are compared as objects: what did not change is the
 * same object. Errs on the side of too much.
 */
export function changedInputs(before: Environment, after: Environment): ChangedInputs {
  const beside = changedBesideResources(before, after);
  const { gone, come, isOrdered } = differenceOf(before.resources, after.resources);
  if (beside === 'everything' || !isOrdered) return 'everything';
  const changed = new Set<KindName>(beside);
  for (const resource of [...gone, ...come]) {
    const facets = facetsOf(resource);
    if (facets === 'everything') return 'everything';
    for (const input of [kindName(resource.group, resource.kind), ...facets]) changed.add(input);
  }
  const isPlaced = gone.every(({ namespace, name }) => isPlace(namespace) && isKnown(name));
  if (!isPlaced || !isSame(gone.map(identityOf), come.map(identityOf))) {
    for (const facet of EXISTENCE) changed.add(facet);
  }
  return changed;
}

/** What an environment holds besides resources: a few lists, which are as good as never long. */
function changedBesideResources(before: Environment, after: Environment): readonly Facet[] | 'everything' {
  if (before.holdsAll !== after.holdsAll) return 'everything';
  for (const part of ['charts', 'opaque', 'scripts'] as const) {
    if (!isSame<unknown>(before[part], after[part])) return 'everything';
  }
  const problems = ({ problems = [] }: Environment) =>
    problems.flatMap(({ path, problem }) => [path, problem]);
  const twins = ({ twins = [] }: Environment) =>
    twins.flatMap(({ first, second, by }) => [first, second, by]);
  const builds = ({ builds = [] }: Environment) => [JSON.stringify(builds)];
  const changed: Facet[] = [];
  if (!isSame(problems(before), problems(after))) changed.push('problems');
  if (!isSame(twins(before), twins(after))) changed.push('twins');
  if (!isSame(builds(before), builds(after))) changed.push('builds');
  if (!isSame(before.patches, after.patches)) changed.push('patches');
  return changed;
}

/** What rules may see otherwise on the head of a change than on its base. */
export function changedAcross(base: Environment, head: Environment): ChangedInputs {
  const changed = changedInputs(base, head);
  return changed === 'everything' ? changed : new Set([...changed, ...OF_THE_CHANGE]);
}

/** The two sides of a change to one environment. */
export interface Sides {
  readonly base: Environment;
  readonly head: Environment;
}

/** What rules may see otherwise on the base of `now` than on that of `then`: each looks at its head, too. */
export function changedBetweenBases(then: Sides, now: Sides): ChangedInputs {
  const own = changedInputs(then.base, now.base);
  if (own === 'everything') return own;
  const across = [then, now].flatMap(({ base, head }) => {
    const changed = changedInputs(base, head);
    return ACROSS.filter((facet) => changed === 'everything' || changed.has(facet));
  });
  return new Set([...own, ...across]);
}

function facetsOf(resource: Resource): readonly Facet[] | 'everything' {
  const kind = kindName(resource.group, resource.kind);
  if (READ_BY_RULES_ALONE.has(kind)) return [];
  if (makesPods(resource)) return mayRunIstio(resource) ? 'everything' : MADE_FROM_PODS;
  // The Service of a revision tag.
  if (kind === 'Service' && resource.labels['istio.io/tag'] !== undefined) return 'everything';
  return MADE_FROM.get(kind) ?? 'everything';
}

/** Objects of one side that the other does not hold. */
interface Difference {
  readonly gone: readonly Resource[];
  readonly come: readonly Resource[];
  /** Whether what both hold stands in the same order. */
  readonly isOrdered: boolean;
}

/** Looks only at what stands between the beginning and the end that both sides share: of ten thousand objects, at a few. */
function differenceOf(before: readonly Resource[], after: readonly Resource[]): Difference {
  const most = Math.min(before.length, after.length);
  let start = 0;
  while (start < most && before[start] === after[start]) start += 1;
  let end = 0;
  while (end < most - start && before.at(-1 - end) === after.at(-1 - end)) end += 1;
  const [left, right] = [before, after].map((side) => side.slice(start, side.length - end)) as [
    Resource[],
    Resource[],
  ];
  const [ofLeft, ofRight] = [new Set(left), new Set(right)];
  return {
    gone: left.filter((resource) => !ofRight.has(resource)),
    come: right.filter((resource) => !ofLeft.has(resource)),
    isOrdered: isSame(
      left.filter((resource) => ofRight.has(resource)),
      right.filter((resource) => ofLeft.has(resource)),
    ),
  };
}

/** Where an object stands counts as well: deployers are judged by the folders that hold something. */
function identityOf({ group, kind, namespace, name, origin }: Resource): string {
  return JSON.stringify([kindName(group, kind), namespace, name, origin.file]);
}

function isSame<T>(before: readonly T[] = [], after: readonly T[] = []): boolean {
  return before.length === after.length && before.every((item, index) => item === after[index]);
}
