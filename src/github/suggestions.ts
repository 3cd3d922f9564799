import { hasFixes, suggestionComments, type SuggestionComment } from '../report/review-comments.ts';
import type { Review } from '../report/review.ts';
import { wroteIt, type WhoWeAre } from './author.ts';
import type { GitHubClient } from './client.ts';
import { newSideHunks, withinOneHunk, type Hunk } from './hunks.ts';
import { readSuggestionMarker, suggestionMarker } from './markers.ts';
import type { PullRequestName } from './sticky-comment.ts';

/** Suggestions that are still to be posted; none when nothing can be suggested or all is there. */
export async function pendingSuggestions(
  client: GitHubClient,
  pull: PullRequestName,
  author: WhoWeAre,
  review: Review,
): Promise<readonly SuggestionComment[]> {
  if (!hasFixes(review)) return [];
  const hunks = await diffHunks(client, pull);
  const wanted = suggestionComments(review, (path, start, end) =>
    withinOneHunk(hunks.get(path) ?? [], start, end),
  );
  if (wanted.length === 0) return [];
  const there = await postedKeys(client, pull, author);
  return wanted.filter(({ key }) => !there.has(key));
}

/**
 * Posts them as one review, so that people are notified once.
 * @returns why GitHub refused, when it did: it takes a review whole or not at all.
 */
export async function postSuggestions(
  client: GitHubClient,
  { owner, repo, number }: PullRequestName,
  headSha: string,
  suggestions: readonly SuggestionComment[],
): Promise<{ readonly refused?: string }> {
  try {
    await client.rest.pulls.createReview({
      owner,
      repo,
      pull_number: number,
      commit_id: headSha,
      event: 'COMMENT',
      body: 'Istio Upgrade Guard can mend some of what it found. Please read each suggestion before you apply it.',
      comments: suggestions.map(reviewComment),
      request: { retries: 0 },
    });
    return {};
  } catch (error) {
    if (!(error instanceof Error && 'status' in error && error.status === 422)) throw error;
    return { refused: error.message };
  }
}

function reviewComment({ path, startLine, endLine, body, key }: SuggestionComment) {
  const range = startLine < endLine ? { start_line: startLine, start_side: 'RIGHT' } : {};
  return { path, line: endLine, side: 'RIGHT', ...range, body: `${suggestionMarker(key)}\n${body}` };
}

/** What the diff shows of each file. GitHub lists at most 3000 files; what it does not list takes no comment. */
async function diffHunks(
  client: GitHubClient,
  { owner, repo, number }: PullRequestName,
): Promise<Map<string, readonly Hunk[]>> {
  const parameters = { owner, repo, pull_number: number, per_page: 100 };
  const files = await client.paginate(client.rest.pulls.listFiles, parameters);
  return new Map(files.map(({ filename, patch }) => [filename, newSideHunks(patch)]));
}

async function postedKeys(
  client: GitHubClient,
  { owner, repo, number }: PullRequestName,
  author: WhoWeAre,
): Promise<Set<string>> {
  const parameters = { owner, repo, pull_number: number, per_page: 100 };
  const comments = await client.paginate(client.rest.pulls.listReviewComments, parameters);
  const marked = comments.filter(({ body }) => readSuggestionMarker(body) !== undefined);
  if (marked.length === 0) return new Set();
  const ourselves = await author();
  const ours = marked.filter((comment) => wroteIt(ourselves, comment));
  return new Set(ours.flatMap(({ body }) => readSuggestionMarker(body) ?? []));
}
