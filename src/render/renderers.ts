import { perObject } from '../remember.ts';
import type { Snapshot } from '../source/snapshot.ts';
import { Work } from './gotemplate/limits.ts';
import { renderHelm, type HelmRelease } from './helm.ts';
import { readHelm } from './helm-written.ts';
import { renderKustomize } from './kustomize.ts';
import { RenderCache } from './render-cache.ts';
import { RENDER_LIMITS, type RenderLimits } from './render-limits.ts';
import type { Rendered, Renderer } from './rendered.ts';
import type { Tools } from './tools.ts';
import { readableFiles } from './tree.ts';

/** What turns overlays and charts of a repository into objects. Expected trouble is in the result: `failed`. */
export interface Renderers {
  /** The kustomization in the directory `dir`; '' is the root. Absent where nothing builds overlays. */
  kustomize?(dir: string, snapshot: Snapshot): Promise<Rendered>;
  helm(release: HelmRelease, snapshot: Snapshot): Promise<Rendered>;
}

/**
 * The real tools, for one review: both sides share what is the same, and the time they may take together. Where Helm is
 * missing, templates are read as they are written.
 */
export function toolRenderers(tools: Tools, limits: RenderLimits = RENDER_LIMITS): Required<Renderers> {
  const renderer: Renderer = { tools, cache: new RenderCache(limits), limits };
  const filesOf = perObject(readableFiles);
  const work = Work.ofReview();
  return {
    kustomize: (dir, snapshot) => renderKustomize(dir, filesOf(snapshot), renderer),
    helm: tools.helm
      ? (release, snapshot) => renderHelm(release, filesOf(snapshot), renderer)
      : (release, snapshot) => readHelm(release, filesOf(snapshot), work),
  };
}

/** Without any tool: templates of charts as far as they say what they make. */
export function writtenRenderers(): Renderers {
  const filesOf = perObject(readableFiles);
  const work = Work.ofReview();
  return { helm: (release, snapshot) => readHelm(release, filesOf(snapshot), work) };
}
