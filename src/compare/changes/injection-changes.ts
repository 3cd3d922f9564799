import type { Change, ChangeKind } from '../../vocabulary.ts';
import type { Mesh, Workload } from '../../mesh/mesh.ts';
import { namespaceLabelAt } from '../../mesh/deciding-label.ts';
import { blastRadius, workloadLabel } from './blast-radius.ts';
import { gatewayMove, isGatewayMove } from './gateway-changes.ts';
import { labelOf, namespaceShifts, workloadShifts } from './injection-shifts.ts';
import type { Shift, ShiftKind } from './injection-shifts.ts';
import { unwrittenNamespaces } from './unwritten-namespaces.ts';
import { injectorPlace } from './injector-place.ts';
import { ends, evidenceOf, labelEnds, sentence } from './injection-wording.ts';

/**
 * Namespaces and workloads whose new pods get another sidecar, or none. Shifts with one reason are one change: a
 * namespace's label, not its fifty workloads. Moves that follow a tag or the default are told where that is told.
 */
export function injectionChanges(base: Mesh, head: Mesh): Change[] {
  const shifts = workloadShifts(base, head).filter((shift) => !followsName(shift));
  const groups = grouped(shifts.filter((shift) => !isGatewayMove(shift)));
  const told = new Set(groups.keys());
  const alone = namespaceShifts(base, head).filter(
    (shift) => shift.cause === 'namespace' && !told.has(groupKey(shift)),
  );
  return [
    ...[...groups.values()].map((shifts) => ofWorkloads(base, head, shifts)),
    ...alone.map((shift) => ofNamespaceAlone(base, head, shift)),
    ...shifts.filter(isGatewayMove).flatMap((shift) => gatewayMove(head, shift)),
    ...unwrittenNamespaces(base, head),
  ];
}

function followsName({ kind, cause, before, after }: Shift): boolean {
  if (kind !== 'moves' || cause !== 'names') return false;
  const named = before.tag !== undefined || after.tag !== undefined;
  return named || before.revision === 'default' || after.revision === 'default';
}

function groupKey({ namespace, kind, cause, before, after }: Shift): string {
  return JSON.stringify([namespace, kind, cause, before.revision, after.revision]);
}

/** Shifts by what one change tells; never an empty list. */
function grouped(shifts: readonly Shift[]): ReadonlyMap<string, readonly [Shift, ...Shift[]]> {
  const groups = new Map<string, [Shift, ...Shift[]]>();
  for (const shift of shifts) {
    const group = groups.get(groupKey(shift));
    if (group) group.push(shift);
    else groups.set(groupKey(shift), [shift]);
  }
  return groups;
}

const WORKLOAD_KINDS: Readonly<Record<ShiftKind, ChangeKind>> = {
  gains: 'workload-gains-sidecar',
  loses: 'workload-loses-sidecar',
  moves: 'workload-moves-revision',
  unclear: 'namespace-moves-revision',
};

/** Shifts that share namespace, direction and reason, as one change. */
function ofWorkloads(base: Mesh, head: Mesh, shifts: readonly [Shift, ...Shift[]]): Change {
  const [first] = shifts;
  const { kind, cause, namespace } = first;
  const workloads = shifts.flatMap(({ workload }) => workload ?? []);
  const whole = cause === 'namespace' && kind === 'moves';
  const subject = whole ? namespace : subjectOf(workloads, namespace);
  const several = !whole && workloads.length > 1;
  return {
    kind: whole ? 'namespace-moves-revision' : WORKLOAD_KINDS[kind],
    subject,
    ...ends(first),
    message: `${sentence(whole ? `Namespace ${namespace}` : subject, first, several)}.`,
    ...placeOf(base, head, first),
    evidence: evidenceOf(base, head, first),
    blastRadius: blastRadius(head, workloads, cause === 'namespace' && namespace !== '' ? [namespace] : []),
  };
}

function subjectOf(workloads: readonly Workload[], namespace: string): string {
  const [first, ...more] = workloads;
  if (first && more.length === 0) return workloadLabel(first);
  return `${workloads.length} workloads in namespace ${namespace}`;
}

/** The namespace's label changed, and no workload of this repository follows it. */
function ofNamespaceAlone(base: Mesh, head: Mesh, shift: Shift): Change {
  const { kind, namespace } = shift;
  const moves = kind === 'moves' || kind === 'unclear';
  const has = head.workloads.some((workload) => workload.namespace === namespace);
  const note = has
    ? 'no workload of it here depends on that label'
    : 'its workloads are not in this repository';
  const subject = moves ? `Namespace ${namespace}` : `What runs in namespace ${namespace}`;
  return {
    kind: moves ? 'namespace-moves-revision' : WORKLOAD_KINDS[kind],
    subject: moves ? namespace : `namespace ${namespace}`,
    ...(kind === 'unclear' ? labelEnds(base, head, namespace) : ends(shift)),
    message: `${sentence(subject, shift, false)} (${note}).`,
    ...placeOf(base, head, shift),
    evidence: evidenceOf(base, head, shift),
    blastRadius: { namespaces: [namespace], workloads: [], services: [] },
  };
}

/** The line at head where the reason stands; for a label that is gone, the labels it was among. */
function placeOf(
  base: Mesh,
  head: Mesh,
  { cause, namespace, before, after, workload }: Shift,
): Pick<Change, 'at'> {
  if (cause === 'namespace') {
    const [from, to] = [base.namespaces.get(namespace), head.namespaces.get(namespace)];
    const label = (to && labelOf(to)) || (from && labelOf(from)) || '';
    const at = to && namespaceLabelAt(to, label.split('=')[0] ?? '');
    return at ? { at } : {};
  }
  if (cause === 'names' || !workload) {
    const at = injectorPlace(base, head, { before, after }) ?? after.at ?? before.at;
    return at ? { at } : {};
  }
  const decidesItself = after.because.startsWith('pod ') || after.because.startsWith('pods ');
  const { resource, metadataPath } = workload;
  return { at: (decidesItself ? after.at : undefined) ?? resource.origin.at([...metadataPath, 'labels']) };
}
