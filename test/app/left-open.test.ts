import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { externalId } from '../../src/app/check-subject.ts';
import type { FakeRepository } from '../github/fake-repository.ts';
import { rateLimited } from '../github/protocol.ts';
import { AppHost, example, manifests } from './app-host.ts';

/** No check is left spinning: whatever ends a review, and whatever ends the server. */

let host: AppHost;
let mesh: FakeRepository;

async function start(options: Parameters<AppHost['start']>[0] = {}): Promise<void> {
  host = new AppHost();
  mesh = host.fake.repository('acme', 'mesh');
  mesh.commit('main', manifests('cart'));
  mesh.pull(7, manifests('crat'));
  await host.start(options);
}

afterEach(async () => {
  await host.stop();
  expect(host.fake.problems).toEqual([]);
});

const pull = () => mesh.pulls.get(7)!;
const name = { owner: 'acme', repo: 'mesh' };
const states = () => mesh.checks.map((check) => [check['status'], check['conclusion']]);
/** Never tries again by itself. */
const never = () => setTimeout(() => undefined, 0);

async function until(condition: () => boolean): Promise<void> {
  for (let i = 0; i < 1000 && !condition(); i++) await new Promise((later) => setTimeout(later, 5));
  expect(condition()).toBe(true);
}

describe('a review that waits for a limit', () => {
  beforeEach(async () => {
    await start({ later: never });
    host.fake.fail('repos/compare-commits', rateLimited(1800));
    await host.deliver('pull_request', host.pullEvent('opened'));
    await until(() => host.fake.count('repos/compare-commits') === 1 && mesh.checks.length === 1);
    expect(states()).toEqual([['in_progress', undefined]]);
  });

  test('and is replaced by a push has its check concluded', async () => {
    mesh.push(7, manifests('cart'));
    await host.deliver('pull_request', host.pullEvent('synchronize'));
    await host.settled();
    expect(states()).toEqual([
      ['completed', 'cancelled'],
      ['completed', 'success'],
    ]);
  });

  test('when the server is shut down has its check concluded', async () => {
    await host.close(100);
    expect(states()).toEqual([['completed', 'cancelled']]);
  });
});

test('a server that is shut down concludes what still runs after its grace, and takes nothing more', async () => {
  await start();
  let closing: Promise<void> | undefined;
  host.fake.before('graphql', () => {
    closing = host.close(0);
  });
  await host.deliver('pull_request', host.pullEvent('opened'));
  await until(() => closing !== undefined);
  await closing;
  expect(states()).toEqual([['completed', 'cancelled']]);
  expect(JSON.stringify(mesh.checks[0])).toContain('The server was shut down.');
  expect(await host.deliver('pull_request', host.pullEvent('reopened'))).toBe(500);
});

describe('a check that a killed server left open', () => {
  const left = (headSha: string, number = 7) =>
    mesh.checks.push({
      ...{ id: 900, name: 'Istio Upgrade Guard', annotations: [] },
      ...{ status: 'in_progress', head_sha: headSha },
      external_id: externalId(name, { pull: number, headSha }),
    });

  test('is taken up when its event is delivered again', async () => {
    await start();
    left(pull().headSha);
    await host.deliver('pull_request', host.pullEvent('opened'));
    await host.settled();
    expect(states()).toEqual([['completed', 'failure']]);
  });

  test('is concluded by the next push', async () => {
    await start();
    const before = pull().headSha;
    left(before);
    mesh.push(7, manifests('cart'));
    await host.deliver('pull_request', { ...host.pullEvent('synchronize'), before, after: pull().headSha });
    await host.settled();
    expect(states()).toEqual([
      ['completed', 'cancelled'],
      ['completed', 'success'],
    ]);
  });

  test('is concluded when the pull request is closed', async () => {
    await start();
    left(pull().headSha);
    pull().state = 'closed';
    await host.deliver('pull_request', host.pullEvent('closed'));
    await host.settled();
    expect(states()).toEqual([['completed', 'cancelled']]);
  });

  test('is taken up by the button', async () => {
    await start();
    left(pull().headSha);
    const check_run = {
      ...(example('check_run', 'rerequested')['check_run'] as object),
      ...{ external_id: externalId(name, { pull: 7, headSha: pull().headSha }) },
    };
    await host.deliver('check_run', host.event('check_run', 'rerequested', { check_run }));
    await host.settled();
    expect(states()).toEqual([['completed', 'failure']]);
  });
});
