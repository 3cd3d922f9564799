import type { ScriptSignal } from '../../../facts/hazards/hazard.ts';
import type { Mesh } from '../../../mesh/mesh.ts';
import { type Hit, settingHit } from './hit.ts';

/** Longest line a pattern is tried on. */
const LONGEST_LINE = 4096;

/** Lines of scripts and CI files. What they do, they do to the installation. */
export function scriptHits(mesh: Mesh, { pattern }: ScriptSignal): Hit[] {
  return mesh.scripts
    .filter(({ text }) => text.length <= LONGEST_LINE && pattern.test(text))
    .map(({ text, at }) => {
      const name = at.file.slice(at.file.lastIndexOf('/') + 1);
      return settingHit(
        { kind: 'Script', namespace: '', name },
        () => at,
        text.trim().slice(0, 120),
        undefined,
      );
    });
}
