import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { FakeRepository } from '../github/fake-repository.ts';
import { rateLimited, secondaryLimit, serverError } from '../github/protocol.ts';
import { AppHost, example, manifests } from './app-host.ts';

let host: AppHost;
let mesh: FakeRepository;

beforeEach(async () => {
  host = new AppHost();
  mesh = host.fake.repository('acme', 'mesh');
  mesh.commit('main', manifests('cart'));
  mesh.pull(7, manifests('crat'));
  await host.start();
});

afterEach(async () => {
  await host.stop();
  expect(host.fake.problems).toEqual([]);
});

async function deliver(
  name: string,
  payload: Readonly<Record<string, unknown>>,
  id?: string,
): Promise<number> {
  const status = await host.deliver(name, payload, id === undefined ? {} : { id });
  await host.settled();
  return status;
}

const pull = () => mesh.pulls.get(7)!;
const bodies = () => mesh.comments.map(({ body }) => body);
/** Conclusion and title of every check run, in order. */
const checks = () =>
  mesh.checks.map((check) => [
    check['conclusion'],
    (check['output'] as { title?: string } | undefined)?.title,
  ]);

/** Asked for once an hour. */
const TOKEN = 'apps/create-installation-access-token';
const UNSAFE = ['failure', 'unsafe: This change introduces 1 error.'];
const SAFE = ['success', 'safe: This change touches no part of the mesh.'];

describe('a pull request', () => {
  test('gets one comment and one check, with twelve calls', async () => {
    expect(await deliver('pull_request', host.pullEvent('opened'))).toBe(200);
    expect(bodies()).toEqual([expect.stringContaining('**IST0101**')]);
    expect(checks()).toEqual([UNSAFE]);
    expect(mesh.checks[0]).toMatchObject({
      external_id: `acme/mesh#7@${pull().headSha}`,
      annotations: [{ path: 'apps/shop/cart.yaml', annotation_level: 'failure' }],
    });
    expect(host.fake.count() - host.fake.count(TOKEN)).toBeLessThanOrEqual(12);
  });

  test('of which GitHub tells at once costs less, and the next push six', async () => {
    await deliver('pull_request', host.freshPullEvent('opened'));
    expect(host.fake.calls.map(({ operation }) => operation)).toEqual([
      ...[TOKEN, 'checks/create', 'repos/get-content', 'repos/compare-commits'],
      ...['git/get-tree', 'git/get-tree', 'graphql', 'issues/list-comments', 'pulls/get'],
      ...['issues/create-comment', 'checks/update'],
    ]);
    host.fake.calls.length = 0;
    mesh.push(7, manifests('crot'));
    await deliver('pull_request', host.freshPullEvent('synchronize'));
    expect(host.fake.calls.map(({ operation }) => operation)).toEqual([
      ...['checks/create', 'repos/compare-commits', 'git/get-tree', 'graphql'],
      ...['issues/update-comment', 'checks/update'],
    ]);
    expect(bodies()).toEqual([expect.stringContaining('crot')]);
  });

  test('is looked at again before a next push gets its word, when the look on the way is a while ago', async () => {
    await deliver('pull_request', host.pullEvent('opened'));
    mesh.push(7, manifests('crot'));
    host.fake.before('graphql', () => (host.fastBy = 5_000));
    host.fake.calls.length = 0;
    await deliver('pull_request', host.pullEvent('synchronize'));
    expect(host.fake.count('pulls/get')).toBe(1);
    expect(bodies()).toEqual([expect.stringContaining('crot')]);
  });

  test('that moves on before a next push is read gets nothing said about the one before', async () => {
    await deliver('pull_request', host.pullEvent('opened'));
    mesh.push(7, manifests('crot'));
    host.fake.before('graphql', () => void mesh.push(7, manifests('crit')));
    await deliver('pull_request', host.pullEvent('synchronize'));
    expect(bodies()).toEqual([expect.stringContaining('crit')]);
    expect(checks().at(-2)).toEqual(['cancelled', 'Cancelled']);
  });

  test('keeps its comment over pushes; it says what is true of the newest head', async () => {
    await deliver('pull_request', host.pullEvent('opened'));
    mesh.push(7, manifests('cart'));
    await deliver('pull_request', host.pullEvent('synchronize'));
    expect(bodies()).toEqual([expect.stringContaining(`head=${pull().headSha}`)]);
    expect(bodies()[0]).toContain('safe');
    expect(checks()).toEqual([UNSAFE, SAFE]);
  });

  test('is reviewed against its new base, and not for a new title', async () => {
    mesh.commit('release', manifests('crat'), null);
    await deliver('pull_request', host.pullEvent('opened'));
    const edited = { ...host.pullEvent('opened'), action: 'edited' };
    const before = host.fake.count();
    await deliver('pull_request', { ...edited, changes: { title: { from: 'x' } } });
    expect(host.fake.count()).toBe(before);
    pull().base = 'release';
    const changes = { base: { ref: { from: 'main' }, sha: { from: 'x' } } };
    await deliver('pull_request', { ...host.pullEvent('opened'), action: 'edited', changes });
    expect(checks()).toHaveLength(2);
  });

  test('that nobody asked about costs nothing', async () => {
    for (const action of ['labeled', 'assigned', 'locked', 'converted_to_draft']) {
      await deliver('pull_request', host.pullEvent(action));
    }
    expect(host.fake.count()).toBe(0);
  });
});

