import { ambientOf } from '../../mesh/ambient.ts';
import type { Mesh, NamespaceModel, Workload } from '../../mesh/mesh.ts';
import { append } from '../../mesh/multimap.ts';
import type { Resource } from '../../render/resource.ts';
import type { Location } from '../../vocabulary.ts';
import { sharedNamespaces, writtenProxy } from './membership.ts';

/** A namespace that loses proxies by this change. */
export interface Losing {
  readonly namespace: string;
  /** What the change is written in: the Namespace, or the first workload that opts out by itself. */
  readonly owner: Resource;
  /** As at head; empty when only the namespace's unmarked pods are known to lose it. */
  readonly workloads: readonly Workload[];
  readonly at: Location | undefined;
}

/** What of each namespace gets a sidecar at base and none at head, and does not become ambient instead. */
export function losingNamespaces(before: Mesh, after: Mesh): Losing[] {
  const [earlier, later] = [byNamespace(before), byNamespace(after)];
  return sharedNamespaces(before, after).flatMap(([then, now]) => {
    if (!now.resource || ambientOf(now).ambient !== 'no') return [];
    const off = after.namespaceInjection(now.name);
    const turnedOff =
      asked(then) &&
      !asked(now) &&
      off.injected === 'no' &&
      before.namespaceInjection(then.name).injected !== 'no';
    const here = later.get(now.name) ?? [];
    const without = here.filter((workload) => turnedOff || after.injectionOf(workload).injected === 'no');
    // Most namespaces lose nothing.
    const was = new Map(
      without.length > 0 ? (earlier.get(now.name) ?? []).map((one) => [titleOf(one), one]) : [],
    );
    const workloads = without.filter((workload) => {
      const one = was.get(titleOf(workload));
      return one !== undefined && losesProxy(before, after, one, workload, turnedOff);
    });
    if (workloads.length === 0 && !(turnedOff && here.length === 0)) return [];
    const [first] = turnedOff ? [] : workloads;
    const at = first ? after.injectionOf(first).at : off.at;
    return [{ namespace: now.name, owner: first?.resource ?? now.resource, workloads, at }];
  });
}

function byNamespace({ workloads }: Mesh): ReadonlyMap<string, readonly Workload[]> {
  const groups = new Map<string, Workload[]>();
  for (const workload of workloads) append(groups, workload.namespace, workload);
  return groups;
}

/** `turnedOff`: the namespace asked for sidecars and no longer does, whoever answered. */
function losesProxy(
  before: Mesh,
  after: Mesh,
  was: Workload,
  workload: Workload,
  turnedOff: boolean,
): boolean {
  if (workload.templateElsewhere !== undefined) return false;
  if (writtenProxy(workload)) return turnedOff;
  const { injected, dangling } = after.injectionOf(workload);
  // A label that names nothing is told as dangling-revision.
  if (injected !== 'no' || dangling !== undefined) return false;
  return before.injectionOf(was).injected === 'yes' || (turnedOff && !isOptedOut(was));
}

function asked({ labels }: NamespaceModel): boolean {
  const injection = labels['istio-injection'];
  return injection === undefined ? Object.hasOwn(labels, 'istio.io/rev') : injection === 'enabled';
}

function isOptedOut({ labels, annotations, hostNetwork }: Workload): boolean {
  const wish = labels['sidecar.istio.io/inject'] ?? annotations['sidecar.istio.io/inject'];
  return hostNetwork || (wish !== undefined && wish !== 'true');
}

/** `Deployment cart`: what a workload is told apart by within its namespace. */
export function titleOf({ kind, name }: Workload): string {
  return `${kind} ${name}`;
}
