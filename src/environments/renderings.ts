import type { HelmRelease } from '../render/helm-release.ts';
import { notStarted, type Rendered } from '../render/rendered.ts';
import type { Renderers } from '../render/renderers.ts';
import type { Snapshot } from '../source/snapshot.ts';
import { parentOf } from './repository-path.ts';

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
  private readonly done = new Map<string, Rendered | undefined>();
  private readonly asked = new Map<string, (renderers: Renderers) => Promise<Rendered> | undefined>();
  private readonly snapshot: Snapshot;
  private readonly rendering: Rendering | undefined;
  private readonly changedDirectories: ReadonlySet<string>;
  /** Whether anything here may hang on what the change reaches. */
  wasAsked = false;

  constructor(snapshot: Snapshot, rendering: Rendering | undefined) {
    this.snapshot = snapshot;
    this.rendering = rendering;
    this.changedDirectories = parentsOf(rendering?.changed ?? []);
  }

  /** @param inputs the files that decide what comes out, those that ask for it included */
  helm(release: HelmRelease, inputs: Iterable<string>): Rendered | undefined {
    const key = `helm ${JSON.stringify(release)}`;
    const isWanted = this.isWanted(inputs, release.path);
    return this.ask(key, isWanted, (renderers) => renderers.helm(release, this.snapshot));
  }

  /** @param inputs the files that decide what comes out */
  kustomize(dir: string, inputs: Iterable<string>): Rendered | undefined {
    if (!this.rendering?.renderers.kustomize) return undefined;
    return this.ask(`kustomize ${dir}`, this.isWanted(inputs), (renderers) =>
      renderers.kustomize?.(dir, this.snapshot),
    );
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
    return rendered.some(([, result]) => result !== undefined);
  }

  /**
   * Is a rendering of these files of interest, and is there anything to render with?
   * @param chart the directory whose every file takes part: also one that only the other side has
   */
  isWanted(inputs: Iterable<string>, chart?: string): boolean {
    if (!this.rendering) return false;
    this.wasAsked = true;
    const { changed } = this.rendering;
    if (changed === undefined || (chart !== undefined && this.changedDirectories.has(chart))) return true;
    return [...inputs].some((path) => changed.has(path));
  }

  private ask(
    key: string,
    isWanted: boolean,
    render: (renderers: Renderers) => Promise<Rendered> | undefined,
  ): Rendered | undefined {
    const known = this.done.get(key);
    if (this.done.has(key) || !isWanted) return known;
    if (this.asked.has(key)) return undefined;
    const most = this.rendering?.most ?? MOST_RENDERINGS;
    if (this.done.size + this.asked.size >= most) {
      return notStarted(`more than ${most} overlays and charts are not rendered`, []);
    }
    this.asked.set(key, render);
    return undefined;
  }
}

/** Every directory that holds one of these files, at any depth; the root among them when there is one. */
function parentsOf(paths: Iterable<string>): ReadonlySet<string> {
  const parents = new Set<string>();
  for (const path of paths) {
    for (let dir = parentOf(path); !parents.has(dir); dir = parentOf(dir)) parents.add(dir);
  }
  return parents;
}
