import type { Mesh } from '../../mesh/mesh.ts';
import type { Resource } from '../../render/resource.ts';
import { fields, labels } from '../body.ts';
import { soleResources } from './sole-resources.ts';

/** The labels a Sidecar selects workloads with; {} for one that is for its whole namespace. */
export function sidecarSelector(sidecar: Resource): Readonly<Record<string, string>> {
  return labels(fields(fields(sidecar.body, 'spec'), 'workloadSelector'), 'labels');
}

/** Sidecars for a whole namespace. */
export function defaultSidecars(mesh: Mesh): Resource[] {
  return soleResources(mesh, 'Sidecar').filter(
    (sidecar) => Object.keys(sidecarSelector(sidecar)).length === 0,
  );
}
