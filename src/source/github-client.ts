import type { ProbotOctokit } from 'probot';

/**
 * The one GitHub client type: what Probot's `context.octokit`, `@octokit/rest` and `@actions/github` all are. Whoever
 * reads a repository gets one; nobody here makes one.
 */
export type GitHubClient = Pick<
  InstanceType<typeof ProbotOctokit>,
  'rest' | 'paginate' | 'request' | 'graphql'
>;

/** A repository, as GitHub's routes name it. */
export interface RepositoryName {
  readonly owner: string;
  readonly repo: string;
}
