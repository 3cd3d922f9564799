import type { ScriptSignal } from '../../../facts/hazards/hazard.ts';
import type { Mesh } from '../../../mesh/mesh.ts';
import type { Hit } from './hit.ts';

/** Lines of scripts and CI files. */
export function scriptHits(mesh: Mesh, { pattern }: ScriptSignal): Hit[] {
  void mesh;
  void pattern;
  return [];
}
