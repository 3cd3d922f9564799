import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createClient, type GitHubClient } from '../../src/github/client.ts';
import { gitHubError } from '../../src/github/errors.ts';
import { FakeGitHub } from './fake-github.ts';
import { rateLimited, secondaryLimit, serverError } from './protocol.ts';
import { interceptGitHub, releaseGitHub, serveGitHub } from './transports.ts';

const where = { owner: 'acme', repo: 'mesh' };
let fake: FakeGitHub;
let client: GitHubClient;
let waits: number[];

function clientFor(token: string): GitHubClient {
  return createClient({
    token,
    apiUrl: fake.url,
    longestWait: 60,
    now: () => 1_800_000_000_000,
    sleep: (milliseconds) => Promise.resolve(void waits.push(milliseconds)),
  });
}

beforeEach(() => {
  fake = new FakeGitHub();
  waits = [];
  interceptGitHub(fake);
  client = clientFor('ghs_app');
  const repository = fake.repository('acme', 'mesh');
  repository.commit('main', { 'a.yaml': 'a: 1\nb: 2\n', 'apps/b.yaml': 'kind: B\n' });
  repository.pull(7, { 'a.yaml': 'a: 2\nb: 2\n' });
});

afterEach(() => {
  releaseGitHub();
});

async function failure(work: Promise<unknown>) {
  return work.then(
    () => undefined,
    (error: unknown) => gitHubError(error, 0)?.trouble,
  );
}

describe('the fake answers like GitHub, by GitHub’s own description', () => {
  test('a pull request, its files, its trees and blobs', async () => {
    const { data: pull } = await client.rest.pulls.get({ ...where, pull_number: 7 });
    const { data: files } = await client.rest.pulls.listFiles({ ...where, pull_number: 7, per_page: 100 });
    const { data: tree } = await client.rest.git.getTree({
      ...where,
      tree_sha: pull.head.sha,
      recursive: '1',
    });
    const blob = tree.tree.find(({ path }) => path === 'a.yaml')!;
    const { data } = await client.rest.git.getBlob({ ...where, file_sha: blob.sha });
    expect(files).toMatchObject([
      { filename: 'a.yaml', status: 'modified', patch: '@@ -1,2 +1,2 @@\n-a: 1\n+a: 2\n b: 2' },
    ]);
    expect(tree.tree.map(({ path }) => path)).toEqual(['a.yaml', 'apps', 'apps/b.yaml']);
    expect(Buffer.from(data.content, 'base64').toString()).toBe('a: 2\nb: 2\n');
    expect(fake.problems).toEqual([]);
  });

  test('a comment, a check run, a review', async () => {
    const comment = await client.rest.issues.createComment({ ...where, issue_number: 7, body: 'hello' });
    await client.rest.issues.updateComment({ ...where, comment_id: comment.data.id, body: 'again' });
    const comments = await client.paginate(client.rest.issues.listComments, { ...where, issue_number: 7 });
    const head_sha = fake.repository('acme', 'mesh').pulls.get(7)!.headSha;
    const check = await client.rest.checks.create({
      ...where,
      name: 'mesh',
      head_sha,
      status: 'in_progress',
    });
    await client.rest.checks.update({
      ...{ ...where, check_run_id: check.data.id, conclusion: 'success' },
      output: { title: 'fine', summary: 'all' },
    });
    await client.rest.pulls.createReview({
      ...{ ...where, pull_number: 7, event: 'COMMENT', commit_id: head_sha },
      comments: [{ path: 'a.yaml', line: 1, side: 'RIGHT', body: 'here' }],
    });
    expect(comments.map(({ body }) => body)).toEqual(['again']);
    expect(fake.repository('acme', 'mesh').checks).toMatchObject([{ status: 'completed' }]);
    expect(fake.problems).toEqual([]);
  });

  test('what GitHub would refuse is refused, and noted', async () => {
    const head_sha = fake.repository('acme', 'mesh').pulls.get(7)!.headSha;
    const annotation = {
      path: 'a',
      start_line: 1,
      end_line: 1,
      annotation_level: 'notice' as const,
      message: 'm',
    };
    const output = { title: 't', summary: 's', annotations: Array.from({ length: 51 }, () => annotation) };
    expect(await failure(client.rest.checks.create({ ...where, name: 'x', head_sha, output }))).toBe(
      'rejected',
    );
    expect(fake.problems).toEqual([
      'checks/create: request /output/annotations must NOT have more than 50 items',
    ]);
    const comments = [{ path: 'a.yaml', line: 40, body: 'beyond' }];
    const review = client.rest.pulls.createReview({ ...where, pull_number: 7, event: 'COMMENT', comments });
    expect(await failure(review)).toBe('rejected');
    const long = client.rest.issues.createComment({ ...where, issue_number: 7, body: 'x'.repeat(65_537) });
    expect(await failure(long)).toBe('rejected');
  });

  test('a token does only what it may', async () => {
    const permissions = { contents: 'read', pull_requests: 'read' } as const;
    fake.identities.set('ghs_fork', { login: 'github-actions[bot]', id: 1, type: 'Bot', permissions });
    const fork = clientFor('ghs_fork');
    expect(await failure(fork.rest.issues.createComment({ ...where, issue_number: 7, body: 'x' }))).toBe(
      'missing-permission',
    );
    expect(await failure(clientFor('ghs_nobody').rest.pulls.get({ ...where, pull_number: 7 }))).toBe(
      'bad-credentials',
    );
    expect(await failure(client.rest.repos.get({ owner: 'acme', repo: 'other' }))).toBe('not-found');
  });
});

describe('the client is patient where that helps', () => {
  const read = () => client.rest.pulls.get({ ...where, pull_number: 7 });
  const write = () => client.rest.issues.createComment({ ...where, issue_number: 7, body: 'once' });

  test('a failing GitHub is asked again, a line that breaks too', async () => {
    fake.fail('pulls/get', serverError());
    fake.fail('pulls/get', 'hang-up');
    expect((await read()).data.number).toBe(7);
    expect(waits).toEqual([1000, 2000]);
  });

  test('but not for ever', async () => {
    fake.fail('pulls/get', serverError(), 9);
    expect(await failure(read())).toBe('server');
    expect(fake.count('pulls/get')).toBe(4);
  });

  test('a comment is never posted twice', async () => {
    fake.fail('issues/create-comment', serverError());
    expect(await failure(write())).toBe('server');
    expect(fake.count('issues/create-comment')).toBe(1);
  });

  test('a short limit is waited out, also for writes', async () => {
    fake.fail('issues/create-comment', secondaryLimit(5));
    fake.fail('issues/create-comment', rateLimited(30, 1_800_000_000_000));
    await write();
    expect(waits).toEqual([5000, 30_000]);
    expect(fake.repository('acme', 'mesh').comments).toHaveLength(1);
  });

  test('a long one is not', async () => {
    fake.fail('pulls/get', rateLimited(1800, 1_800_000_000_000));
    expect(await failure(read())).toBe('rate-limit');
    expect(waits).toEqual([]);
  });
});

test('the same over HTTP, for programs of their own', async () => {
  const served = new FakeGitHub();
  served.repository('acme', 'mesh').commit('main', { 'a.yaml': 'a: 1\n' });
  const server = await serveGitHub(served);
  fake = served;
  const answer = await clientFor('ghs_app').rest.git.getTree({ ...where, tree_sha: 'main' });
  expect(answer.data.tree).toMatchObject([{ path: 'a.yaml', mode: '100644', size: 5 }]);
  expect(served.problems).toEqual([]);
  await server.close();
});
