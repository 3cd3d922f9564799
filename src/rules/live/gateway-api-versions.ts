import { atLeast } from '../../facts/versions.ts';
import { clusterStateOf, type DefinitionState } from '../../mesh/cluster-state.ts';
import type { Mesh } from '../../mesh/mesh.ts';

const GROUP = 'gateway.networking.k8s.io';

/**
 * The Gateway API definitions of the live cluster that do not serve a version, when a control plane asks for it.
 * @param since the first minor of Istio that asks.
 */
export function definitionsWithout(
  mesh: Pick<Mesh, 'resources' | 'controlPlanes'>,
  version: string,
  plurals: readonly string[],
  since: number,
): readonly DefinitionState[] {
  const state = clusterStateOf(mesh);
  if (!state || !mesh.controlPlanes.some((plane) => atLeast(plane.version, since))) return [];
  const names = new Set(plurals.map((plural) => `${plural}.${GROUP}`));
  return state.definitions.filter(({ name, served }) => names.has(name) && !served.includes(version));
}

/** `v1alpha2, v1beta1`, or `none`. */
export function servedText({ served }: DefinitionState): string {
  return served.length > 0 ? served.toSorted().join(', ') : 'none';
}
