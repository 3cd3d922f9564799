import type { Mesh, NamespaceModel } from '../../mesh/mesh.ts';
import type { Resource } from '../../render/resource.ts';

export const INJECTION = 'istio-injection';
export const REVISION = 'istio.io/rev';
export const DATAPLANE_MODE = 'istio.io/dataplane-mode';

/** Namespaces that never carry workloads of the mesh; Istio's analyzers never see them. */
const KUBERNETES_OWN = new Set(['kube-system', 'kube-public', 'kube-node-lease', 'local-path-storage']);

export interface WrittenNamespace extends NamespaceModel {
  readonly resource: Resource;
}

/** Namespaces with a manifest, without Kubernetes' own and without Istio's, in the order of their names. */
export function applicationNamespaces(mesh: Mesh): WrittenNamespace[] {
  const written: WrittenNamespace[] = [];
  for (const namespace of mesh.namespaces.values()) {
    const { name, resource } = namespace;
    if (resource === undefined || name === 'istio-system' || KUBERNETES_OWN.has(name)) continue;
    written.push({ ...namespace, resource });
  }
  return written.sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
}

/** Whether pods of the namespace are in ambient mode by its labels. */
export function isAmbient(labels: Readonly<Record<string, string>>): boolean {
  return (
    labels[INJECTION] !== 'enabled' && (labels[REVISION] ?? '') === '' && labels[DATAPLANE_MODE] === 'ambient'
  );
}
