import { listAt, textAt } from '../untyped.ts';
import type { Mesh, Workload } from '../mesh/mesh.ts';
import type { Delivery } from './delivery.ts';
import { isObjectName, sh } from './shell.ts';
import { isControlPlanePod, type Follower } from './followers.ts';

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

/** Restarts what followers run, in their order, and by name where the repository names it: nothing else needs it. */
export function restartsOf(mesh: Mesh, delivery: Delivery, followers: readonly Follower[]): Restarts {
  const namespaces = [...new Set(followers.map(({ namespace }) => namespace))];
  const each = namespaces.map((namespace) => {
    const whole = followers.some((one) => one.kind === 'namespace' && one.namespace === namespace);
    const own = followers.flatMap((one) =>
      one.namespace === namespace && one.workload ? [one.workload] : [],
    );
    const workloads = whole ? injectedIn(mesh, namespace) : own;
    const gateways = followers.flatMap((one) =>
      one.component && one.namespace === namespace && isObjectName(one.name)
        ? [`deployment/${one.name}`]
        : [],
    );
    const isSystem = mesh.controlPlanes.some((plane) => plane.namespace === namespace);
    return restartsIn({ namespace, workloads, gateways, whole, isSystem }, delivery);
  });
  return { run: each.flatMap(({ run }) => run), notes: each.flatMap(({ notes }) => notes) };
}

/** Workloads of a namespace that get a sidecar, or may. A control plane never asks for one. */
export function injectedIn(mesh: Mesh, namespace: string): Workload[] {
  return mesh.workloads.filter(
    (workload) =>
      workload.namespace === namespace && !isControlPlanePod(workload) && isOrWasInjected(mesh, workload),
  );
}

/** One that asks for a name which is gone by now had its sidecar from there. */
function isOrWasInjected(mesh: Mesh, workload: Workload): boolean {
  const { injected, dangling } = mesh.injectionOf(workload);
  return injected !== 'no' || dangling !== undefined;
}

interface Lot {
  readonly namespace: string;
  readonly workloads: readonly Workload[];
  /** Deployments that charts make. */
  readonly gateways: readonly string[];
  /** The namespace moves, not only some of its pods. */
  readonly whole: boolean;
  /** istiod, the CNI plugin and ztunnel are there as well. */
  readonly isSystem: boolean;
}

function restartsIn({ namespace, workloads, gateways, whole, isSystem }: Lot, { by }: Delivery): Restarts {
  if (!isObjectName(namespace)) {
    const names = gateways.map((one) => one.slice('deployment/'.length)).join(', ');
    return {
      run: [],
      notes: names === '' ? [] : [`Where ${names} runs is not written here: it is restarted there.`],
    };
  }
  const named = workloads.filter(({ name }) => isObjectName(name));
  const rollouts = named.filter(({ kind }) => kind === 'Rollout').map(({ name }) => name);
  const rolling = named.flatMap(({ kind, name }) =>
    ROLLING.has(kind) ? [`${ROLLING.get(kind)}/${name}`] : [],
  );
  const known = [...new Set([...rolling, ...gateways])].sort();
  // Nothing of it is written here: whatever runs there is restarted.
  const isHidden = known.length === 0 && whole && workloads.length === 0;
  const restart = isHidden && !isSystem ? EVERYTHING : known;
  const flag = by === 'flux' ? ' --field-manager=flux-client-side-apply' : '';
  return {
    run: [
      ...(restart.length > 0 ? [`${sh`kubectl rollout restart ${restart} -n ${namespace}`}${flag}`] : []),
      ...rollouts.sort().map((name) => sh`kubectl argo rollouts restart ${name} -n ${namespace}`),
      ...known.map((one) => sh`kubectl rollout status ${one} -n ${namespace} --timeout=10m`),
    ],
    notes: [
      ...named.flatMap((workload) => note(workload) ?? []),
      ...(isHidden && isSystem
        ? [
            `In ${namespace} only pods with a sidecar and gateways are restarted, by name: istiod is there too.`,
          ]
        : []),
    ],
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

/** Points of a namespace whose workloads are not written: behind those that are known to be few. */
const UNKNOWN = 12;

/** A namespace's share of trouble when it is restarted, with the reasons. More is riskier. */
export function riskOf(
  mesh: Mesh,
  namespace: string,
): { readonly points: number; readonly reasons: readonly string[]; readonly isKnown: boolean } {
  const workloads = injectedIn(mesh, namespace);
  const reasons: [number, string][] = [];
  if (/(?:^|[-.])(?:canary|sandbox|sample|demo|test|dev|qa|staging)(?:[-.]|$)/.test(namespace))
    reasons.push([-20, 'a name of no production']);
  if (/(?:^|[-.])(?:prod|production|live)(?:[-.]|$)/.test(namespace)) reasons.push([10, 'a production name']);
  if (/^(?:istio-|kube-|cert-manager|monitoring|auth|flux-system$|argo-?cd$|gitops)/.test(namespace))
    reasons.push([15, 'others depend on it']);
  if (workloads.some(({ kind }) => kind === 'StatefulSet')) reasons.push([8, 'it holds a StatefulSet']);
  if (workloads.some(isSingle)) reasons.push([3, 'it holds a workload of one replica']);
  if (filtersIn(mesh, namespace)) reasons.push([6, 'it holds an EnvoyFilter']);
  const count = workloads.length;
  return {
    isKnown: count > 0,
    points: reasons.reduce((sum, [points]) => sum + points, count === 0 ? UNKNOWN : Math.min(count, 50)),
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
