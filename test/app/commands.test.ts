import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { FakeRepository } from '../github/fake-repository.ts';
import { serverError } from '../github/protocol.ts';
import { AppHost, example, manifests } from './app-host.ts';

let host: AppHost;
let mesh: FakeRepository;

const person = (login: string) => ({ login, id: 9, type: 'User' as const, permissions: {} });

beforeEach(async () => {
  host = new AppHost();
  mesh = host.fake.repository('acme', 'mesh');
  mesh.commit('main', manifests('cart'));
  mesh.pull(7, manifests('crat'));
  mesh.collaborators.set('ada', 'write').set('eve', 'read');
  await host.start({
    readRulePage: (rule) => Promise.resolve(rule === 'IST0101' ? '# The page of IST0101' : undefined),
  });
});

afterEach(async () => {
  await host.stop();
  expect(host.fake.problems).toEqual([]);
});

/** A person writes a comment; gives what we wrote after it. */
async function say(body: string, login = 'ada', more: object = {}): Promise<string[]> {
  const comment = mesh.comment(7, body, person(login));
  await host.deliver('issue_comment', commentEvent(comment.id, body, login, more));
  await host.settled();
  return mesh.comments.filter(({ author }) => author.type === 'Bot').map((each) => each.body);
}

function commentEvent(id: number, body: string, login: string, more: object = {}) {
  const known = example('issue_comment', 'created')['comment'] as object;
  return host.event('issue_comment', 'created', {
    issue: { number: 7, pull_request: { url: 'https://api.github.com/repos/acme/mesh/pulls/7' } },
    comment: { ...known, id, body, user: { login, type: 'User' } },
    ...more,
  });
}

const reactions = () => mesh.comments.flatMap((comment) => comment.reactions);

describe('a command of somebody who may write', () => {
  test('review: reviews again', async () => {
    const [comment, ...more] = await say('/istio review');
    expect([reactions(), more]).toEqual([['eyes'], []]);
    expect(comment).toContain('**IST0101**');
    expect(mesh.checks).toHaveLength(1);
  });

  test('help lists every command, and an unknown one is told the nearest', async () => {
    expect(await say('/istio help')).toEqual([expect.stringContaining('`/istio explain RULE`')]);
    const [, unknown] = await say('/istio reveiw @everyone <img src=x>');
    expect(unknown).toContain('Did you mean `/istio review`?');
    expect(unknown?.replace(/`[^`]*`/g, '')).not.toMatch(/@everyone|<img/);
  });

  test('explain gives the page of a rule, or what it says of itself', async () => {
    expect(await say('/istio explain ist0101')).toEqual([expect.stringContaining('# The page of IST0101')]);
    const replies = await say('/istio explain IST0107');
    expect(replies[1]).toContain('**IST0107**');
    expect((await say('/istio explain IST9999'))[2]).toContain('There is no rule `IST9999`');
  });

  test('several in one comment are all done, and answered by one', async () => {
    const said = await say('/istio review\n/istio explain IST0107\n/istio dance');
    expect(said).toHaveLength(2);
    const answer = said.find((text) => text.includes('IST0107'));
    expect(answer).toContain('I do not know `/istio dance`.');
    expect(mesh.checks).toHaveLength(1);
  });

  test('is answered within what a comment may hold', async () => {
    await host.stop();
    await host.start({ readRulePage: () => Promise.resolve('a line of a page\n'.repeat(6000)) });
    const [page] = await say('/istio explain IST0101');
    expect(Buffer.byteLength(page!)).toBeLessThan(65_536);
    expect(page).toMatch(/_The rest did not fit into a comment\._$/);
  });

  test('plan: says so when there is none', async () => {
    expect((await say('/istio plan'))[0]).toContain('promotion plan');
  });

  test('ignore proposes settings, and commits nothing', async () => {
    const [reply] = await say('/istio ignore IST0101 it is "elsewhere" <b>');
    expect(reply).toContain('  - rule: IST0101\n    resource: "VirtualService shop/cart"');
    expect(reply).toContain('    reason: "it is \\"elsewhere\\" <b>"');
    expect(reply).toMatch(/ {4}until: \d{4}-\d\d-\d\d\n/);
    expect((await say('/istio ignore IST0107'))[1]).toContain('nothing to accept');
    expect(mesh.checks).toEqual([]);
  });
});

describe('nobody else is answered', () => {
  test('whom GitHub does not know here gets a reaction', async () => {
    host.fake.fail('repos/get-collaborator-permission-level', {
      status: 404,
      body: { message: 'Not Found' },
    });
    expect(await say('/istio review', 'ghost')).toEqual([]);
    expect(reactions()).toEqual(['confused']);
  });

  test('who may only read gets a reaction', async () => {
    expect(await say('/istio review', 'eve')).toEqual([]);
    expect(await say('/istio help', 'stranger')).toEqual([]);
    expect(reactions()).toEqual(['confused', 'confused']);
    expect(mesh.checks).toEqual([]);
  });

  test.each([
    ['a bot', { comment: { id: 1, body: '/istio review', user: { login: 'x[bot]', type: 'Bot' } } }],
    ['an issue', { issue: { number: 7 } }],
    ['an edited comment', { action: 'edited' }],
  ])('%s costs nothing', async (_, more) => {
    await host.deliver('issue_comment', commentEvent(1, '/istio review', 'ada', more));
    await host.settled();
    expect(host.fake.count()).toBe(0);
  });
});

describe('an answer is given once', () => {
  test('though GitHub failed after taking it', async () => {
    host.fake.fail('issues/create-comment', serverError());
    const replies = await say('/istio help');
    expect([replies.length, host.waits]).toEqual([1, [5000]]);
  });

  test('though the event is delivered again after a restart', async () => {
    const [reply] = await say('/istio help');
    const { id, body } = mesh.comments.find(({ author }) => author.login === 'ada')!;
    await host.deliver('issue_comment', commentEvent(id, body, 'ada'));
    await host.settled();
    expect(mesh.comments.filter((comment) => comment.body === reply)).toHaveLength(1);
  });

  test('and tells when it is of no use to go on', async () => {
    mesh.pulls.get(7)!.base = 'gone';
    expect(await say('/istio plan')).toEqual([expect.stringContaining('That did not work.')]);
  });
});

describe('buttons of the check', () => {
  async function press(identifier: string): Promise<void> {
    const check_run = {
      ...(example('check_run', 'requested_action')['check_run'] as object),
      ...{ id: 55, external_id: `acme/mesh#7@${mesh.pulls.get(7)!.headSha}` },
      app: { slug: 'istio-upgrade-guard' },
    };
    const event = host.event('check_run', 'requested_action', {
      check_run,
      requested_action: { identifier },
    });
    await host.deliver('check_run', event);
    await host.settled();
  }

  test('how to ignore', async () => {
    await press('how-to-ignore');
    await press('how-to-ignore');
    expect(mesh.comments.map(({ body }) => body)).toEqual([expect.stringContaining('- rule: IST0101')]);
  });

  test('the plan', async () => {
    await press('post-plan');
    expect(mesh.comments).toMatchObject([{ body: expect.stringContaining('promotion plan') }]);
  });

  test('review again; and what is not ours is left alone', async () => {
    await press('lgtm|26764');
    expect(host.fake.count()).toBe(0);
    await press('review-again');
    expect(mesh.checks).toHaveLength(1);
  });
});
