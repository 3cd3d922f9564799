import type { Snapshot } from '../source/snapshot.ts';
import { renderHelm, type HelmRelease } from './helm.ts';
import { renderKustomize } from './kustomize.ts';
import { RenderCache } from './render-cache.ts';
import { RENDER_LIMITS, type RenderLimits } from './render-limits.ts';
import type { Rendered, Renderer } from './rendered.ts';
import type { Tools } from './tools.ts';
import { readableFiles, type ReadableFiles } from './tree.ts';

/** What turns overlays and charts of a repository into objects. Expected trouble is in the result: `failed`. */
export interface Renderers {
  /** The kustomization in the directory `dir`; '' is the root. */
  kustomize(dir: string, snapshot: Snapshot): Promise<Rendered>;
  helm(release: HelmRelease, snapshot: Snapshot): Promise<Rendered>;
}

/** The real tools, for one review: both sides share what is the same, and the time they may take together. */
export function toolRenderers(tools: Tools, limits: RenderLimits = RENDER_LIMITS): Renderers {
  const renderer: Renderer = { tools, cache: new RenderCache(limits), limits };
  const known = new WeakMap<Snapshot, ReadableFiles>();
  const filesOf = (snapshot: Snapshot): ReadableFiles => {
    const files = known.get(snapshot) ?? readableFiles(snapshot);
    known.set(snapshot, files);
    return files;
  };
  return {
    kustomize: (dir, snapshot) => renderKustomize(dir, filesOf(snapshot), renderer),
    helm: (release, snapshot) => renderHelm(release, filesOf(snapshot), renderer),
  };
}
