import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { DEFAULT_SETTINGS, type CommentPolicy } from '../../src/config/settings.ts';
import { createClient, type GitHubClient } from '../../src/github/client.ts';
import { publishOnPullRequest } from '../../src/github/publish.ts';
import type { JobResult } from '../../src/github/review-job.ts';
import type { Fix } from '../../src/vocabulary.ts';
import { at, environment, finding, reviewOf } from '../report/sample-review.ts';
import { FakeGitHub } from './fake-github.ts';
import type { FakeRepository } from './fake-repository.ts';
import { invalid } from './protocol.ts';
import { interceptGitHub, releaseGitHub } from './transports.ts';

let fake: FakeGitHub;
let mesh: FakeRepository;
let client: GitHubClient;

const lines = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, i) => `line${from + i}: x\n`).join('');

beforeEach(() => {
  fake = new FakeGitHub();
  interceptGitHub(fake);
  client = createClient({
    ...{ token: 'ghs_app', apiUrl: fake.url, longestWait: 0, now: () => 0 },
    sleep: () => Promise.resolve(),
  });
  mesh = fake.repository('acme', 'mesh');
  mesh.commit('main', { 'a.yaml': lines(1, 40), 'big.yaml': lines(1, 40) });
  mesh.pull(7, {
    'a.yaml': lines(1, 19) + 'line20: changed\n' + lines(21, 40),
    'big.yaml': 'line1: changed\n' + lines(2, 40),
  });
});

afterEach(() => {
  releaseGitHub();
  expect(fake.problems).toEqual([]);
});

function fixOf(file: string, startLine: number, endLine = startLine): Fix {
  return { title: 'mend it', file, startLine, endLine, text: 'mended: true\n' };
}

function result(fixes: readonly Fix[], comment: CommentPolicy = 'always'): JobResult {
  const findings = fixes.map((fix, i) =>
    finding({
      fix,
      fingerprint: `fingerprint${i}`,
      at: at(fix.file, fix.startLine),
      message: `Problem ${i}.`,
    }),
  );
  const verdict = fixes.length > 0 ? 'unsafe' : 'safe';
  return {
    review: reviewOf({ verdict, environments: [environment({ findings })] }),
    settings: { ...DEFAULT_SETTINGS, comment },
    ...{ baseSha: mesh.git.resolve('main'), settingsProblems: [], settingsFiles: [], notes: [] },
  };
}

function publish(what: JobResult, more: { headSha?: string } = {}) {
  return publishOnPullRequest(client, what, {
    pull: { owner: 'acme', repo: 'mesh', number: 7 },
    ...{ author: ourselves, configuration: 'default', baseRef: 'main', now: 0 },
    ...{ repositoryUrl: 'https://github.com/acme/mesh', headSha: mesh.pulls.get(7)!.headSha },
    ...more,
  });
}

const ourselves = () => Promise.resolve({ login: 'istio-upgrade-guard[bot]' });
const posted = () => mesh.reviews.flatMap(({ comments }) => comments);

describe('suggestions', () => {
  test('are one review with all comments, at the reviewed commit', async () => {
    await publish(result([fixOf('a.yaml', 20), fixOf('a.yaml', 18, 19)]));
    expect(mesh.reviews).toMatchObject([{ commit: mesh.pulls.get(7)!.headSha }]);
    expect(posted()).toMatchObject([
      { path: 'a.yaml', line: 20, side: 'RIGHT' },
      { path: 'a.yaml', start_line: 18, line: 19, start_side: 'RIGHT', side: 'RIGHT' },
    ]);
    expect(posted()[0]).not.toHaveProperty('start_line');
    expect(posted()[0]?.['body']).toContain('```suggestion\nmended: true\n```');
  });

  test('never leave the diff: those are in the comment alone', async () => {
    await publish(result([fixOf('a.yaml', 3), fixOf('a.yaml', 20, 30), fixOf('other.yaml', 1)]));
    expect(mesh.reviews).toEqual([]);
    expect(mesh.comments[0]?.body).toContain('Problem 2.');
  });

  test('need a patch, which GitHub leaves out for large files', async () => {
    mesh.withoutPatch.add('big.yaml');
    await publish(result([fixOf('big.yaml', 1), fixOf('a.yaml', 20)]));
    expect(posted().map(({ path }) => path)).toEqual(['a.yaml']);
  });

  test('are posted once, however often the review is', async () => {
    const what = result([fixOf('a.yaml', 20)]);
    await publish(what);
    expect(await publish(what)).toEqual({ comment: 'unchanged', notes: [] });
    expect(mesh.reviews).toHaveLength(1);
  });

  test('that GitHub refuses cost the comment nothing, and it says so', async () => {
    fake.fail('pulls/create-review', invalid('pull_request_review_thread.line must be part of the diff'));
    const published = await publish(result([fixOf('a.yaml', 20)]));
    const said = expect.stringContaining('GitHub did not take the suggested fixes');
    expect(published).toEqual({ comment: 'created', notes: [said] });
    expect(mesh.comments[0]?.body).toEqual(said);
  });

  test('cost no request when there is nothing to mend', async () => {
    await publish(result([]));
    expect([fake.count('pulls/list-files'), fake.count('pulls/list-review-comments')]).toEqual([0, 0]);
  });
});

describe('the comment', () => {
  test.each([
    ['always', 1],
    ['on-findings', 0],
    ['never', 0],
  ] as const)('with policy %s and nothing found: %d', async (policy, count) => {
    await publish(result([], policy));
    expect(mesh.comments).toHaveLength(count);
  });

  test('that warns is corrected under on-findings, and nothing is written under never', async () => {
    const bad = [fixOf('a.yaml', 3)];
    await publish(result(bad, 'never'));
    expect(fake.bodies('issues/create-comment')).toEqual([]);
    await publish(result(bad, 'on-findings'));
    await publish(result([], 'on-findings'));
    expect(mesh.comments.map(({ body }) => body)).toEqual([expect.stringContaining('Guard: safe')]);
  });

  test('is one for each configuration', async () => {
    await publish(result([]));
    await publishOnPullRequest(client, result([]), {
      pull: { owner: 'acme', repo: 'mesh', number: 7 },
      ...{
        author: ourselves,
        configuration: 'staging (eu)',
        baseRef: 'main',
        now: 0,
      },
      ...{ repositoryUrl: 'https://github.com/acme/mesh', headSha: mesh.pulls.get(7)!.headSha },
    });
    expect(mesh.comments.map(({ body }) => /configuration=(\S+)/.exec(body)?.[1])).toEqual([
      'default',
      'staging--eu-',
    ]);
  });

  test('is found among hundreds, and doubles of it are cleared away', async () => {
    const person = { login: 'ada', id: 5, type: 'User', permissions: {} } as const;
    for (let i = 0; i < 150; i++) mesh.comment(7, `talk ${i}`, person);
    await publish(result([]));
    mesh.comment(7, mesh.comments.at(-1)!.body, fake.identities.get('ghs_app')!);
    expect(await publish(result([]))).toMatchObject({ comment: 'unchanged' });
    expect(mesh.comments.filter(({ body }) => body.includes('configuration='))).toHaveLength(1);
  });

  test('of an old head is not written', async () => {
    const old = mesh.pulls.get(7)!.headSha;
    const newer = mesh.push(7, { 'a.yaml': 'x: 1\n' });
    const published = await publish(result([]), { headSha: old });
    expect(published).toEqual({ superseded: { open: true, headSha: newer, baseRef: 'main' } });
    expect(mesh.comments).toEqual([]);
  });
});
