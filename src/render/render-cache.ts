import { createHash } from 'node:crypto';
import { runTool, type RunOptions, type ToolResult } from './exec.ts';
import type { RenderLimits } from './render-limits.ts';
import type { Rendered } from './rendered.ts';
import type { ReadableFiles } from './tree.ts';

/** Everything a rendering depends on. */
export interface RenderKey {
  readonly tool: 'helm' | 'kustomize';
  readonly version: string;
  readonly args: readonly string[];
  /** The files that are given to the tool. */
  readonly files: readonly string[];
}

/**
 * Remembers what was rendered from which content, so that base and head share it: an overlay none of whose files changed
 * is rendered once and gives the very same objects on both sides. Also the gate through which every tool starts: at most
 * some at the same time, and none once they have taken too long together. One cache for a review.
 */
export class RenderCache {
  readonly #limits: Pick<RenderLimits, 'parallel' | 'totalMilliseconds'>;
  readonly #rendered = new Map<string, Promise<Rendered>>();
  readonly #waiting: (() => void)[] = [];
  #running = 0;
  #started = 0;
  #spent = 0;

  constructor(limits: Pick<RenderLimits, 'parallel' | 'totalMilliseconds'>) {
    this.#limits = limits;
  }

  /** How many tools were started. */
  get started(): number {
    return this.#started;
  }

  /** The rendering for `key`, made when it is asked for the first time. */
  remember(key: RenderKey, files: ReadableFiles, make: () => Promise<Rendered>): Promise<Rendered> {
    const id = identity(key, files);
    const known = this.#rendered.get(id);
    if (known) return known;
    const made = make();
    this.#rendered.set(id, made);
    return made;
  }

  /** As `runTool`, when it is this one's turn. */
  async run(command: readonly string[], options: RunOptions): Promise<ToolResult> {
    if (this.#running >= this.#limits.parallel) await new Promise<void>((turn) => this.#waiting.push(turn));
    else this.#running += 1;
    try {
      if (this.#spent > this.#limits.totalMilliseconds) return TOO_LATE;
      this.#started += 1;
      const result = await runTool(command, options);
      this.#spent += result.milliseconds;
      return result;
    } finally {
      const next = this.#waiting.shift();
      if (next) next();
      else this.#running -= 1;
    }
  }
}

const TOO_LATE: ToolResult = {
  outcome: 'stopped',
  why: 'was not started: the time for rendering is used up',
  milliseconds: 0,
};

/** Equal for equal content under equal names, whatever else the repository holds. */
function identity({ tool, version, args, files }: RenderKey, content: ReadableFiles): string {
  const closure = [...files].sort().map((path) => [path, content.blob(path)]);
  return createHash('sha256')
    .update(JSON.stringify([tool, version, args, closure]))
    .digest('hex');
}
