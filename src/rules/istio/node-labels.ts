import type { Mesh, Workload } from '../../mesh/mesh.ts';
import { matchesLabels } from '../../mesh/selectors.ts';
import type { Resource } from '../../render/resource.ts';
import { text } from '../body.ts';

type Labels = Readonly<Record<string, string>>;

const REGION = 'topology.kubernetes.io/region';
const ZONE = 'topology.kubernetes.io/zone';
const SUBZONE = 'topology.istio.io/subzone';

/** Whether a Pod that runs on a Node is selected by its own labels and those that its Node gives it. Only dumps hold such. */
export function selectsPodOnNode(mesh: Mesh, wanted: Labels): boolean {
  const nodes = mesh.resources('Node');
  return nodes.some((node) =>
    mesh.workloads.some(
      (workload) =>
        runsOn(workload, node) &&
        matchesLabels(wanted, { ...workload.labels, ...localityOf(node) }) === 'yes',
    ),
  );
}

function runsOn({ kind, spec }: Workload, node: Resource): boolean {
  return kind === 'Pod' && text(spec, 'nodeName') === node.name;
}

function localityOf({ labels, name }: Resource): Labels {
  const region = labels[REGION] ?? '';
  const zone = region === '' ? '' : (labels[ZONE] ?? '');
  const subzone = zone === '' ? '' : (labels[SUBZONE] ?? '');
  const locality = { [REGION]: region, [ZONE]: zone, [SUBZONE]: subzone, 'kubernetes.io/hostname': name };
  return Object.fromEntries(Object.entries(locality).filter(([, value]) => value !== ''));
}
