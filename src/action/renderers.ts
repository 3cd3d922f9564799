import { toolRenderers, type Renderers } from '../render/renderers.ts';
import { findTools } from '../render/tools.ts';
import type { EventChange } from './event.ts';
import type { Rendering } from './inputs.ts';

/**
 * The renderers of the runner that this review may start. Helm runs programs that a chart brings, its templates; where the
 * workflow has a token that can write and the chart is a stranger's, that has to be asked for.
 */
export async function renderersFor(
  wanted: Rendering | undefined,
  { privileged }: EventChange,
  path: string,
  workspace: string,
): Promise<Renderers | undefined> {
  const allowed = wanted ?? (privileged ? 'kustomize' : 'all');
  if (allowed === 'none') return undefined;
  const { helm, kustomize, ...others } = await findTools({ path, untrusted: [workspace] });
  const usable = { ...(kustomize && { kustomize }), ...(helm && allowed === 'all' && { helm }) };
  if (!usable.kustomize && !usable.helm) return undefined;
  const missing = allowed === 'all' ? others.missing : { ...others.missing, helm: NOT_ASKED };
  return toolRenderers({ ...others, ...usable, missing });
}

const NOT_ASKED = 'Helm is not started in pull_request_target unless the input render is true';
