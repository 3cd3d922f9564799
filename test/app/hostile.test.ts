import { afterEach, beforeEach, expect, test } from '@jest/globals';
import type { FakeRepository } from '../github/fake-repository.ts';
import { AppHost, manifests, PRIVATE_KEY } from './app-host.ts';

let host: AppHost;
let mesh: FakeRepository;

beforeEach(async () => {
  host = new AppHost();
  mesh = host.fake.repository('acme', 'mesh');
  mesh.commit('main', manifests('cart'));
  await host.start();
});

afterEach(async () => {
  await host.stop();
  expect(host.fake.problems).toEqual([]);
});

async function review(
  files: Record<string, string>,
): Promise<{ comment: string; check: Record<string, unknown> }> {
  mesh.pull(7, files);
  await host.deliver('pull_request', host.pullEvent('opened'));
  await host.settled();
  expect(mesh.comments).toHaveLength(1);
  return { comment: mesh.comments[0]!.body, check: mesh.checks[0]! };
}

function route(name: string, host: string): string {
  return [
    'apiVersion: networking.istio.io/v1beta1\nkind: VirtualService',
    `metadata:\n  name: ${JSON.stringify(name)}\n  namespace: shop`,
    `spec:\n  hosts: [${host.length}-${name.replace(/\W/g, '')}.example.com]\n  http:\n    - route:\n        - destination:\n            host: ${JSON.stringify(host)}\n`,
  ].join('\n');
}

/** Drops fenced blocks and code spans, in which GitHub reads nothing. */
function prose(markdown: string): string {
  return markdown
    .replace(/^( *)(`{3,})\w*\n[\s\S]*?\n\1\2$/gm, '')
    .replace(/(?<![\\`])(`+)(?!`)[\s\S]*?(?<!`)\1(?!`)/g, '');
}

test('a resource named @everyone <img src=x> mentions nobody and brings no markup', async () => {
  const { comment } = await review({ 'apps/shop/evil.yaml': route('@everyone <img src=x>', 'crat') });
  expect(comment).toContain('@everyone <img src=x>');
  expect(prose(comment)).not.toMatch(/@everyone|<img/);
});

test('names of files and namespaces, fixes and reasons of settings bring no markup and mention nobody', async () => {
  const evil = '@everyone <img src=x> [x](https://evil.example) `|#1';
  const until = '2020-01-01';
  const suppression = { rule: 'IST0101', resource: `* ${evil}`, reason: `${evil}\n## because`, until };
  mesh.commit('main', {
    ...manifests('cart'),
    '.github/istio-upgrade-guard.yml': JSON.stringify({ suppressions: [suppression] }),
  });
  const { comment, check } = await review({
    [`apps/shop/${evil.replaceAll('/', '')}.yaml`]: route('evil', evil),
    'apps/shop/ns.yaml': route('other', 'x').replace('namespace: shop', `namespace: ${JSON.stringify(evil)}`),
  });
  const { summary, text } = check['output'] as { summary: string; text: string };
  expect(comment).toContain('ended on 2020-01-01 and is not applied');
  for (const page of [comment, summary, text]) {
    const shown = prose(page);
    expect(shown).not.toMatch(/@everyone|<img|\]\(https:\/\/evil|#1\b|^## because/m);
  }
});

test('a report of far more than 65,536 characters fits, and says what it leaves out', async () => {
  const files = Object.fromEntries(
    Array.from({ length: 300 }, (_, i) => [
      `apps/shop/route-${i}.yaml`,
      route(`route-${i}`, `missing-${'x'.repeat(40)}-${i}`),
    ]),
  );
  const { comment, check } = await review(files);
  expect(Buffer.byteLength(comment)).toBeLessThanOrEqual(60_000);
  expect(comment).toMatch(/_\d+ more did not fit on this page; the check of this commit lists more\._/);
  expect(comment).toContain('This change introduces 300 errors');
  const { summary, text } = check['output'] as { summary: string; text: string };
  expect(text.length).toBeLessThanOrEqual(65_535);
  expect(summary).toContain('50 further findings got no annotation.');
  expect(check['annotations']).toHaveLength(250);
});

test('51 annotations take two requests, and the check is complete with the second', async () => {
  const files = Object.fromEntries(
    Array.from({ length: 51 }, (_, i) => [`apps/shop/route-${i}.yaml`, route(`route-${i}`, `missing-${i}`)]),
  );
  const { check } = await review(files);
  const updates = host.fake.bodies('checks/update') as {
    status?: string;
    output: { annotations: unknown[] };
  }[];
  expect(updates.map(({ status, output }) => [status, output.annotations.length])).toEqual([
    [undefined, 50],
    ['completed', 1],
  ]);
  expect([check['conclusion'], (check['annotations'] as unknown[]).length]).toEqual(['failure', 51]);
});

test('3,000 files are reviewed within the calls of a small one', async () => {
  const files = Object.fromEntries(Array.from({ length: 3000 }, (_, i) => [`notes/${i}.txt`, `note ${i}`]));
  const { comment } = await review({ ...files, ...manifests('crat') });
  expect(comment).toContain('**IST0101**');
  const token = host.fake.count('apps/create-installation-access-token');
  expect(host.fake.count() - token).toBeLessThanOrEqual(12);
}, 60_000);

test('tokens, keys and manifest values are in no log, at the most talkative level', async () => {
  const secret =
    'apiVersion: v1\nkind: Secret\nmetadata:\n  name: s\n  namespace: shop\nstringData:\n  password: hunter2-hunter2\n';
  host.fake.fail('issues/create-comment', {
    status: 422,
    body: { message: 'Validation Failed: hunter2-hunter2' },
  });
  mesh.pull(7, { 'apps/shop/secret.yaml': secret, 'apps/shop/evil.yaml': route('evil', 'hunter2-hunter2') });
  await host.deliver('pull_request', host.pullEvent('opened'));
  await host.settled();
  const log = host.logLines.join('');
  expect(log).toContain('"level":"debug"');
  expect(log).not.toMatch(/hunter2|ghs_|eyJ|secret of the webhook/);
  expect(log).not.toContain(PRIVATE_KEY.split('\n')[1]);
});
