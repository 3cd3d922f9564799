import type { RevisionTag } from '../mesh/mesh.ts';
import { INSTALLERS } from './installers/all.ts';
import type { Promotion } from './promotion.ts';
import type { Action } from './step.ts';
import { isSetByScript } from './tag-edits.ts';

/** Points a tag to the new revision: with istioctl where a script does, else as the installer in use writes it. */
export function retargeting(p: Promotion, tag: RevisionTag): Action {
  return INSTALLERS[isSetByScript(p, tag) ? 'istioctl' : p.installer].retarget(p, tag);
}
