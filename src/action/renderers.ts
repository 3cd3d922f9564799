import type { HelmRelease } from '../render/helm-release.ts';
import { unchecked, type Rendered } from '../render/rendered.ts';
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
  if (allowed === 'all') return toolRenderers({ ...others, ...usable });
  const renderers = toolRenderers({ ...others, ...usable, missing: { ...others.missing, helm: NOT_ASKED } });
  return {
    ...renderers,
    helm: async (release, snapshot) => saying(await renderers.helm(release, snapshot), release),
  };
}

/** The templates were read all the same, as far as they say what they make: why not by Helm is for the reader to know. */
function saying(rendered: Rendered, { path }: HelmRelease): Rendered {
  const read = unchecked(
    `what Helm makes of ${path}: its templates were read as they are written`,
    NOT_ASKED,
  );
  return { ...rendered, unchecked: [...rendered.unchecked, read] };
}

const NOT_ASKED = 'Helm is not started in pull_request_target unless the input render is true';
