import type { Author } from '../github/author.ts';
import { gitHubError } from '../github/errors.ts';
import { publishOnPullRequest, type Publication } from '../github/publish.ts';
import type { JobResult } from '../github/review-job.ts';
import type { GitHubClient } from '../source/github-client.ts';
import type { EventChange } from './event.ts';

/** What the comment needs besides the result. */
export interface CommentJob extends Omit<Publication, 'author'> {
  readonly change: EventChange;
  readonly hasToken: boolean;
}

/**
 * Writes the comment of a pull request, if the token may.
 * @returns sentences about what could not be done; everything else goes on without the comment.
 */
export async function comment(
  client: GitHubClient,
  result: JobResult,
  job: CommentJob,
): Promise<readonly string[]> {
  if (result.settings.comment === 'never') return [];
  if (!job.hasToken) return ['No comment was written: the input token is empty.'];
  try {
    let ourselves: Promise<Author> | undefined;
    const author = () => (ourselves ??= ownName(client));
    const published = await publishOnPullRequest(client, result, { ...job, author });
    if ('superseded' in published) return [SUPERSEDED];
    return published.comment === 'not-permitted' ? [notPermitted(job.change)] : published.notes;
  } catch (error) {
    const trouble = gitHubError(error, job.now);
    if (!trouble) throw error;
    if (trouble.trouble === 'missing-permission') return [notPermitted(job.change)];
    return [`No comment was written: ${trouble.message} ${trouble.advice}`.trim()];
  }
}

const SUPERSEDED =
  'No comment was written: the pull request was pushed to, moved to another branch or closed meanwhile.';

/** Whom the token belongs to: `github-actions[bot]` for the workflow's own. Not known where there is no GraphQL. */
async function ownName(client: GitHubClient): Promise<Author> {
  try {
    const { viewer } = await client.graphql<{ viewer: { login: string } }>('query { viewer { login } }');
    return viewer;
  } catch (error) {
    if (error instanceof Error && 'status' in error && error.status === 404) return { login: undefined };
    throw error;
  }
}

function notPermitted({ fork, privileged }: EventChange): string {
  if (fork && !privileged) {
    return (
      'No comment was written: in a pull request of a fork the token of the event pull_request can only read, ' +
      'whatever `permissions` says. Use pull_request_target with `pull-requests: write` to have one.'
    );
  }
  return 'No comment was written: the job lacks the permission `pull-requests: write`.';
}
