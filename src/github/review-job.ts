import type { SettingsProblem } from '../config/load.ts';
import type { Settings } from '../config/settings.ts';
import type { Renderers } from '../render/renderers.ts';
import type { Review } from '../report/review.ts';
import { ReviewMemory } from '../compare/review-memory.ts';
import { review } from '../review.ts';
import { openPullRequest, type ComparedCommits, type ComparedSnapshots } from '../source/github.ts';
import type { GitHubClient } from '../source/github-client.ts';
import { isManifestPath } from '../source/limits.ts';
import type { RepositoryCache } from '../source/repository-cache.ts';
import type { Snapshot } from '../source/snapshot.ts';
import { gitHubError } from './errors.ts';
import type { PullSeen } from './pull-state.ts';
import { readOrganisationFile, type OrganisationFile } from './organisation-settings.ts';
import { reviewSettings } from './review-settings.ts';

/** What a surface decides about one review. */
export interface ReviewJob extends ComparedCommits {
  /** The moment of the review: decides which suppressions have expired. */
  readonly now: Date;
  /** Settings that overrule the repository's (the Action's inputs). */
  readonly overrides?: Partial<Settings>;
  /** Path of the settings file in the repository, when it is not the usual one. */
  readonly config?: string;
  readonly renderers?: Renderers;
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
  /** Settings files that had a say, the strongest first; plain text. */
  readonly settingsFiles: readonly string[];
  /** The pull request as it was seen on the way. */
  readonly pullSeen?: PullSeen | undefined;
}

/**
 * Reviews one change on GitHub: the job that App and Action share. Reads, and publishes nothing.
 * @throws GitHubError, SourceError; the signal's reason when it was aborted.
 */
export async function reviewPullRequest(
  client: GitHubClient,
  cache: RepositoryCache,
  job: ReviewJob,
): Promise<JobResult> {
  const now = job.now.getTime();
  try {
    const organisation = await readOrganisationFile(client, job, cache, now, job.signal);
    const sides = await openPullRequest(client, job, cache);
    const memory = new ReviewMemory(cache.get(job, 'review', '') as ReviewMemory | undefined);
    const result = await reviewSides(sides, { ...job, organisation, memory });
    cache.set(job, 'review', '', memory, memoryBytes(sides.head));
    return { ...result, ...(sides.pull && { pullSeen: { ...sides.pull, at: now } }) };
  } catch (error) {
    job.signal?.throwIfAborted();
    throw gitHubError(error, now) ?? error;
  }
}

/** What a review of two snapshots needs besides them. */
export interface SidesJob extends Pick<ReviewJob, 'now' | 'overrides' | 'config' | 'renderers' | 'signal'> {
  /** The organisation's settings file, when it has one. */
  readonly organisation?: OrganisationFile | undefined;
  /** Made from that of the repository's last review in this process. */
  readonly memory?: ReviewMemory;
}

/**
 * Reviews two sides, wherever they were read from.
 * @throws SourceError; the signal's reason when it was aborted.
 */
export async function reviewSides(sides: ComparedSnapshots, job: SidesJob): Promise<JobResult> {
  const { now, overrides = {}, config, renderers, signal, organisation, memory } = job;
  const today = now.toISOString().slice(0, 10);
  const { settings, problems, notes, files } = await reviewSettings(sides, {
    ...{ organisation, overrides, today },
    ...(config !== undefined && { path: config }),
  });
  signal?.throwIfAborted();
  const result = await review(sides.base, sides.head, settings, undefined, renderers, memory);
  signal?.throwIfAborted();
  return {
    review: result,
    settings,
    baseSha: sides.baseSha,
    settingsProblems: problems,
    notes: [...sides.notes, ...notes],
    settingsFiles: files,
  };
}

/** Bytes that a manifest takes in memory for each of its own, parsed, modelled and checked; about. */
const PARSED_BYTES = 8;

/** What a review of these files leaves in memory, about. */
function memoryBytes(head: Snapshot): number {
  const bytes = head.list().reduce((sum, { path, size = 0 }) => sum + (isManifestPath(path) ? size : 0), 0);
  return bytes * PARSED_BYTES;
}
