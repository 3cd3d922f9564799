import type { SettingsProblem } from '../config/load.ts';
import type { Settings } from '../config/settings.ts';
import type { Renderers } from '../render/renderers.ts';
import type { Review } from '../report/review.ts';
import type { ComparedCommits } from '../source/github.ts';
import type { GitHubClient } from '../source/github-client.ts';
import type { RepositoryCache } from '../source/repository-cache.ts';

/** What a surface decides about one review. */
export interface ReviewJob extends ComparedCommits {
  /** The moment of the review: decides which suppressions have expired. */
  readonly now: Date;
  /** Settings that overrule the repository's (the Action's inputs). */
  readonly overrides?: Partial<Settings>;
  readonly renderers?: Renderers;
  /** Stops the work when a newer head has come; the job then rejects with its reason. */
  readonly signal?: AbortSignal;
}

/** A review of a change on GitHub, with what there is to say about its settings. */
export interface JobResult {
  readonly review: Review;
  readonly settings: Settings;
  readonly baseSha: string | undefined;
  /** Mistakes in the settings file that this change brings: to be shown on it, with their lines. */
  readonly settingsProblems: readonly SettingsProblem[];
  /**
   * What the reader should know besides the review; whole sentences of plain text, to be escaped by the sink: settings
   * that apply after the merge, suppressions that have expired, limits of the comparison.
   */
  readonly notes: readonly string[];
}

/**
 * Reviews one change on GitHub: the job that App and Action share. Reads, and publishes nothing.
 * @throws GitHubError, SourceError; the signal's reason when it was aborted.
 */
export function reviewPullRequest(
  client: GitHubClient,
  cache: RepositoryCache,
  job: ReviewJob,
): Promise<JobResult> {
  return Promise.reject(new Error(`not written: ${[client, cache, job].length}`));
}
