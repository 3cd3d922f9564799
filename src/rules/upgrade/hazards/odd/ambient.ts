import { ambientOf } from '../../../../mesh/ambient.ts';
import type { Mesh } from '../../../../mesh/mesh.ts';
import { asResource } from '../../component-finding.ts';
import { list } from '../../../body.ts';
import { type Hit, objectHit, podHit, settingHit } from '../hit.ts';
import type { OddLook } from '../odd.ts';

const MODE = 'istio.io/dataplane-mode';

/** What shows that the ambient mesh is used: ztunnel, and namespaces that are in it. */
export const ambientInUse: OddLook = {
  inputs: ['components', 'namespaces'],
  hits: (mesh) => [
    ...mesh.components
      .filter(({ component }) => component === 'ztunnel')
      .map((part) => settingHit(asResource(part), () => part.at, `ztunnel ${part.name}`, undefined)),
    ...ambientNamespaces(mesh).map(({ hit }) => hit),
  ],
};

/** Namespaces in the ambient mesh that istio-cni is told to leave out. */
export const ambientNamespacesExcluded: OddLook = {
  inputs: ['components', 'namespaces'],
  hits: (mesh) => {
    const lists = mesh.components.flatMap(({ values }) => {
      const cni = values?.values['cni'];
      return list(cni, 'excludeNamespaces');
    });
    const excluded = new Set([...lists, ...(lists.length === 0 ? ['kube-system'] : [])]);
    return ambientNamespaces(mesh).flatMap(({ name, hit }) => (excluded.has(name) ? [hit] : []));
  },
};

function ambientNamespaces(mesh: Mesh): { name: string; hit: Hit }[] {
  return [...mesh.namespaces.values()].flatMap(({ name, labels, resource }) =>
    resource && labels[MODE] === 'ambient'
      ? [{ name, hit: objectHit(resource, ['metadata', 'labels', MODE]) }]
      : [],
  );
}

/** Pods on the host network in a namespace of the ambient mesh. */
export const hostNetworkInAmbient: OddLook = {
  inputs: ['workloads', 'namespaces'],
  hits: (mesh) =>
    mesh.workloads.flatMap((workload) => {
      const namespace = mesh.namespaces.get(workload.namespace);
      if (!workload.hostNetwork || !namespace || ambientOf(namespace).ambient !== 'yes') return [];
      return [podHit(workload, ['hostNetwork'])];
    }),
};
