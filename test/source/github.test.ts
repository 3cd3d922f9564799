import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { gitHubError } from '../../src/github/errors.ts';
import type { GitHubClient } from '../../src/source/github-client.ts';
import { openPullRequest, type ComparedCommits, type ComparedSnapshots } from '../../src/source/github.ts';
import { LIMITS, type Limits } from '../../src/source/limits.ts';
import { RepositoryCache } from '../../src/source/repository-cache.ts';
import type { Snapshot } from '../../src/source/snapshot.ts';
import { FakeGitHub } from '../github/fake-github.ts';
import type { FakeRepository } from '../github/fake-repository.ts';
import { rateLimited, serverError } from '../github/protocol.ts';
import { graphqlRateLimited } from '../github/routes/graphql.ts';
import { testClient } from '../github/test-client.ts';
import { interceptGitHub, releaseGitHub } from '../github/transports.ts';

let fake: FakeGitHub;
let repository: FakeRepository;
let client: GitHubClient;
let cache: RepositoryCache;

beforeEach(() => {
  fake = new FakeGitHub();
  interceptGitHub(fake);
  repository = fake.repository('acme', 'mesh');
  client = testClient(fake);
  cache = new RepositoryCache();
});

afterEach(() => {
  releaseGitHub();
  expect(fake.problems).toEqual([]);
});

function open(commits: Partial<ComparedCommits> = {}, limits: Limits = LIMITS): Promise<ComparedSnapshots> {
  const headSha = repository.pulls.get(7)?.headSha ?? repository.git.resolve('main')!;
  return openPullRequest(
    client,
    { owner: 'acme', repo: 'mesh', base: 'main', headSha, ...commits },
    cache,
    limits,
  );
}

async function textOf(snapshot: Snapshot | undefined, path: string): Promise<string> {
  return Buffer.from(await snapshot!.read(path)).toString('utf8');
}

const MANY = Object.fromEntries(Array.from({ length: 250 }, (_, i) => [`apps/${i}.yaml`, `n: ${i}\n`]));

