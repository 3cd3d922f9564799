import type { HelmRelease } from '../render/helm-release.ts';
import { notStarted, type Rendered } from '../render/rendered.ts';
import type { Renderers } from '../render/renderers.ts';
import type { Snapshot } from '../source/snapshot.ts';

/** The tools of this machine, and what is worth starting them for. */
export interface Rendering {
  readonly renderers: Renderers;
  /** The paths a change touches on either side; `undefined`: everything is of interest. */
  readonly changed: ReadonlySet<string> | undefined;
  /** Overlays and charts that are rendered for one side at most; 200 when absent. */
  readonly most?: number;
}

/** Tools are not started more often than this for one side of a review. */
const MOST_RENDERINGS = 200;

/**
 * What tools made of overlays and charts of one snapshot. Environments are found without waiting for anything: who wants a
 * rendering asks, gets nothing the first time, and finds it here after `settle`.
 */
export class Renderings {
  private readonly done = new Map<string, Rendered>();
  private readonly asked = new Map<string, (renderers: Renderers) => Promise<Rendered>>();
  private readonly snapshot: Snapshot;
  private readonly rendering: Rendering | undefined;

  constructor(snapshot: Snapshot, rendering: Rendering | undefined) {
    this.snapshot = snapshot;
    this.rendering = rendering;
  }

  /** @param inputs the files that decide what comes out, those that ask for it included */
  helm(release: HelmRelease, inputs: Iterable<string>): Rendered | undefined {
    const key = `helm ${JSON.stringify(release)}`;
    return this.ask(key, inputs, (renderers) => renderers.helm(release, this.snapshot));
  }

  /** @param inputs the files that decide what comes out */
  kustomize(dir: string, inputs: Iterable<string>): Rendered | undefined {
    return this.ask(`kustomize ${dir}`, inputs, (renderers) => renderers.kustomize(dir, this.snapshot));
  }

  /** Renders what was asked for since the last time. False when there was nothing: then all answers are final. */
  async settle(): Promise<boolean> {
    const { rendering } = this;
    if (!rendering || this.asked.size === 0) return false;
    const asked = [...this.asked];
    this.asked.clear();
    const rendered = await Promise.all(
      asked.map(async ([key, render]) => [key, await render(rendering.renderers)] as const),
    );
    for (const [key, result] of rendered) this.done.set(key, result);
    return true;
  }

  /** Is a rendering of these files of interest, and is there anything to render with? */
  isWanted(inputs: Iterable<string>): boolean {
    if (!this.rendering) return false;
    const { changed } = this.rendering;
    return changed === undefined || [...inputs].some((path) => changed.has(path));
  }

  private ask(
    key: string,
    inputs: Iterable<string>,
    render: (renderers: Renderers) => Promise<Rendered>,
  ): Rendered | undefined {
    const known = this.done.get(key);
    if (known || !this.isWanted(inputs)) return known;
    if (this.asked.has(key)) return undefined;
    const most = this.rendering?.most ?? MOST_RENDERINGS;
    if (this.done.size + this.asked.size >= most) {
      return notStarted(`more than ${most} overlays and charts are not rendered`, []);
    }
    this.asked.set(key, render);
    return undefined;
  }
}
