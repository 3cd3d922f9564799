import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { createServer } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { load } from 'js-yaml';
import type { FakeGitHub } from '../github/fake-github.ts';
import type { FakePull, FakeRepository } from '../github/fake-repository.ts';
import { rateLimited, secondaryLimit } from '../github/protocol.ts';
import { emptyRepository, git, removeTemporary, writeFiles } from '../source/temporary-repository.ts';
import { buildAction, runAction, startTime, type Finished, type Job } from './runner-process.ts';
import { NAMESPACE, openStage, pullPayload, READ, RIGHT, route, WRONG, type Stage } from './stage.ts';

const SETTINGS = '.github/istio-upgrade-guard.yml';

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

describe('a pull request', () => {
  test('with an error fails the job, and says so everywhere', async () => {
    const pull = repository.pull(7, { 'shop/vs.yaml': WRONG });
    const inputs = { 'sarif-file': 'out/guard.sarif', 'junit-file': 'junit.xml' };
    const done = await start({ event: 'pull_request', payload: payloadOf(pull), inputs });
    expect(done).toMatchObject({ code: 1, stderr: '' });
    expect(done.stdout).toMatch(
      /^::error file=shop\/vs\.yaml,line=5,.*title=IST0106 VirtualService shop\/cart::/m,
    );
    expect(done.outputs).toMatchObject({ verdict: 'unsafe', findings: '1', introduced: '1' });
    expect(JSON.parse(done.file(done.outputs['report']!))).toMatchObject({ version: 1, verdict: 'unsafe' });
    expect(done.file(done.outputs['plan']!)).not.toBe('');
    expect(JSON.parse(done.file('out/guard.sarif'))).toMatchObject({
      runs: [{ results: [{ ruleId: 'IST0106' }] }],
    });
    expect(done.file('out/guard.sarif')).toContain('## Why it matters');
    expect(done.file('out/guard.sarif')).not.toContain('helpUri');
    expect(done.file('junit.xml')).toContain('failures="1"');
    expect(done.summary).toContain('Istio Upgrade Guard: unsafe');
    expect(repository.comments).toMatchObject([{ issue: 7, body: expect.stringContaining('IST0106') }]);
    expect(done.stdout).toContain('::add-mask::ghs_job');
    expect(done.stdout.replace('::add-mask::ghs_job', '')).not.toContain('ghs_job');
  });

  test('links each rule to its page in the repository of the action, where that is public', async () => {
    const pull = repository.pull(7, { 'shop/vs.yaml': WRONG });
    const env = {
      GITHUB_SERVER_URL: 'https://github.com',
      GITHUB_ACTION_REPOSITORY: 'maker/istio-upgrade-guard',
      GITHUB_ACTION_REF: 'v1',
    };
    const inputs = { 'sarif-file': 'guard.sarif' };
    const done = await start({ event: 'pull_request', payload: payloadOf(pull), inputs, env });
    const page = 'https://github.com/maker/istio-upgrade-guard/blob/v1/docs/rules/IST0106.md';
    expect(done.file('guard.sarif')).toContain(`"helpUri": "${page}"`);
    expect(repository.comments[0]?.body).toContain(`[IST0106](${page})`);
  });

  test('that is mended has its one comment edited, and passes', async () => {
    const pull = repository.pull(7, { 'shop/vs.yaml': WRONG });
    await start({ event: 'pull_request', payload: payloadOf(pull) });
    repository.push(7, { 'shop/vs.yaml': route('other.example.com') });
    const done = await start({ event: 'pull_request', payload: payloadOf(pull) });
    expect(done.code).toBe(0);
    expect(repository.comments).toHaveLength(1);
    expect(repository.comments[0]!.body).not.toContain('IST0106');
    const requests = fake.count();
    await start({ event: 'pull_request', payload: payloadOf(pull) });
    expect(fake.count('issues/update-comment')).toBe(1);
    expect(fake.count() - requests).toBeLessThanOrEqual(12);
  });

  test('of a fork, with a token that only reads, loses the comment and nothing else', async () => {
    fake.identities.set('ghs_job', { login: 'github-actions[bot]', id: 1, type: 'Bot', permissions: READ });
    const pull = repository.pull(
      7,
      { 'shop/vs.yaml': WRONG },
      { fork: { owner: 'eve', repo: 'mesh', id: 99 } },
    );
    const done = await start({ event: 'pull_request', payload: payloadOf(pull) });
    expect(done).toMatchObject({ code: 1, outputs: { introduced: '1' } });
    expect(done.summary).toContain('Use pull\\_request\\_target with');
    expect(done.stdout.match(/No comment was written/g)).toHaveLength(1);
    expect(repository.comments).toEqual([]);
  });

  test('in a job without the permission names it', async () => {
    fake.identities.set('ghs_job', {
      login: 'github-actions[bot]',
      id: 1,
      type: 'Bot',
      permissions: { contents: 'read' },
    });
    const pull = repository.pull(7, { 'shop/vs.yaml': WRONG });
    const done = await start({ event: 'pull_request', payload: payloadOf(pull) });
    expect(done.stdout).toContain(
      'No comment was written: the job lacks the permission `pull-requests: write`.',
    );
    expect(done.outputs['verdict']).toBe('unsafe');
  });

  test('whose comment GitHub does not take has its review all the same', async () => {
    fake.fail('issues/create-comment', rateLimited(1800));
    const pull = repository.pull(7, { 'shop/vs.yaml': WRONG });
    const done = await start({ event: 'pull_request', payload: payloadOf(pull) });
    expect(done.stdout).toContain('No comment was written: The rate limit of GitHub is reached');
    expect(done).toMatchObject({ code: 1, outputs: { introduced: '1' } });
  });

  test('that was pushed to meanwhile is left to the job of the newer commit', async () => {
    const pull = repository.pull(7, { 'shop/vs.yaml': WRONG });
    const payload = payloadOf(pull);
    fake.before('issues/list-comments', () => repository.push(7, { 'shop/vs.yaml': RIGHT }, true));
    const done = await start({ event: 'pull_request', payload });
    expect(repository.comments).toEqual([]);
    expect(done.outputs['verdict']).toBe('unsafe');
  });

  test('with mistakes in its settings shows them with their lines, and fails', async () => {
    const pull = repository.pull(7, { [SETTINGS]: 'failOn: error\nrules:\n  IST0106: of\n' });
    const done = await start({ event: 'pull_request', payload: payloadOf(pull) });
    expect(done.code).toBe(1);
    expect(done.stdout).toMatch(
      /^::error file=\.github\/istio-upgrade-guard\.yml,line=3,.*title=Settings::/m,
    );
    expect(done.summary).toContain('Settings apply after the merge');
  });

  test('with hundreds of findings keeps within what GitHub shows of a step', async () => {
    const files = Array.from({ length: 51 }, (_, i) => [
      `shop/vs-${i}.yaml`,
      route(`http://cart-${i}`, `cart-${i}`),
    ]);
    const pull = repository.pull(7, Object.fromEntries(files) as Record<string, string>);
    const done = await start({ event: 'pull_request', payload: payloadOf(pull) });
    expect(done.stdout.match(/^::error /gm)).toHaveLength(10);
    expect(done.stdout).toContain('41 further annotations would not be shown; the report has all of it.');
    expect(done.outputs['introduced']).toBe('51');
    expect(Buffer.byteLength(done.summary)).toBeLessThan(1024 * 1024);
  });

  test('of somebody with ideas writes nothing into the log that the runner obeys', async () => {
    const name = 'a\n::set-output name=x::y\n##[add-path]/evil @everyone <img src=x>.yaml';
    const pull = repository.pull(7, { [`shop/${name}`]: WRONG.replace('cart,', '"@everyone <img src=x>",') });
    const done = await start({ event: 'pull_request', payload: payloadOf(pull) });
    expect(done.stdout).not.toMatch(/^\s*::set-output|##\[add-path\].*(?<!::.*)$/m);
    expect(
      done.stdout
        .split('\n')
        .filter((line) => line !== '' && !/^(?:::(?:add-mask|error|warning|notice)|Read from)/.test(line)),
    ).toEqual([]);
    const shown = repository.comments[0]!.body.replace(/(`+)[^`]*\1/g, '');
    expect(shown).not.toMatch(/@everyone|<img/);
  });
});

describe('inputs', () => {
  test('fail-on, rules, comment and config', async () => {
    repository.commit('main', { 'team/guard.yml': 'rules:\n  IST0106: warning\n' });
    const pull = repository.pull(7, { 'shop/vs.yaml': WRONG });
    const inputs = {
      'fail-on': 'warning',
      comment: 'never',
      config: 'team/guard.yml',
      rules: 'IST0106, IST0118',
    };
    const done = await start({ event: 'pull_request', payload: payloadOf(pull), inputs });
    expect(done.code).toBe(1);
    expect(done.stdout).toMatch(/^::warning file=shop\/vs.yaml/m);
    expect(fake.count('issues/list-comments')).toBe(0);
    const milder = await start({
      event: 'pull_request',
      payload: payloadOf(pull),
      inputs: { ...inputs, 'fail-on': 'error' },
    });
    expect(milder.code).toBe(0);
  });

  test.each([
    [
      { 'fail-on': 'eror' },
      'The input fail-on does not know "eror" (did you mean error?). It takes error, warning, info, never.',
    ],
    [{ rules: 'IST0107x' }, 'There is no rule "IST0107x" (did you mean IST0107?).'],
    [{ environment: 'prod' }, 'This repository has no environment "prod".'],
    [{ config: 'nowhere.yml' }, 'The repository has no settings file nowhere.yml.'],
    [{ 'sarif-file': '../../x.sarif' }, '../../x.sarif is outside of the workspace.'],
    [{ token: 'ghs_wrong' }, 'GitHub does not accept the token'],
  ])('%j', async (inputs, message) => {
    const pull = repository.pull(7, { 'shop/vs.yaml': WRONG });
    const done = await start({ event: 'pull_request', payload: payloadOf(pull), inputs });
    expect(done.code).toBe(1);
    expect(done.stdout).toContain(`::error title=Istio Upgrade Guard::${message}`);
  });

  test('a report is not written through a link that the checkout brings', async () => {
    const workspace = mkdtempSync(join(tmpdir(), 'guard-workspace-'));
    symlinkSync('/tmp/guard-stolen', join(workspace, 'x.sarif'));
    const pull = repository.pull(7, { 'shop/vs.yaml': WRONG });
    const done = await start({
      event: 'pull_request',
      payload: payloadOf(pull),
      inputs: { 'sarif-file': 'x.sarif' },
      workspace,
    });
    expect(done.stdout).toContain('x.sarif cannot be written (ELOOP).');
    rmSync(workspace, { recursive: true });
  });

  test('action.yml names exactly what is read and written', () => {
    const file = new URL('../../action.yml', import.meta.url);
    const action = load(readFileSync(file, 'utf8')) as { inputs: object; outputs: object; runs: object };
    expect(action.runs).toEqual({ using: 'node24', main: 'dist/action.js' });
    const source = ['inputs', 'reports']
      .map((name) => readFileSync(new URL(`../../src/action/${name}.ts`, import.meta.url), 'utf8'))
      .join();
    const names = (pattern: RegExp) => [...source.matchAll(pattern)].map((match) => match[1]).sort();
    expect(Object.keys(action.inputs).sort()).toEqual(names(/(?:input\(|choice\(input, )'([\w-]+)'/g));
    expect(Object.keys(action.outputs).sort()).toEqual(names(/\.output\('(\w+)'/g));
  });
});

describe('where it reads', () => {
  test('a checkout with both commits and their history spares GitHub the questions', async () => {
    const directory = emptyRepository();
    const commit = (files: Record<string, string>): string => {
      writeFiles(directory, files);
      git(directory, 'add', '.');
      git(directory, 'commit', '--quiet', '--message', 'x');
      return git(directory, 'rev-parse', 'HEAD');
    };
    const base = commit({ 'shop/ns.yaml': NAMESPACE, 'shop/vs.yaml': RIGHT });
    const head = commit({ 'shop/vs.yaml': WRONG });
    const payload = {
      pull_request: {
        number: 7,
        base: { ref: 'main', sha: base, repo: { id: 1 } },
        head: { sha: head, repo: { id: 1 } },
      },
    };
    repository.pull(7, {}).headSha = head;
    const done = await start({ event: 'pull_request', payload, workspace: directory });
    expect(done.stdout).toContain('Read from the checkout.');
    expect(done.outputs['introduced']).toBe('1');
    expect(fake.count('git/get-tree')).toBe(0);
    removeTemporary();
  });

  test('a limit of GitHub that is short is waited out', async () => {
    fake.fail('git/get-tree', secondaryLimit(1));
    const pull = repository.pull(7, { 'shop/vs.yaml': WRONG });
    const done = await start({ event: 'pull_request', payload: payloadOf(pull) });
    expect(done.stdout).toContain('Waiting 1 s before asking GitHub again');
    expect(done.outputs['introduced']).toBe('1');
  });

  test('through a proxy, when the runner has one', async () => {
    const tunnels: string[] = [];
    const proxy = createServer();
    proxy.on('connect', (request, client, head) => {
      tunnels.push(request.url ?? '');
      const upstream = connect(Number(new URL(fake.url).port), '127.0.0.1', () => {
        client.write('HTTP/1.1 200 Connection Established\r\n\r\n');
        upstream.write(head);
        upstream.pipe(client);
        client.pipe(upstream);
      });
      upstream.on('error', () => client.destroy());
      client.on('error', () => upstream.destroy());
    });
    await new Promise<void>((listening) => proxy.listen(0, '127.0.0.1', listening));
    const env = { http_proxy: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}` };
    const pull = repository.pull(7, { 'shop/vs.yaml': WRONG });
    const job = { event: 'pull_request', payload: payloadOf(pull), env };
    const done = await runAction(bundle.file, fake.url.replace('127.0.0.1', 'github.invalid'), job);
    proxy.close();
    expect(done.outputs['introduced']).toBe('1');
    expect(tunnels[0]).toMatch(/^github\.invalid:/);
  });

  test('nowhere, when GitHub cannot be reached: one sentence', async () => {
    const pull = repository.pull(7, { 'shop/vs.yaml': WRONG });
    fake.fail('repos/compare-commits', 'hang-up', 9);
    const done = await start({ event: 'pull_request', payload: payloadOf(pull) });
    expect(done.code).toBe(1);
    expect(done.stdout).toContain('::error title=Istio Upgrade Guard::GitHub was not reached');
  });
});

test('the bundle is small, with everything it ever loads', () => {
  const directory = dirname(bundle.file);
  const files = readdirSync(directory).filter((name) => name.startsWith('action'));
  expect(files.sort()).toEqual(['action-proxy.js', 'action-review.js', 'action-shared.js', 'action.js']);
  const bytes = files.reduce((sum, name) => sum + statSync(join(directory, name)).size, 0);
  expect(bytes).toBeLessThan(3 * 1024 * 1024);
});

test('the bundle starts quickly', () => {
  const env = {
    NODE_OPTIONS: '',
    GITHUB_REPOSITORY: 'acme/mesh',
    GITHUB_EVENT_NAME: 'push',
    RUNNER_TEMP: tmpdir(),
  };
  const nothing = { ...env, GITHUB_EVENT_PATH: '', GITHUB_SHA: '0'.repeat(40) };
  expect(startTime(bundle.file, nothing)).toBeLessThan(150);
});