describe('both sides of a pull request', () => {
  test('are the merge base and the head, whatever the base branch did meanwhile', async () => {
    const start = repository.commit('main', { 'a.yaml': 'a: 1\n', 'b.yaml': 'b: 1\n' });
    repository.pull(7, { 'a.yaml': 'a: 2\n' });
    repository.commit('main', { 'b.yaml': 'b: 2\n' });
    const { base, head, baseSha } = await open();
    expect(baseSha).toBe(start);
    expect([base!.ref, head.ref]).toEqual([
      start.slice(0, 10),
      repository.pulls.get(7)!.headSha.slice(0, 10),
    ]);
    expect([await textOf(base, 'a.yaml'), await textOf(head, 'a.yaml')]).toEqual(['a: 1\n', 'a: 2\n']);
    expect(await textOf(base, 'b.yaml')).toBe('b: 1\n');
    expect(fake.calls.map(({ operation }) => operation)).toEqual([
      'repos/compare-commits',
      'git/get-tree',
      'git/get-tree',
      'graphql',
    ]);
  });

  test('a second push costs what it changed', async () => {
    repository.commit('main', MANY);
    repository.pull(7, { 'apps/3.yaml': 'n: three\n' });
    await open();
    fake.calls.length = 0;
    repository.push(7, { 'apps/4.yaml': 'n: four\n' });
    const { head } = await open();
    expect(await textOf(head, 'apps/4.yaml')).toBe('n: four\n');
    expect(fake.calls.map(({ operation }) => operation)).toEqual([
      'repos/compare-commits',
      'git/get-tree',
      'graphql',
    ]);
    fake.calls.length = 0;
    await open({ base: repository.git.resolve('main')! });
    await open({ base: repository.git.resolve('main')! });
    expect(fake.count()).toBe(1);
  });

  test('many files come as one archive', async () => {
    repository.commit('main', {
      ...MANY,
      'README.md': 'hello',
      [`deep/${'folder/'.repeat(20)}x.yaml`]: 'x: 1\n',
    });
    repository.pull(7, { 'apps/3.yaml': 'n: three\n' });
    const { base, head } = await open();
    expect(await textOf(head, `deep/${'folder/'.repeat(20)}x.yaml`)).toBe('x: 1\n');
    expect([await textOf(base, 'apps/3.yaml'), await textOf(head, 'apps/3.yaml')]).toEqual([
      'n: 3\n',
      'n: three\n',
    ]);
    expect(fake.calls.map(({ operation }) => operation)).toEqual([
      ...['repos/compare-commits', 'git/get-tree', 'git/get-tree'],
      ...['repos/download-tarball-archive', 'codeload', 'graphql'],
    ]);
  });

  test('an archive that leaves files out or changes them is not believed', async () => {
    repository.commit('main', { ...MANY, 'version.yaml': 'v: $Format:%H$\n' });
    repository.pull(7, { 'apps/3.yaml': 'n: three\n' });
    fake.tarballOptions = {
      ignored: new Set(['apps/1.yaml', 'apps/2.yaml']),
      substituted: { 'version.yaml': 'v: 0123\n' },
    };
    const { head, base } = await open();
    expect(await textOf(head, 'apps/1.yaml')).toBe('n: 1\n');
    expect(await textOf(base, 'version.yaml')).toBe('v: $Format:%H$\n');
    expect(head.omitted).toEqual([]);
  });

  test('an archive that breaks off costs more requests, and nothing else', async () => {
    repository.commit('main', MANY);
    repository.pull(7, { 'apps/3.yaml': 'n: three\n' });
    fake.fail('codeload', {
      status: 200,
      headers: { 'content-type': 'application/x-gzip' },
      body: Buffer.from('oops'),
    });
    const { head } = await open();
    expect(await textOf(head, 'apps/249.yaml')).toBe('n: 249\n');
    expect(fake.count('graphql')).toBe(3);
  });

  test('what GraphQL cannot give as text comes as a blob', async () => {
    fake.textLimit = 1000;
    const latin1 = Buffer.from([0x61, 0x3a, 0x20, 0xe9, 0x0a]);
    repository.commit('main', {
      'latin1.yaml': latin1,
      'long.yaml': 'a: b\n'.repeat(400),
      'zero.yaml': 'a\0b',
    });
    repository.pull(7, { 'ok.yaml': 'ok: 1\n' });
    const { head } = await open();
    expect(Buffer.from(await head.read('latin1.yaml'))).toEqual(latin1);
    expect((await textOf(head, 'long.yaml')).length).toBe(2000);
    expect(await textOf(head, 'zero.yaml')).toBe('a\0b');
    expect(fake.count('git/get-blob')).toBe(3);
  });

  test('other files are fetched when somebody reads them, together', async () => {
    repository.commit('main', { 'a.yaml': 'a: 1\n', 'run.sh': 'echo\n', 'chart/_x.tpl': 'tpl\n' });
    repository.pull(7, { 'a.yaml': 'a: 2\n' });
    const { head } = await open();
    fake.calls.length = 0;
    expect(await Promise.all([textOf(head, 'run.sh'), textOf(head, 'chart/_x.tpl')])).toEqual([
      'echo\n',
      'tpl\n',
    ]);
    expect(fake.count()).toBe(1);
  });

  test('links and submodules are listed and not followed', async () => {
    repository.commit('main', {
      'real/a.yaml': 'a: 1\n',
      linked: { symlink: 'real/a.yaml' },
      'link.yaml': { symlink: '/etc/passwd' },
      other: { submodule: 'b'.repeat(40) },
    });
    repository.pull(7, { 'real/a.yaml': 'a: 2\n' });
    const { head } = await open();
    expect(head.omitted).toEqual([
      { path: 'link.yaml', why: 'a symbolic link, which is not followed' },
      { path: 'linked', why: 'a symbolic link, which is not followed' },
      { path: 'other', why: 'another repository (a submodule), which is not read' },
    ]);
    await expect(head.read('link.yaml')).rejects.toMatchObject({ code: 'unreadable' });
  });
});

