import { wroteIt, type Author } from './author.ts';
import type { GitHubClient } from './client.ts';
import { replyMarker } from './markers.ts';
import type { PullRequestName } from './sticky-comment.ts';

/**
 * Answers once, however often it is called for the same cause.
 * @param cause what is answered: `comment-12`, `check-34-post-plan`.
 */
export async function replyOnce(
  client: GitHubClient,
  { owner, repo, number }: PullRequestName,
  author: Author,
  cause: string,
  text: string,
): Promise<void> {
  const marker = replyMarker(cause);
  const parameters = { owner, repo, issue_number: number, per_page: 100 };
  const comments = await client.paginate(client.rest.issues.listComments, parameters);
  if (comments.some((comment) => wroteIt(author, comment) && comment.body?.startsWith(marker))) return;
  const body = `${marker}\n${text}`;
  await client.rest.issues.createComment({
    owner,
    repo,
    issue_number: number,
    body,
    request: { retries: 0 },
  });
}
