import { isKnown } from '../../yaml/placeholders.ts';
import { decidingLabel } from '../../mesh/deciding-label.ts';
import type { Injection, Mesh, NamespaceModel, Workload } from '../../mesh/mesh.ts';
import { workloadLabel } from './blast-radius.ts';

/** What happens to new pods. `unclear`: the label that decides changed, but not both outcomes are known. */
export type ShiftKind = 'gains' | 'loses' | 'moves' | 'unclear';

/**
 * Why: the labels of the `namespace`, the `workload`'s own, or the `names`: the same labels mean something else, because a
 * tag, the default or a control plane changed.
 */
export type ShiftCause = 'namespace' | 'workload' | 'names';

/** A namespace's unmarked pods, or a workload's, on both sides. */
export interface Shift {
  readonly kind: ShiftKind;
  readonly cause: ShiftCause;
  readonly namespace: string;
  readonly before: Injection;
  readonly after: Injection;
  /** As at head; `undefined` for the namespace itself. */
  readonly workload: Workload | undefined;
}

/** What changed for the unmarked pods of namespaces that both sides write. */
export function namespaceShifts(base: Mesh, head: Mesh): Shift[] {
  return sharedNamespaces(base, head).flatMap(([from, to]) => {
    const cause = sameLabels(from, to) ? 'names' : 'namespace';
    const before = base.namespaceInjection(from.name);
    const after = head.namespaceInjection(to.name);
    const kind = kindOf(before, after, cause !== 'names');
    return kind ? [{ kind, cause, namespace: to.name, before, after, workload: undefined }] : [];
  });
}

/** What changed for the pods of workloads that both sides have: a new one gains nothing, a removed one loses nothing. */
export function workloadShifts(base: Mesh, head: Mesh): Shift[] {
  const before = new Map(base.workloads.map((workload) => [workloadLabel(workload), workload]));
  const seen = new Set<string>();
  return head.workloads.flatMap((workload) => {
    const label = workloadLabel(workload);
    const earlier = before.get(label);
    if (!earlier || seen.has(label)) return [];
    seen.add(label);
    return shiftOf(base, head, earlier, workload);
  });
}

function shiftOf(base: Mesh, head: Mesh, earlier: Workload, workload: Workload): Shift[] {
  const before = base.injectionOf(earlier);
  const after = head.injectionOf(workload);
  if (before.injected === after.injected && before.revision === after.revision) return [];
  const cause = causeOf(base, head, earlier, workload);
  const kind = kindOf(before, after, false);
  return kind ? [{ kind, cause, namespace: workload.namespace, before, after, workload }] : [];
}

function kindOf(before: Injection, after: Injection, labelChanged: boolean): ShiftKind | undefined {
  if (before.injected === 'unknown' || after.injected === 'unknown') {
    return labelChanged ? 'unclear' : undefined;
  }
  if (before.injected !== after.injected) return after.injected === 'yes' ? 'gains' : 'loses';
  if (after.injected === 'no' || before.revision === after.revision) return undefined;
  return isKnown(before.revision) && isKnown(after.revision) ? 'moves' : undefined;
}

/** The namespace's label decides over the pod's, so it is also the cause where both changed. */
function causeOf(base: Mesh, head: Mesh, earlier: Workload, workload: Workload): ShiftCause {
  const from = base.namespaces.get(earlier.namespace);
  const to = head.namespaces.get(workload.namespace);
  if (from && to && !sameLabels(from, to)) return 'namespace';
  return sameWishes(earlier, workload) ? 'names' : 'workload';
}

function sameWishes(earlier: Workload, workload: Workload): boolean {
  const wishes = ({ labels, annotations, hostNetwork }: Workload): string =>
    JSON.stringify([
      labels['istio.io/rev'],
      labels['sidecar.istio.io/inject'],
      annotations['sidecar.istio.io/inject'],
      hostNetwork,
    ]);
  return wishes(earlier) === wishes(workload);
}

function isWritten({ resource, managedBy }: NamespaceModel): boolean {
  return resource !== undefined || managedBy !== undefined;
}

/** Namespaces whose labels both sides write, sorted by name. */
export function sharedNamespaces(base: Mesh, head: Mesh): (readonly [NamespaceModel, NamespaceModel])[] {
  return [...head.namespaces.values()].flatMap((to) => {
    const from = base.namespaces.get(to.name);
    return from && isWritten(from) && isWritten(to) ? [[from, to] as const] : [];
  });
}

function sameLabels(from: NamespaceModel, to: NamespaceModel): boolean {
  return labelOf(from) === labelOf(to);
}

/** `istio.io/rev=prod`, as it decides for unmarked pods; '' for none. */
export function labelOf({ labels }: NamespaceModel): string {
  const label = decidingLabel(labels, {});
  return label ? `${label.key}=${label.value}` : '';
}