describe('unusual histories', () => {
  test('a first commit has no base', async () => {
    repository.commit('main', { 'a.yaml': 'a: 1\n' });
    const { base, head } = await open({ base: undefined });
    expect(base).toBeUndefined();
    expect(await textOf(head, 'a.yaml')).toBe('a: 1\n');
  });

  test('two histories without a common commit are compared as they are, and it is said', async () => {
    repository.commit('main', { 'a.yaml': 'a: 1\n' });
    const headSha = repository.commit('orphan', { 'a.yaml': 'a: 2\n' }, null);
    const { base, notes } = await open({ headSha });
    expect(await textOf(base, 'a.yaml')).toBe('a: 1\n');
    expect(notes).toEqual([
      `${headSha.slice(0, 10)} and main share no commit; both are compared as they are.`,
    ]);
  });

  test('a merge group is compared with the very commit it names', async () => {
    const before = repository.commit('main', { 'a.yaml': 'a: 1\n' });
    const headSha = repository.commit('gh-readonly-queue/main/pr-7', { 'a.yaml': 'a: 2\n' }, before);
    const { baseSha } = await open({ base: before, exactBase: true, headSha });
    expect(baseSha).toBe(before);
    expect(fake.count('repos/compare-commits')).toBe(0);
  });

  test('the head of a fork is read from the repository it is made to, even when the fork is gone', async () => {
    repository.commit('main', { 'a.yaml': 'a: 1\n' });
    repository.pull(7, { 'a.yaml': 'a: 2\n' }, { fork: null });
    expect(await textOf((await open()).head, 'a.yaml')).toBe('a: 2\n');
  });

  test('a head that a force-push has thrown away is said to be gone', async () => {
    repository.commit('main', { 'a.yaml': 'a: 1\n' });
    const gone = open({ headSha: 'f'.repeat(40) });
    await expect(gone).rejects.toMatchObject({ name: 'SourceError', code: 'unknown-ref' });
  });

  test('a push in the middle changes nothing: both sides are the commits they were', async () => {
    repository.commit('main', { 'a.yaml': 'a: 1\n' });
    repository.pull(7, { 'a.yaml': 'a: 2\n' });
    fake.before('graphql', () => repository.push(7, { 'a.yaml': 'a: 3\n' }, true));
    expect(await textOf((await open()).head, 'a.yaml')).toBe('a: 2\n');
  });
});

describe('limits', () => {
  test('a listing that is cut off is completed directory by directory, shared ones once', async () => {
    repository.commit('main', {
      'a/1.yaml': '1',
      'a/2.yaml': '2',
      'b/c/3.yaml': '3',
      'b/d/4.yaml': '4',
      'node_modules/x.yaml': 'x',
    });
    repository.pull(7, { 'a/1.yaml': 'one' });
    fake.treeLimit = 4;
    const { base, head } = await open();
    expect(head.list().map(({ path }) => path)).toEqual(['a/1.yaml', 'a/2.yaml', 'b/c/3.yaml', 'b/d/4.yaml']);
    expect(await textOf(base, 'a/1.yaml')).toBe('1');
    expect(head.omitted).toEqual([]);
    // Both roots twice (whole, then level by level), `a` of both, `b` once.
    expect(fake.count('git/get-tree')).toBe(7);
  });

  test('a repository of too many directories is listed as far as requests go, and the rest is named', async () => {
    repository.commit(
      'main',
      Object.fromEntries(Array.from({ length: 90 }, (_, i) => [`d${i}/a.yaml`, `n: ${i}`])),
    );
    fake.treeLimit = 2;
    const { head } = await open({ base: undefined });
    expect(head.list().length + head.omitted.length).toBe(90);
    expect(head.omitted[0]!.why).toContain('a directory that was not listed');
    expect(fake.count('git/get-tree')).toBeLessThanOrEqual(61);
  });

  test('files above the limit are neither fetched nor forgotten', async () => {
    repository.commit('main', { 'big.yaml': 'x'.repeat(3000), 'a.yaml': 'a: 1\n' });
    repository.pull(7, { 'a.yaml': 'a: 2\n' });
    const { head } = await open({}, { ...LIMITS, maxFileBytes: 2000 });
    expect(head.omitted).toEqual([{ path: 'big.yaml', why: 'larger than 2000 bytes' }]);
    await expect(head.read('big.yaml')).rejects.toMatchObject({ code: 'unreadable' });
  });

  test('when requests are used up, what changed was read and the rest is named', async () => {
    const single = Object.fromEntries(
      Array.from({ length: 90 }, (_, i) => [`l${i}.yaml`, Buffer.from(`a: \xe9${i}\n`, 'latin1')]),
    );
    repository.commit('main', { ...single, 'z.yaml': 'z: 1\n' });
    repository.pull(7, { 'z.yaml': 'z: 2\n' });
    const { base, head } = await open();
    expect([await textOf(base, 'z.yaml'), await textOf(head, 'z.yaml')]).toEqual(['z: 1\n', 'z: 2\n']);
    expect(head.omitted.length).toBe(31);
    expect(head.omitted[0]!.why).toContain('not fetched');
    expect(fake.count()).toBe(63);
  });
});

