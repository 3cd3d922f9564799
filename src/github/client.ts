export type { GitHubClient, RepositoryName } from '../source/github-client.ts';