test('the debug log tells what is left of the quota', async () => {
  await deliver('pull_request', host.pullEvent('opened'));
  const lines = host.logLines.filter((line) => line.includes('"remaining":'));
  expect(lines.length).toBeGreaterThan(5);
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({ level: 'debug', resource: 'core', remaining: 4900 });
});

describe('deliveries', () => {
  test('with a bad signature are refused and change nothing', async () => {
    expect(await host.deliver('pull_request', host.pullEvent('opened'), { secret: 'guessed' })).toBe(400);
    await host.settled();
    expect(host.fake.count()).toBe(0);
  });

  test('that are replayed after success are answered and not worked on', async () => {
    await deliver('pull_request', host.pullEvent('opened'), 'same');
    const before = host.fake.count();
    expect(await deliver('pull_request', host.pullEvent('opened'), 'same')).toBe(200);
    expect(host.fake.count()).toBe(before);
  });

  test('of the same head under another id find the result there', async () => {
    await deliver('pull_request', host.pullEvent('opened'));
    await deliver('pull_request', host.pullEvent('ready_for_review'));
    expect([bodies().length, mesh.checks.length]).toEqual([1, 1]);
    expect(host.fake.count('issues/update-comment')).toBe(0);
  });

  test('that are replayed after a failure are worked on', async () => {
    host.fake.fail('repos/compare-commits', serverError(), 4);
    await deliver('pull_request', host.pullEvent('opened'), 'same');
    expect(checks()).toEqual([['failure', 'Could not review']]);
    await deliver('pull_request', host.pullEvent('opened'), 'same');
    expect(checks().at(-1)).toEqual(UNSAFE);
    expect(bodies()).toHaveLength(1);
  });

  test('of an old head, arriving late, do not undo the newer result', async () => {
    const old = host.pullEvent('synchronize');
    mesh.push(7, manifests('cart'));
    await deliver('pull_request', host.pullEvent('synchronize'));
    await deliver('pull_request', old);
    expect(bodies()).toEqual([expect.stringContaining(`head=${pull().headSha}`)]);
    expect(bodies()[0]).toContain('This change touches no part of the mesh.');
    expect(checks().at(1)).toEqual(['cancelled', 'Cancelled']);
  });
});

