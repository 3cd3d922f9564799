import { listAt, textAt } from '../mesh/fields.ts';
import type { Mesh, Workload } from '../mesh/mesh.ts';
import type { Delivery } from './delivery.ts';
import { isObjectName, sh } from './shell.ts';
import type { Follower } from './followers.ts';

const ROLLING: ReadonlyMap<string, string> = new Map([
  ['Deployment', 'deployment'],
  ['StatefulSet', 'statefulset'],
  ['DaemonSet', 'daemonset'],
]);

/** What is to be restarted, and what a person must see to. */
export interface Restarts {
  readonly run: readonly string[];
  readonly notes: readonly string[];
}

/** Restarts what followers run, by name where the repository names it, so that nothing else is restarted needlessly. */
export function restartsOf(mesh: Mesh, delivery: Delivery, followers: readonly Follower[]): Restarts {
  const namespaces = [...new Set(followers.map(({ namespace }) => namespace))].sort();
  const each = namespaces.map((namespace) => {
    const whole = followers.some((one) => one.kind === 'namespace' && one.namespace === namespace);
    const own = followers.flatMap((one) =>
      one.namespace === namespace && one.workload ? [one.workload] : [],
    );
    const workloads = whole ? injectedIn(mesh, namespace) : own;
    return restartsIn(namespace, workloads, delivery, whole);
  });
  return { run: each.flatMap(({ run }) => run), notes: each.flatMap(({ notes }) => notes) };
}

/** Workloads of a namespace that get a sidecar, or may. */
export function injectedIn(mesh: Mesh, namespace: string): Workload[] {
  return mesh.workloads.filter(
    (workload) => workload.namespace === namespace && mesh.injectionOf(workload).injected !== 'no',
  );
}

function restartsIn(
  namespace: string,
  workloads: readonly Workload[],
  { by }: Delivery,
  whole: boolean,
): Restarts {
  if (!isObjectName(namespace)) return { run: [], notes: [] };
  const named = workloads.filter(({ name }) => isObjectName(name));
  const rolling = named.flatMap(({ kind, name }) =>
    ROLLING.has(kind) ? [`${ROLLING.get(kind)}/${name}`] : [],
  );
  const rollouts = named.filter(({ kind }) => kind === 'Rollout').map(({ name }) => name);
  // Nothing of it is written here: whatever runs there is restarted.
  const targets =
    rolling.length > 0 || rollouts.length > 0 || !whole || workloads.length > 0 ? rolling : EVERYTHING;
  const restart = [...new Set(targets)].sort();
  const flag = by === 'flux' ? ' --field-manager=flux-client-side-apply' : '';
  return {
    run: [
      ...(restart.length > 0 ? [`${sh`kubectl rollout restart ${restart} -n ${namespace}`}${flag}`] : []),
      ...rollouts.sort().map((name) => sh`kubectl argo rollouts restart ${name} -n ${namespace}`),
      ...restart
        .filter((one) => one.includes('/'))
        .map((one) => sh`kubectl rollout status ${one} -n ${namespace} --timeout=10m`),
    ],
    notes: named.flatMap((workload) => note(workload) ?? []),
  };
}

const EVERYTHING: readonly string[] = ['deployment,statefulset,daemonset'];

function note({ kind, namespace, name, resource }: Workload): string | undefined {
  const what = `${kind} ${namespace}/${name}`;
  if (kind === 'Job') return `${what} keeps its proxy until it is done: let it finish.`;
  if (kind === 'CronJob') return `${what} takes the new proxy at its next run.`;
  if (kind === 'Pod') return `${what} belongs to no controller: create it again by hand.`;
  const strategy = textAt(resource.body, 'spec', 'updateStrategy', 'type');
  if (strategy === 'OnDelete')
    return `${what} is updated only when its pods are deleted: delete them one by one.`;
  return undefined;
}

/** A namespace's share of trouble when it is restarted, with the reasons. More is riskier. */
export function riskOf(
  mesh: Mesh,
  namespace: string,
): { readonly points: number; readonly reasons: readonly string[] } {
  const workloads = injectedIn(mesh, namespace);
  const reasons: [number, string][] = [];
  if (/(?:^|[-.])(?:canary|sandbox|sample|demo|test|dev|qa|staging)(?:[-.]|$)/.test(namespace))
    reasons.push([-20, 'a name of no production']);
  if (/(?:^|[-.])(?:prod|production|live)(?:[-.]|$)/.test(namespace)) reasons.push([10, 'a production name']);
  if (/^(?:istio-|kube-|cert-manager|monitoring|auth)/.test(namespace))
    reasons.push([15, 'others depend on it']);
  if (workloads.some(({ kind }) => kind === 'StatefulSet')) reasons.push([8, 'it holds a StatefulSet']);
  if (workloads.some(isSingle)) reasons.push([3, 'it holds a workload of one replica']);
  if (filtersIn(mesh, namespace)) reasons.push([6, 'it holds an EnvoyFilter']);
  const count = workloads.length;
  return {
    points: reasons.reduce((sum, [points]) => sum + points, Math.min(count, 50)),
    reasons: [
      count === 0 ? 'its workloads are not written here' : `${count} workload${count === 1 ? '' : 's'}`,
      ...reasons.map(([, reason]) => reason),
    ],
  };
}

function isSingle({ kind, resource }: Workload): boolean {
  const spec = resource.body['spec'];
  const replicas =
    typeof spec === 'object' && spec !== null ? (spec as Record<string, unknown>)['replicas'] : 1;
  return (kind === 'Deployment' || kind === 'StatefulSet') && (replicas === undefined || replicas === 1);
}

function filtersIn(mesh: Mesh, namespace: string): boolean {
  return mesh
    .resources('EnvoyFilter')
    .some(
      (filter) => filter.namespace === namespace && listAt(filter.body, 'spec', 'configPatches').length > 0,
    );
}
