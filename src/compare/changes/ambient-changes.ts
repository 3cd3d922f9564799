import type { Change } from '../../vocabulary.ts';
import { ambientOf } from '../../mesh/ambient.ts';
import type { Ambient } from '../../mesh/ambient.ts';
import type { Mesh, NamespaceModel } from '../../mesh/mesh.ts';
import { blastRadius, workloadLabel } from './blast-radius.ts';
import { sharedNamespaces } from './injection-shifts.ts';

/**
 * Namespaces that enter or leave the ambient mesh by label: their running pods follow at once, without a restart. Where pods
 * get sidecars the label is without effect, and where they only now get them that is told as such.
 */
export function ambientChanges(base: Mesh, head: Mesh): Change[] {
  return [...ofNamespaces(base, head), ...ofWorkloads(base, head)];
}

function ofNamespaces(base: Mesh, head: Mesh): Change[] {
  return sharedNamespaces(base, head).flatMap(([from, to]) => {
    const before = ambientOf(from);
    const after = ambientOf(to);
    if (before.ambient === 'unknown' || after.ambient === 'unknown') return [];
    if (before.ambient === after.ambient) return [];
    const side = after.ambient === 'yes' ? head : base;
    return side.namespaceInjection(to.name).injected === 'yes' ? [] : [change(base, head, to, before, after)];
  });
}

/** Workloads that go by a label of their own, in namespaces that stay. */
function ofWorkloads(base: Mesh, head: Mesh): Change[] {
  const earlier = new Map(base.workloads.map((workload) => [workloadLabel(workload), workload]));
  return head.workloads.flatMap((workload) => {
    const was = earlier.get(workloadLabel(workload));
    const [from, to] = [base.namespaces.get(workload.namespace), head.namespaces.get(workload.namespace)];
    if (!was || !from || !to || was.labels[MODE] === workload.labels[MODE]) return [];
    const before = ambientOf(from, was, base.injectionOf(was));
    const after = ambientOf(to, workload, head.injectionOf(workload));
    if (before.ambient === 'unknown' || after.ambient === 'unknown' || before.ambient === after.ambient)
      return [];
    const subject = workloadLabel(workload);
    const enters = after.ambient === 'yes';
    const at = after.at ?? workload.resource.origin.at([...workload.metadataPath, 'labels']);
    return [
      {
        kind: enters ? 'namespace-becomes-ambient' : 'namespace-leaves-ambient',
        subject,
        message: `${subject} ${enters ? 'joins' : 'leaves'} the ambient mesh by itself: ${after.because}.`,
        at,
        evidence: [{ says: `before: ${before.because}`, ...(before.at && { at: before.at }) }],
        blastRadius: blastRadius(head, [workload]),
      },
    ];
  });
}

const MODE = 'istio.io/dataplane-mode';

function change(
  base: Mesh,
  head: Mesh,
  { name, resource }: NamespaceModel,
  before: Ambient,
  after: Ambient,
): Change {
  const enters = after.ambient === 'yes';
  const at = after.at ?? resource?.origin.at(['metadata', 'labels']);
  return {
    kind: enters ? 'namespace-becomes-ambient' : 'namespace-leaves-ambient',
    subject: name,
    message: enters
      ? `Namespace ${name} joins the ambient mesh, its running pods at once: ${after.because}.`
      : `Namespace ${name} leaves the ambient mesh, its running pods at once: ${after.because}.`,
    ...(at ? { at } : {}),
    evidence: [{ says: `before: ${before.because}`, ...(before.at && { at: before.at }) }],
    blastRadius: blastRadius(head, followers(base, head, name), [name]),
  };
}

/** Workloads of the namespace whose pods follow it; those with a label of their own stay where they are. */
function followers(base: Mesh, head: Mesh, name: string): Mesh['workloads'] {
  const earlier = new Map(base.workloads.map((workload) => [workloadLabel(workload), workload]));
  const [from, to] = [base.namespaces.get(name), head.namespaces.get(name)];
  if (!from || !to) return [];
  return head.workloads.filter((workload) => {
    if (workload.namespace !== name) return false;
    const was = earlier.get(workloadLabel(workload));
    const now = ambientOf(to, workload, head.injectionOf(workload)).ambient;
    return !was || ambientOf(from, was, base.injectionOf(was)).ambient !== now;
  });
}
