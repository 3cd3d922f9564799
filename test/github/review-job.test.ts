import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { commentBody } from '../../src/github/comment-body.ts';
import { reviewPullRequest, type JobResult, type ReviewJob } from '../../src/github/review-job.ts';
import { RepositoryCache } from '../../src/source/repository-cache.ts';
import { FakeGitHub } from './fake-github.ts';
import type { FakeRepository } from './fake-repository.ts';
import { rateLimited } from './protocol.ts';
import { NOW, testClient } from './test-client.ts';
import { interceptGitHub, releaseGitHub } from './transports.ts';

const SETTINGS = '.github/istio-upgrade-guard.yml';
const NAMESPACE = `apiVersion: v1
kind: Namespace
metadata: { name: shop }
`;
const route = (host: string): string => `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: cart, namespace: shop }
spec:
  hosts: [${host}]
  http:
    - route: [{ destination: { host: cart.shop.svc.cluster.local } }]
`;
const RIGHT = route('cart.example.com');
/** Nobody can be called so: IST0106, an error. */
const WRONG = route('http://cart');

let fake: FakeGitHub;
let repository: FakeRepository;
let cache: RepositoryCache;

beforeEach(() => {
  fake = new FakeGitHub();
  interceptGitHub(fake);
  repository = fake.repository('acme', 'mesh');
  cache = new RepositoryCache();
});

afterEach(() => {
  releaseGitHub();
  expect(fake.problems).toEqual([]);
});

function run(job: Partial<ReviewJob> = {}): Promise<JobResult> {
  const headSha = repository.pulls.get(7)?.headSha ?? repository.git.resolve('main')!;
  const base = repository.git.resolve('main');
  const now = new Date(NOW);
  return reviewPullRequest(testClient(fake, 'ghs_app', 0), cache, {
    owner: 'acme',
    repo: 'mesh',
    base,
    headSha,
    now,
    ...job,
  });
}

const introduced = ({ review }: JobResult): string[] =>
  review.environments.flatMap(({ findings }) =>
    findings.filter(({ status }) => status === 'introduced').map(({ rule, level }) => `${rule} ${level}`),
  );

/** A pull request with one error. */
function brokenPull(files: Record<string, string> = {}): void {
  repository.commit('main', { 'shop/ns.yaml': NAMESPACE, 'shop/vs.yaml': RIGHT, ...files });
  repository.pull(7, { 'shop/vs.yaml': WRONG });
}

