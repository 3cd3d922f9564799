import type { ChangedFile, FakePull, FakeRepository } from '../fake-repository.ts';
import { commentableLines } from '../patch.ts';
import { sample } from '../sample.ts';
import { invalid, json, notFound, page, type Route, type RouteContext } from '../protocol.ts';
import { diffEntry } from './git.ts';
import { userOf } from './issues.ts';

/** Files GitHub lists of a pull request at most. */
const MOST_FILES = 3000;

export const PULL_ROUTES: Readonly<Record<string, Route>> = {
  'pulls/get': ({ repository, params }) => {
    const pull = pullOf(repository, params);
    return pull ? json(200, sample('pull-request', pullValue(repository, pull))) : notFound();
  },
  'pulls/list': (context) => {
    const wanted = context.query.get('state') ?? 'open';
    const pulls = [...context.repository.pulls.values()].filter(
      ({ state }) => wanted === 'all' || state === wanted,
    );
    return page(
      context,
      pulls.map((pull) => simplePull(context.repository, pull)),
    );
  },
  'pulls/list-files': (context) => {
    const pull = pullOf(context.repository, context.params);
    return pull
      ? page(context, filesOf(context.repository, pull).slice(0, MOST_FILES).map(diffEntry))
      : notFound();
  },
  'pulls/list-reviews': (context) => {
    const reviews = context.repository.reviews.filter(
      ({ pull }) => pull === Number(context.params['pull_number']),
    );
    return page(
      context,
      reviews.map(({ id, author, body, commit }) =>
        sample('pull-request-review', {
          id,
          user: userOf(author),
          body,
          state: 'COMMENTED',
          commit_id: commit,
        }),
      ),
    );
  },
  'pulls/list-review-comments': (context) => {
    const reviews = context.repository.reviews.filter(
      ({ pull }) => pull === Number(context.params['pull_number']),
    );
    const comments = reviews.flatMap(({ id, author, commit, comments }) =>
      comments.map((comment, index) =>
        sample('pull-request-review-comment', {
          ...{ id: id * 100 + index, user: userOf(author), pull_request_review_id: id, commit_id: commit },
          ...comment,
        }),
      ),
    );
    return page(context, comments);
  },
  'pulls/create-review': createReview,
  'repos/list-pull-requests-associated-with-commit': (context) => {
    const { repository, params } = context;
    const pulls = [...repository.pulls.values()].filter(({ headSha }) => headSha === params['commit_sha']);
    return page(
      context,
      pulls.map((pull) => simplePull(repository, pull)),
    );
  },
};

/** One comment outside the diff fails all of them, and the answer does not say which. */
function createReview(context: RouteContext) {
  const { repository, params, body, identity } = context;
  const pull = pullOf(repository, params);
  if (!pull) return notFound();
  const comments = (body['comments'] ?? []) as readonly Readonly<Record<string, unknown>>[];
  const files = filesOf(repository, pull);
  const outside = comments.some((comment) => {
    const lines = commentableLines(files.find(({ filename }) => filename === comment['path'])?.patch ?? '');
    const places = [comment['line'], comment['start_line']].filter((line) => line !== undefined);
    return places.length === 0 || places.some((line) => !lines.has(Number(line)));
  });
  if (outside)
    return invalid('Unprocessable Entity: pull_request_review_thread.line must be part of the diff');
  const id = repository.nextId();
  const commit = (body['commit_id'] as string | undefined) ?? pull.headSha;
  repository.reviews.push({
    id,
    pull: pull.number,
    author: identity,
    commit,
    body: (body['body'] as string | undefined) ?? '',
    comments,
  });
  const user = userOf(identity);
  return json(
    200,
    sample('pull-request-review', {
      id,
      user,
      body: body['body'] ?? '',
      state: 'COMMENTED',
      commit_id: commit,
    }),
  );
}

function pullOf(repository: FakeRepository, params: RouteContext['params']): FakePull | undefined {
  return repository.pulls.get(Number(params['pull_number']));
}

function filesOf(repository: FakeRepository, pull: FakePull): ChangedFile[] {
  const base = repository.git.resolve(pull.base) ?? '';
  return repository.changes(repository.git.mergeBase(base, pull.headSha) ?? base, pull.headSha);
}

function simplePull(repository: FakeRepository, pull: FakePull): Record<string, unknown> {
  return sample('pull-request-simple', pullValue(repository, pull));
}

function pullValue(repository: FakeRepository, pull: FakePull): Record<string, unknown> {
  const { owner, repo, id, git, defaultBranch } = repository;
  const { number, state, draft, fork } = pull;
  const own = sample('repository', {
    id,
    name: repo,
    full_name: `${owner}/${repo}`,
    default_branch: defaultBranch,
  });
  const other =
    fork && sample('repository', { id: fork.id, name: fork.repo, full_name: `${fork.owner}/${fork.repo}` });
  const side = (ref: string, sha: string, at: unknown, login: string) => ({
    ...{ label: `${login}:${ref}`, ref, sha, repo: at, user: sample('simple-user', { login }) },
  });
  return {
    ...{ number, state, draft, user: sample('simple-user', { login: 'author', type: 'User' }) },
    base: side(pull.base, git.resolve(pull.base) ?? '', own, owner),
    head: side(pull.headBranch, pull.headSha, fork === null ? null : (other ?? own), fork?.owner ?? owner),
  };
}
