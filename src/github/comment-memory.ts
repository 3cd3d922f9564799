import { markerName } from './markers.ts';
import type { PullRequestName, StickyComment } from './sticky-comment.ts';

/** Comments remembered: some months of a busy installation. */
const MOST = 10_000;

/**
 * Where our comments are, so that the next push need not look for them. Only a convenience: what is not known, or is not there
 * any more, is looked for.
 */
export class CommentMemory {
  readonly #places = new Map<string, StickyComment>();

  get(pull: PullRequestName, configuration: string): StickyComment | undefined {
    return this.#places.get(keyOf(pull, configuration));
  }

  set(pull: PullRequestName, configuration: string, { id, headSha }: StickyComment): void {
    const key = keyOf(pull, configuration);
    this.#places.delete(key);
    this.#places.set(key, { id, headSha });
    for (const oldest of this.#places.keys()) {
      if (this.#places.size <= MOST) break;
      this.#places.delete(oldest);
    }
  }
}

function keyOf({ owner, repo, number }: PullRequestName, configuration: string): string {
  return `${owner}/${repo}#${number} ${markerName(configuration)}`.toLowerCase();
}
