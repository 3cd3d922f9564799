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
  return withoutSystem(mesh).flatMap(({ resource, ...namespace }) =>
    resource ? [{ ...namespace, resource }] : [],
  );
}

function withoutSystem(mesh: Mesh): NamespaceModel[] {
  return [...mesh.namespaces.values()]
    .filter(({ name }) => name !== 'istio-system' && !KUBERNETES_OWN.has(name))
    .sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
}

export interface LabelledNamespace extends NamespaceModel {
  /** Its manifest, or the Argo CD Application that alone says what its labels are. */
  readonly holder: Resource;
}

/** Those of `applicationNamespaces`; in an open world also the ones whose labels only Argo CD keeps. */
export function labelledNamespaces(mesh: Mesh): LabelledNamespace[] {
  const isAsked = ({ resource }: NamespaceModel) => resource !== undefined || mesh.world === 'open';
  return withoutSystem(mesh).flatMap((namespace) => {
    const holder = namespace.resource ?? namespace.managedBy;
    return holder && isAsked(namespace) ? [{ ...namespace, holder }] : [];
  });
}

/** Whether pods of the namespace are in ambient mode by its labels. */
export function isAmbient(labels: Readonly<Record<string, string>>): boolean {
  return (
    labels[INJECTION] !== 'enabled' && (labels[REVISION] ?? '') === '' && labels[DATAPLANE_MODE] === 'ambient'
  );
}