describe('trouble', () => {
  beforeEach(() => {
    repository.commit('main', { 'a.yaml': 'a: 1\n', 'b.yaml': 'b: 1\n' });
    repository.pull(7, { 'a.yaml': 'a: 2\n' });
  });

  test('a query that is too much for GitHub is asked in halves', async () => {
    fake.fail('graphql', serverError(), 4);
    expect(await textOf((await open()).head, 'b.yaml')).toBe('b: 1\n');
    expect(fake.count('graphql')).toBe(6);
  });

  test('what GraphQL never answers, or where there is none, comes without it', async () => {
    fake.fail('graphql', serverError(), 40);
    expect(await textOf((await open()).head, 'b.yaml')).toBe('b: 1\n');
    cache = new RepositoryCache();
    fake.fail('graphql', { status: 404, body: { message: 'Not Found' } }, 40);
    expect(await textOf((await open()).head, 'b.yaml')).toBe('b: 1\n');
  });

  test('a quota that is used up ends the reading, also when GraphQL says so with 200', async () => {
    client = testClient(fake, 'ghs_app', 0);
    fake.fail('graphql', graphqlRateLimited());
    const error: unknown = await open().catch((each: unknown) => each);
    expect(gitHubError(error, 0)?.trouble).toBe('rate-limit');
    fake.fail('git/get-tree', rateLimited(600, 0));
    const second: unknown = await open({ headSha: repository.push(7, { 'a.yaml': 'x' }) }).catch(
      (each: unknown) => each,
    );
    expect(gitHubError(second, 0)).toMatchObject({ trouble: 'rate-limit', retryAfter: 600 });
  });

  test('a token that may not read says so', async () => {
    fake.identities.set('ghs_none', { login: 'x', id: 1, type: 'Bot', permissions: { metadata: 'read' } });
    client = testClient(fake, 'ghs_none');
    const error: unknown = await open().catch((each: unknown) => each);
    expect(gitHubError(error, 0)?.trouble).toBe('missing-permission');
  });

  test('a review that is cancelled asks nothing more', async () => {
    const controller = new AbortController();
    fake.before('git/get-tree', () => controller.abort(new Error('a newer head')));
    await expect(open({ signal: controller.signal })).rejects.toThrow();
    expect(fake.count('graphql')).toBe(0);
  });
});

describe('the cache', () => {
  test('gives nothing of one repository to another', async () => {
    repository.commit('main', { 'a.yaml': 'secret: 1\n' });
    await open({ base: undefined });
    const other = fake.repository('acme', 'other');
    const headSha = other.commit('main', { 'a.yaml': 'secret: 1\n' });
    fake.calls.length = 0;
    await openPullRequest(client, { owner: 'acme', repo: 'other', base: undefined, headSha }, cache);
    expect(fake.count('graphql')).toBe(1);
  });

  test('holds as many bytes as it may, the most recently used ones', () => {
    const small = new RepositoryCache(1000);
    const where = { owner: 'Acme', repo: 'Mesh' };
    for (const id of ['a', 'b', 'c', 'd', 'e', 'f']) {
      small.get(where, 'blob', 'a');
      small.set(where, 'blob', id, id, 200);
    }
    small.set(where, 'blob', 'huge', 'huge', 600);
    const held = ['a', 'b', 'c', 'd', 'e', 'f', 'huge'].filter(
      (id) => small.get({ owner: 'acme', repo: 'mesh' }, 'blob', id) !== undefined,
    );
    // Room is made for more than one at a time.
    expect(held).toEqual(['a', 'd', 'e', 'f']);
    expect(small.bytes).toBe(800);
  });
});
