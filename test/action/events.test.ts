import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { changeOf } from '../../src/action/event.ts';
import type { FakeGitHub } from '../github/fake-github.ts';
import { TOOLS_DIRECTORY } from '../render/real-tools.ts';
import type { FakePull, FakeRepository } from '../github/fake-repository.ts';
import { buildAction, runAction, type Finished, type Job } from './runner-process.ts';
import { openStage, pullPayload, WRONG, type Stage } from './stage.ts';

let bundle: ReturnType<typeof buildAction>;
let stage: Stage;
let fake: FakeGitHub;
let repository: FakeRepository;

beforeAll(() => {
  bundle = buildAction();
});
afterAll(() => bundle.remove());

beforeEach(async () => {
  stage = await openStage();
  ({ fake, repository } = stage);
});
afterEach(async () => {
  await stage.close();
  expect(fake.problems).toEqual([]);
});

function start(job: Job): Promise<Finished> {
  return runAction(bundle.file, fake.url, job);
}

const payloadOf = (pull: FakePull) => pullPayload(repository, pull);

describe('other events', () => {
  test('pull_request_target reviews a fork, and comments', async () => {
    const pull = repository.pull(
      7,
      { 'shop/vs.yaml': WRONG },
      { fork: { owner: 'eve', repo: 'mesh', id: 99 } },
    );
    const done = await start({ event: 'pull_request_target', payload: payloadOf(pull) });
    expect(done.code).toBe(1);
    expect(repository.comments).toHaveLength(1);
  });

  test('merge_group compares with the commit it is queued on', async () => {
    const base_sha = repository.git.resolve('main')!;
    const head_sha = repository.commit('gh-readonly-queue/main/pr-7', { 'shop/vs.yaml': WRONG }, base_sha);
    const done = await start({ event: 'merge_group', payload: { merge_group: { base_sha, head_sha } } });
    expect(done).toMatchObject({ code: 1, outputs: { introduced: '1' } });
    expect(fake.count('repos/compare-commits')).toBe(0);
    expect(fake.count('issues/create-comment')).toBe(0);
  });

  test.each([
    ['push', true],
    ['push of a new branch', false],
  ])('%s', async (_, known) => {
    const before = repository.git.resolve('main')!;
    const after = repository.commit('feature', { 'shop/vs.yaml': WRONG }, before);
    const payload = {
      before: known ? before : '0'.repeat(40),
      after,
      repository: { default_branch: 'main' },
    };
    const env = { GITHUB_SHA: after, GITHUB_REF: 'refs/heads/feature' };
    expect(await start({ event: 'push', payload, env })).toMatchObject({
      code: 1,
      outputs: { introduced: '1' },
    });
  });

  test('push of a first commit has no base', async () => {
    const after = repository.git.resolve('main')!;
    const payload = { before: '0'.repeat(40), after, repository: { default_branch: 'main' } };
    const done = await start({
      event: 'push',
      payload,
      env: { GITHUB_SHA: after, GITHUB_REF: 'refs/heads/main' },
    });
    expect(JSON.parse(done.file(done.outputs['report']!))).toMatchObject({ base: '' });
  });

  test('push to a tag is compared with the default branch', async () => {
    const after = repository.commit('v2', { 'shop/vs.yaml': WRONG }, repository.git.resolve('main'));
    const payload = { before: '0'.repeat(40), after, repository: { default_branch: 'main' } };
    const env = { GITHUB_SHA: after, GITHUB_REF: 'refs/tags/v2' };
    expect((await start({ event: 'push', payload, env })).outputs['introduced']).toBe('1');
  });

  test('push by force is compared with what both histories share', async () => {
    const base = repository.git.resolve('main')!;
    const before = repository.commit('feature', { 'shop/vs.yaml': WRONG, 'shop/old.yaml': WRONG }, base);
    const after = repository.commit('feature', { 'shop/vs.yaml': WRONG }, base);
    const payload = { before, after, forced: true, repository: { default_branch: 'main' } };
    const env = { GITHUB_SHA: after, GITHUB_REF: 'refs/heads/feature' };
    const done = await start({ event: 'push', payload, env });
    expect(done).toMatchObject({ code: 1, outputs: { introduced: '1' } });
    expect(fake.count('repos/compare-commits')).toBe(1);
  });

  test('push over a commit that GitHub has thrown away is compared with the default branch, and says so', async () => {
    const after = repository.commit('feature', { 'shop/vs.yaml': WRONG }, repository.git.resolve('main'));
    const payload = { before: 'c'.repeat(40), after, forced: true, repository: { default_branch: 'main' } };
    const env = { GITHUB_SHA: after, GITHUB_REF: 'refs/heads/feature' };
    const done = await start({ event: 'push', payload, env });
    expect(done.outputs['introduced']).toBe('1');
    expect(done.summary).toContain('GitHub no longer has the commit before this push');
  });

  test('push that deletes a branch is nothing to review', async () => {
    const payload = { before: 'a'.repeat(40), after: '0'.repeat(40), deleted: true };
    const done = await start({ event: 'push', payload });
    expect(done).toMatchObject({ code: 0, stdout: expect.stringContaining('Nothing to review') });
  });

  test('workflow_dispatch on the default branch looks at its last commit', async () => {
    const sha = repository.commit('main', { 'shop/vs.yaml': WRONG });
    const env = { GITHUB_SHA: sha, GITHUB_REF: 'refs/heads/main' };
    const done = await start({
      event: 'workflow_dispatch',
      payload: { repository: { default_branch: 'main' } },
      env,
    });
    expect(done).toMatchObject({ code: 1, outputs: { introduced: '1' } });
  });

  test('any other needs base and head, and then works', async () => {
    repository.commit('feature', { 'shop/vs.yaml': WRONG }, repository.git.resolve('main'));
    const without = await start({ event: 'issue_comment', payload: {} });
    expect(without).toMatchObject({
      code: 1,
      stdout: expect.stringContaining('::error title=Istio Upgrade Guard::The event issue_comment'),
    });
    const done = await start({
      event: 'issue_comment',
      payload: {},
      inputs: { base: 'main', head: 'feature' },
    });
    expect(done.outputs['introduced']).toBe('1');
  });
});

