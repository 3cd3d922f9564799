import type { GitHubClient } from '../github/client.ts';
import type { CommentMemory } from '../github/comment-memory.ts';
import type { Renderers } from '../render/renderers.ts';
import type { RulePage } from '../report/markdown-entries.ts';
import type { RepositoryCache } from '../source/repository-cache.ts';
import type { AppLog } from './app-log.ts';
import type { Task } from './tasks.ts';

/** Everything a task needs besides itself. The surface that hosts the App builds it once. */
export interface AppContext {
  /** A client with the token of one installation. */
  readonly clientFor: (installation: number) => Promise<GitHubClient>;
  readonly cache: RepositoryCache;
  /** Where our comments are. */
  readonly comments: CommentMemory;
  readonly now: () => Date;
  /** Names our comment, where several servers review the same repositories. */
  readonly configuration: string;
  /** The web address of the page about a rule. */
  readonly rulePage?: RulePage;
  /** The text of that page; undefined when it is not at hand. */
  readonly readRulePage: (rule: string) => Promise<string | undefined>;
  readonly renderers?: Renderers;
  readonly log: AppLog;
  /** Puts another task in line; does not wait for it. */
  readonly dispatch: (task: Task) => Promise<void>;
}

/** One run of a task. */
export interface Attempt {
  /** Aborted when the result is not wanted any more. */
  readonly signal: AbortSignal;
  /** Counts from 1. */
  readonly number: number;
}
