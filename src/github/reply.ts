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
  const body = fitting(`${marker}\n${text}`);
  await client.rest.issues.createComment({
    owner,
    repo,
    issue_number: number,
    body,
    request: { retries: 0 },
  });
}

/** UTF-8 bytes; GitHub refuses a comment of more than 65,536 characters. */
const MOST_BYTES = 60_000;

/** Whole lines, as many as fit. A fence that is open where it is cut goes on to the end, and so does no harm. */
function fitting(body: string): string {
  if (Buffer.byteLength(body) <= MOST_BYTES) return body;
  const kept: string[] = [];
  let size = 0;
  for (const line of body.split('\n')) {
    size += Buffer.byteLength(line) + 1;
    if (size > MOST_BYTES) break;
    kept.push(line);
  }
  return [...kept, '', '_The rest did not fit into a comment._'].join('\n');
}