describe('a push in the middle of a review', () => {
  test('makes the newer head win, and concludes the check of the older', async () => {
    host.fake.before('graphql', () => {
      mesh.push(7, manifests('cart'), true);
      void host.deliver('pull_request', host.pullEvent('synchronize'));
    });
    await deliver('pull_request', host.pullEvent('opened'));
    await host.settled();
    expect(bodies()).toEqual([expect.stringContaining(`head=${pull().headSha}`)]);
    expect(checks()).toEqual([['cancelled', 'Cancelled'], SAFE]);
  });

  test('that brings an old head back brings its comment back, once', async () => {
    const [first, second] = [manifests('crat'), manifests('cart')];
    await deliver('pull_request', host.pullEvent('opened'));
    const old = pull().headSha;
    mesh.push(7, second);
    await deliver('pull_request', host.pullEvent('synchronize'));
    mesh.push(7, first, true);
    pull().headSha = old;
    await deliver('pull_request', host.pullEvent('synchronize'));
    expect(bodies()).toEqual([expect.stringContaining(`head=${old}`)]);
    expect(checks()).toEqual([UNSAFE, SAFE, UNSAFE]);
    await deliver('pull_request', host.pullEvent('synchronize'));
    expect(checks()).toHaveLength(3);
  });

  test('is seen also when its event gets lost', async () => {
    host.fake.before('issues/list-comments', () => void mesh.push(7, manifests('cart'), true));
    await deliver('pull_request', host.pullEvent('opened'));
    expect(bodies()).toEqual([expect.stringContaining(`head=${pull().headSha}`)]);
    expect(checks()).toEqual([['cancelled', 'Cancelled'], SAFE]);
  });

  test('that closes the pull request ends in silence', async () => {
    host.fake.before('issues/list-comments', () => (pull().state = 'closed'));
    await deliver('pull_request', host.pullEvent('opened'));
    expect(bodies()).toEqual([]);
    expect(checks()).toEqual([['cancelled', 'Cancelled']]);
  });

  test('a closed pull request cancels what is under way', async () => {
    host.fake.before('git/get-tree', () => {
      pull().state = 'closed';
      void host.deliver('pull_request', host.pullEvent('closed'));
    });
    await deliver('pull_request', host.pullEvent('opened'));
    await host.settled();
    expect([bodies().length, checks()]).toEqual([0, [['cancelled', 'Cancelled']]]);
  });
});

describe('when GitHub does not answer as wished', () => {
  test('the rate limit is waited for, and nothing is said twice', async () => {
    host.fake.fail('issues/create-comment', rateLimited(120));
    await deliver('pull_request', host.pullEvent('opened'));
    expect(host.waits[0]).toBeGreaterThan(100_000);
    expect([bodies().length, checks()]).toEqual([1, [UNSAFE]]);
  });

  test('the secondary limit is waited for as long as GitHub says', async () => {
    host.fake.fail('checks/create', secondaryLimit(77));
    await deliver('pull_request', host.pullEvent('opened'));
    expect([host.waits, bodies().length, checks()]).toEqual([[77_000], 1, [UNSAFE]]);
  });

  test.each([
    'checks/list-for-ref',
    'checks/create',
    'git/get-tree',
    'issues/create-comment',
    'checks/update',
  ])('a 502 of %s is tried again, with one comment and one result in the end', async (operation) => {
    host.fake.fail(operation, serverError());
    await deliver('pull_request', host.pullEvent('opened'));
    expect([host.waits, bodies().length]).toEqual([[5000], 1]);
    expect(checks()).toEqual([UNSAFE]);
  });

  test('a connection that breaks is tried again', async () => {
    host.fake.fail('pulls/get', 'hang-up');
    await deliver('pull_request', host.pullEvent('opened'));
    expect([bodies().length, checks()]).toEqual([1, [UNSAFE]]);
  });

  test('a missing permission to comment leaves the check, which says so', async () => {
    host.fake.fail('issues/create-comment', {
      status: 403,
      body: { message: 'Resource not accessible by integration' },
    });
    await deliver('pull_request', host.pullEvent('opened'));
    expect(checks()).toEqual([UNSAFE]);
    expect(JSON.stringify(mesh.checks[0]!['output'])).toContain('Pull requests: write');
  });

  test('a deleted base branch is said on the check', async () => {
    pull().base = 'gone';
    await deliver('pull_request', host.pullEvent('opened'));
    expect([bodies().length, checks()]).toEqual([0, [['failure', 'Could not review']]]);
  });

  test('a deleted fork changes nothing: the head stays with the repository', async () => {
    mesh.pull(8, manifests('crat'), { fork: null });
    await deliver('pull_request', host.pullEvent('opened', 8));
    expect(checks()).toEqual([UNSAFE]);
    // GitHub's description does not know that a fork can be gone.
    expect(host.fake.problems.splice(0)).toEqual(['pulls/get: answer 200 /head/repo must be object']);
  });
});