describe('settings', () => {
  test('a review without any says what is wrong', async () => {
    brokenPull();
    expect(introduced(await run())).toContain('IST0106 error');
  });

  test('are those of the base, and a change of them is told to apply after the merge', async () => {
    brokenPull();
    repository.push(7, { [SETTINGS]: 'rules:\n  IST0106: off\n' });
    const result = await run();
    expect(introduced(result)).toContain('IST0106 error');
    expect(result.notes).toEqual([
      'This change edits .github/istio-upgrade-guard.yml. Settings apply after the merge; this review is by those of the base.',
    ]);
    expect(result.settingsProblems).toEqual([]);
  });

  test('their removal is told in the same way', async () => {
    brokenPull({ [SETTINGS]: 'rules:\n  IST0106: off\n' });
    repository.push(7, { [SETTINGS]: null });
    const result = await run();
    expect(introduced(result)).not.toContain('IST0106 error');
    expect(result.notes[0]).toContain('This change removes .github/istio-upgrade-guard.yml.');
  });

  test('a mistake is shown with its line on the change that brings it', async () => {
    brokenPull();
    repository.push(7, { [SETTINGS]: 'failOn: error\nrules:\n  IST0106: of\n' });
    const { settingsProblems } = await run();
    expect(settingsProblems).toMatchObject([
      { file: SETTINGS, line: 3, message: expect.stringContaining('must be one of') },
    ]);
  });

  test('a mistake of the base costs the key it is in, and is told', async () => {
    brokenPull({ [SETTINGS]: 'failOn: fatal\nrules:\n  IST0106: warning\n' });
    const result = await run();
    expect(introduced(result)).toContain('IST0106 warning');
    expect(result.settingsProblems).toEqual([]);
    expect(result.notes).toEqual([expect.stringContaining(`${SETTINGS}:1: failOn: must be one of`)]);
  });

  test('of a first commit are its own', async () => {
    repository.commit('main', {
      'shop/ns.yaml': NAMESPACE,
      'shop/vs.yaml': WRONG,
      [SETTINGS]: 'rules: { IST0106: off }',
    });
    const result = await run({ base: undefined });
    expect(introduced(result)).not.toContain('IST0106 error');
    expect(result.review.base).toBe('');
  });

  test('of the organisation lie below those of the repository', async () => {
    const organisation = 'failOn: never\nrules:\n  IST0106: warning\n  IST0118: off\n';
    fake.repository('acme', '.github').commit('main', { [SETTINGS]: organisation });
    brokenPull({ [SETTINGS]: 'rules:\n  IST0118: info\n' });
    const { settings } = await run();
    expect(settings.failOn).toBe('never');
    expect(settings.levels).toEqual({ IST0106: 'warning', IST0118: 'info' });
    await run();
    expect(fake.count('repos/get-content')).toBe(1);
    await run({ now: new Date(NOW + 6 * 60 * 1000) });
    expect(fake.count('repos/get-content')).toBe(2);
  });

  test('of the organisation may end in .yaml, and the page names every file that had a say', async () => {
    const organisation = { '.github/istio-upgrade-guard.yml': 'failOn: warning\n' };
    fake.repository('acme', '.github').commit('main', organisation);
    brokenPull({ [SETTINGS]: 'comment: always\n' });
    const result = await run();
    expect(result.settings.failOn).toBe('warning');
    expect(result.settingsFiles).toEqual([SETTINGS, 'acme/.github/.github/istio-upgrade-guard.yml']);
    const shown = { repositoryUrl: 'https://github.com/acme/mesh', headSha: 'a'.repeat(40) };
    expect(commentBody(result, 'default', shown)).toContain(
      '- Settings: `.github/istio-upgrade-guard.yml`, over `acme/.github/.github/istio-upgrade-guard.yml`',
    );
  });

  test('of the organisation with a mistake cost the key it is in, and it is told', async () => {
    fake
      .repository('acme', '.github')
      .commit('main', { [SETTINGS]: 'failOn: warning\nrules: { IST0106: of }\n' });
    brokenPull();
    const { settings, notes } = await run();
    expect(settings).toMatchObject({ failOn: 'warning', levels: {} });
    expect(notes).toEqual([
      expect.stringMatching(/^The settings of the organisation .*acme\/\.github\/.*:2: /),
    ]);
  });

  test('may differ by path: the last entry that matches counts, also against off', async () => {
    const byPath = (paths: string, level: string): string =>
      `  - { paths: [${paths}], rules: { IST0106: ${level} } }\n`;
    brokenPull({
      [SETTINGS]: `rules: { IST0106: off }\noverrides:\n${byPath('"**"', 'info')}${byPath('shop/**', 'warning')}`,
    });
    expect(introduced(await run())).toEqual(['IST0106 warning']);
    repository.commit('main', {
      [SETTINGS]: `overrides:\n${byPath('shop/*', 'off')}${byPath('other/**', 'error')}`,
    });
    repository.pull(7, { 'shop/vs.yaml': WRONG });
    expect(introduced(await run())).toEqual([]);
  });

  test('of the surface lie above all', async () => {
    brokenPull({ [SETTINGS]: 'failOn: never\n' });
    expect((await run({ overrides: { failOn: 'warning' } })).settings.failOn).toBe('warning');
  });

  test('a suppression holds until its day, and says afterwards that it has ended', async () => {
    const suppression = (until: string): string =>
      `suppressions:\n  - { rule: IST0106, resource: '*', reason: "another team's", until: ${until} }\n`;
    brokenPull({ [SETTINGS]: suppression('2026-06-01') });
    expect(introduced(await run())).not.toContain('IST0106 error');
    const later = await run({ now: new Date(NOW + 24 * 3600 * 1000) });
    expect(introduced(later)).toContain('IST0106 error');
    expect(later.notes).toEqual([
      "The suppression of IST0106 for * ended on 2026-06-01 and is not applied. Its reason was: another team's",
    ]);
  });
});

describe('trouble has a name', () => {
  beforeEach(() => brokenPull());

  test('a limit of GitHub', async () => {
    fake.fail('git/get-tree', rateLimited(600, NOW));
    await expect(run()).rejects.toMatchObject({
      name: 'GitHubError',
      trouble: 'rate-limit',
      retryAfter: 600,
    });
  });

  test('a head that is gone', async () => {
    await expect(run({ headSha: 'f'.repeat(40) })).rejects.toMatchObject({
      name: 'SourceError',
      code: 'unknown-ref',
    });
  });

  test('a newer head: the reason of the cancellation', async () => {
    const controller = new AbortController();
    const reason = new Error('a newer head');
    fake.before('graphql', () => controller.abort(reason));
    await expect(run({ signal: controller.signal })).rejects.toBe(reason);
  });
});

test('a typical pull request costs few requests, and the next push fewer', async () => {
  const apps = Array.from({ length: 300 }, (_, i) => [`apps/${i}.yaml`, `# ${i}\n${NAMESPACE}`]);
  brokenPull(Object.fromEntries(apps) as Record<string, string>);
  await run();
  // The organisation, merge base, two trees, the archive, what changed.
  expect(fake.count() - fake.count('codeload')).toBe(6);
  fake.calls.length = 0;
  repository.push(7, { 'shop/vs.yaml': route('other.example.com') });
  await run();
  expect(fake.calls.map(({ operation }) => operation)).toEqual([
    'repos/compare-commits',
    'git/get-tree',
    'graphql',
  ]);
});
