import { wroteIt, type WhoWeAre } from './author.ts';
import type { GitHubClient, RepositoryName } from './client.ts';
import { markerName, readCommentMarker } from './markers.ts';

/** A pull request, as GitHub's routes name it. */
export interface PullRequestName extends RepositoryName {
  readonly number: number;
}

/** Our comment on a pull request, as it stands. */
export interface StickyComment {
  readonly id: number;
  /** Undefined when only its place is remembered. */
  readonly body?: string;
  readonly headSha: string;
}

/** What is there before we write. */
export interface StickyComments {
  readonly current: StickyComment | undefined;
  /** Second ones, left by an answer of GitHub that got lost after it had taken the comment. */
  readonly surplus: readonly StickyComment[];
}

/** Our comments for one configuration, oldest first. One request for each 100 comments of the pull request. */
export async function findStickyComments(
  client: GitHubClient,
  { owner, repo, number }: PullRequestName,
  author: WhoWeAre,
  configuration: string,
): Promise<StickyComments> {
  const parameters = { owner, repo, issue_number: number, per_page: 100 };
  const comments = await client.paginate(client.rest.issues.listComments, parameters);
  const marked = comments.flatMap(({ id, body = '', user }) => {
    const marker = readCommentMarker(body);
    const same = marker?.configuration === markerName(configuration);
    return marker && same ? [{ id, body, headSha: marker.headSha, user }] : [];
  });
  if (marked.length === 0) return { current: undefined, surplus: [] };
  const ourselves = await author();
  const [current, ...surplus] = marked.filter((comment) => wroteIt(ourselves, comment));
  return { current, surplus };
}

/**
 * Makes our comment say `body`: edited in place, written anew where it is missing or was deleted meanwhile, left alone
 * where it says that already.
 */
export async function writeStickyComment(
  client: GitHubClient,
  pull: PullRequestName,
  { current, surplus }: StickyComments,
  body: string,
): Promise<WrittenComment> {
  const { owner, repo } = pull;
  for (const { id: comment_id } of surplus)
    await ifThere(client.rest.issues.deleteComment({ owner, repo, comment_id }));
  if (!current) return create(client, pull, body);
  const { id } = current;
  if (current.body !== undefined && sameText(current.body, body)) return { id, outcome: 'unchanged' };
  const updated = await ifThere(client.rest.issues.updateComment({ owner, repo, comment_id: id, body }));
  return updated ? { id, outcome: 'updated' } : create(client, pull, body);
}

/** Which comment it is, and what became of it. */
export interface WrittenComment {
  readonly id: number;
  readonly outcome: 'created' | 'updated' | 'unchanged';
}

async function create(
  client: GitHubClient,
  { owner, repo, number }: PullRequestName,
  body: string,
): Promise<WrittenComment> {
  // A lost answer must not become a second comment: whoever tries again looks first for what is there.
  const request = { retries: 0 };
  const { data } = await client.rest.issues.createComment({
    owner,
    repo,
    issue_number: number,
    body,
    request,
  });
  return { id: data.id, outcome: 'created' };
}

/** GitHub may give line breaks back in another form. */
function sameText(a: string, b: string): boolean {
  const plain = (text: string) => text.replaceAll('\r\n', '\n').trimEnd();
  return plain(a) === plain(b);
}

/** Whether the thing was still there; a user may have deleted it since it was listed. */
async function ifThere(request: Promise<unknown>): Promise<boolean> {
  try {
    await request;
    return true;
  } catch (error) {
    const status = error instanceof Error && 'status' in error ? error.status : undefined;
    if (status === 404 || status === 410) return false;
    throw error;
  }
}
