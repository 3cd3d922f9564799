import type { Mesh, Workload } from '../../mesh/mesh.ts';
import { INJECTION, isAmbient } from './namespace-labels.ts';

const INJECT = 'sidecar.istio.io/inject';

/**
 * Whether pods of a workload are in the mesh. In a closed world as Istio's analyzers count it, which look at the manifest
 * alone: a proxy container, the inject label or annotation, then the namespace's `istio-injection`.
 */
export function isInMesh(mesh: Mesh, workload: Workload): boolean {
  if (mesh.world === 'open') return mesh.injectionOf(workload).injected === 'yes';
  const candidates = workload.containers.filter(({ init }) => !init || workload.kind === 'Pod');
  if ((candidates.find(({ name }) => name === 'istio-proxy')?.image ?? '') !== '') return true;
  const said = workload.labels[INJECT] ?? workload.annotations[INJECT];
  if (said !== undefined) return said === 'true';
  return mesh.namespaces.get(workload.namespace)?.labels[INJECTION] === 'enabled';
}

/** Whether pods of a workload are in ambient mode: redirected already, or by the labels of their namespace. */
export function isInAmbient(mesh: Mesh, workload: Workload): boolean {
  if (workload.annotations['ambient.istio.io/redirection'] === 'enabled') return true;
  return mesh.world === 'open' && isNamespaceAmbient(mesh, workload.namespace);
}

export function isNamespaceAmbient(mesh: Mesh, namespace: string): boolean {
  const model = mesh.namespaces.get(namespace);
  return model?.resource !== undefined && isAmbient(model.labels);
}