describe('a chart of a fork', () => {
  const chart = {
    'chart/Chart.yaml': 'apiVersion: v2\nname: shop\nversion: 1.0.0\n',
    'chart/templates/vs.yaml': WRONG.replace('name: cart', 'name: {{ .Release.Name }}'),
  };
  const overlay = {
    'overlay/kustomization.yaml': 'namePrefix: eu-\nresources: [vs.yaml]\n',
    'overlay/vs.yaml': WRONG,
  };

  async function introduced(event: string, inputs: Record<string, string> = {}) {
    const pull = repository.pull(
      7,
      { ...chart, ...overlay },
      { fork: { owner: 'eve', repo: 'mesh', id: 99 } },
    );
    const env = { PATH: `${TOOLS_DIRECTORY}:/usr/bin:/bin` };
    const done = await start({
      event,
      payload: payloadOf(pull),
      env,
      inputs: { comment: 'never', ...inputs },
    });
    const { environments } = JSON.parse(done.file(done.outputs['report']!)) as {
      environments: {
        findings: { rule: string; resource: { name: string } }[];
        unchecked: { why: string }[];
      }[];
    };
    return {
      names: environments.flatMap(({ findings }) => findings.map(({ resource }) => resource.name)),
      unchecked: environments.flatMap(({ unchecked }) => unchecked.map(({ why }) => why)).join('\n'),
    };
  }

  test('is rendered by Helm where the token can only read', async () => {
    const { names } = await introduced('pull_request');
    expect(names).toEqual(expect.arrayContaining(['eu-cart', 'shop']));
  });

  test('is not given to Helm under pull_request_target, and it is said; overlays are built', async () => {
    const { names, unchecked } = await introduced('pull_request_target');
    expect(names).toContain('eu-cart');
    expect(names).not.toContain('shop');
    expect(unchecked).toContain('Helm is not started in pull_request_target unless the input render is true');
  });

  test('is given to Helm there when the workflow asks for it', async () => {
    const { names } = await introduced('pull_request_target', { render: 'true' });
    expect(names).toContain('shop');
  });
});

describe('what a stranger may have started', () => {
  const facts = (name: string) => ({ name, sha: 'a'.repeat(40), ref: 'refs/heads/main' });
  const refs = { base: 'main', head: 'refs/pull/7/head' };

  test.each(['workflow_run', 'issue_comment', 'pull_request_review'])('%s is privileged', (name) => {
    expect(changeOf(facts(name), {}, refs)).toMatchObject({ privileged: true });
  });

  test.each(['push', 'workflow_dispatch'])('%s is not', (name) => {
    expect(changeOf(facts(name), { after: 'b'.repeat(40) }, refs)).toMatchObject({ privileged: false });
  });
});

describe('a GitHub Enterprise Server', () => {
  let server: Stage;
  beforeEach(async () => {
    server = await openStage(true);
  });
  afterEach(async () => {
    await server.close();
    expect(server.fake.problems).toEqual([]);
  });

  const job = (payload: unknown): Job => ({
    event: 'pull_request',
    payload,
    env: { GITHUB_SERVER_URL: 'https://ghe.example.com' },
  });

  test('is asked below /api/v3 and /api/graphql, and its pages are linked to', async () => {
    const pull = server.repository.pull(7, { 'shop/vs.yaml': WRONG });
    const done = await runAction(bundle.file, server.fake.url, job(pullPayload(server.repository, pull)));
    expect(done).toMatchObject({ code: 1, stderr: '', outputs: { introduced: '1' } });
    expect(server.fake.count('graphql')).toBeGreaterThan(0);
    const [comment] = server.repository.comments;
    expect(comment?.body).toContain(`https://ghe.example.com/acme/mesh/blob/${pull.headSha}/shop/vs.yaml#L5`);
    expect(comment?.body).not.toContain('github.com/');
  });

  test('redirects to its own archives', async () => {
    const notes = Array.from({ length: 250 }, (_, i) => [`apps/${i}.yaml`, `# ${i}\nkind: ConfigMap\n`]);
    server.repository.commit('main', Object.fromEntries(notes) as Record<string, string>);
    const pull = server.repository.pull(7, { 'shop/vs.yaml': WRONG });
    const done = await runAction(bundle.file, server.fake.url, job(pullPayload(server.repository, pull)));
    expect(done.outputs['introduced']).toBe('1');
    expect(server.fake.count('codeload')).toBe(1);
  });
});