describe('what people do', () => {
  test('a comment a user deleted comes back with the next push', async () => {
    await deliver('pull_request', host.pullEvent('opened'));
    mesh.comments.length = 0;
    mesh.push(7, { 'README.md': 'x' });
    await deliver('pull_request', host.pullEvent('synchronize'));
    expect(bodies()).toHaveLength(1);
  });

  test('a comment deleted while we edit it is written anew', async () => {
    await deliver('pull_request', host.pullEvent('opened'));
    mesh.push(7, manifests('cart'));
    host.fake.before('issues/update-comment', () => (mesh.comments.length = 0));
    await deliver('pull_request', host.pullEvent('synchronize'));
    expect(bodies()).toEqual([expect.stringContaining(`head=${pull().headSha}`)]);
  });

  test('a mark pasted by somebody else is not ours to edit', async () => {
    const stranger = { login: 'mallory', id: 9, type: 'User', permissions: {} } as const;
    const pasted = `<!-- istio-upgrade-guard:review configuration=default head=${pull().headSha} -->\nall is well`;
    mesh.comment(7, pasted, stranger);
    await deliver('pull_request', host.pullEvent('opened'));
    expect(bodies()).toEqual([pasted, expect.stringContaining('unsafe')]);
  });

  test('"re-run" reviews again, also from a fork whose event names no pull request', async () => {
    await deliver('pull_request', host.pullEvent('opened'));
    const check_run = {
      ...(example('check_run', 'rerequested')['check_run'] as object),
      ...{ external_id: `acme/mesh#7@${pull().headSha}`, head_sha: pull().headSha, pull_requests: [] },
    };
    await deliver('check_run', host.event('check_run', 'rerequested', { check_run }));
    expect(checks()).toEqual([UNSAFE, UNSAFE]);
    expect(bodies()).toHaveLength(1);
    expect(host.fake.count('issues/update-comment')).toBe(0);
  });

  test('"re-run all" finds the pull request by its commit', async () => {
    const check_suite = {
      ...(example('check_suite', 'rerequested')['check_suite'] as object),
      ...{ head_sha: pull().headSha, pull_requests: [] },
    };
    await deliver('check_suite', host.event('check_suite', 'rerequested', { check_suite }));
    expect(checks()).toEqual([UNSAFE]);
  });
});

test('a merge group gets its check, and no comment', async () => {
  const base_sha = mesh.git.resolve('main')!;
  const merge_group = {
    ...(example('merge_group', 'checks_requested')['merge_group'] as object),
    ...{ head_sha: pull().headSha, base_sha },
  };
  await deliver('merge_group', host.event('merge_group', 'checks_requested', { merge_group }));
  expect([bodies().length, checks()]).toEqual([0, [UNSAFE]]);
  expect(mesh.checks[0]).toMatchObject({ external_id: `acme/mesh@${base_sha}...${pull().headSha}` });
});
