import { createHmac } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createReceiver } from '../../deploy/aws/receiver.ts';
import { createWorker } from '../../deploy/aws/worker.ts';
import type { SqsModule } from '../../deploy/aws/queue.ts';
import { rateLimited } from '../github/protocol.ts';
import { FakeGitHub } from '../github/fake-github.ts';
import { interceptGitHub, releaseGitHub } from '../github/transports.ts';
import { AppHost, example, manifests, PRIVATE_KEY } from './app-host.ts';

const ENV = {
  ...{ WEBHOOK_SECRET: 'secret', APP_ID: '1', PRIVATE_KEY, QUEUE_URL: 'https://queue.example/tasks.fifo' },
  ...{ LOG_LEVEL: 'silent', RENDER: 'off' },
};

type Sent = Readonly<Record<string, string | number>>;

/** The SDK as far as it is used: remembers what was sent, or fails. */
class FakeSqs {
  readonly sent: { readonly command: string; readonly input: Sent }[] = [];
  broken = false;

  module(): SqsModule {
    const send = (command: unknown) => {
      if (this.broken) return Promise.reject(new Error('queue is gone'));
      this.sent.push(command as FakeSqs['sent'][number]);
      return Promise.resolve({});
    };
    const command = (name: string) =>
      class {
        readonly command = name;
        readonly input: object;
        constructor(input: object) {
          this.input = input;
        }
      };
    return {
      SQSClient: class {
        send = send;
      },
      SendMessageCommand: command('send'),
      ChangeMessageVisibilityCommand: command('postpone'),
    };
  }
}

let sqs: FakeSqs;
beforeEach(() => {
  sqs = new FakeSqs();
});

const host = new AppHost();
host.fake.repository('acme', 'mesh').commit('main', manifests('cart'));
host.fake.repository('acme', 'mesh').pull(7, manifests('crat'));

function webhook(name: string, payload: object, more: { secret?: string; drop?: string } = {}) {
  const body = JSON.stringify(payload);
  const { secret = 'secret', drop } = more;
  const headers: Record<string, string> = {
    ...{ 'X-GitHub-Event': name, 'X-GitHub-Delivery': 'delivery-1' },
    'X-Hub-Signature-256': `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`,
  };
  const kept = Object.entries(headers).filter(([header]) => header !== drop);
  return { headers: Object.fromEntries(kept), body, isBase64Encoded: false };
}

describe('the receiver', () => {
  const receive = (event: object) => createReceiver(ENV, () => Promise.resolve(sqs.module()))(event);

  test('puts a task into the queue, in line with its pull request', async () => {
    const answer = await receive(webhook('pull_request', host.pullEvent('opened')));
    expect(answer).toMatchObject({ statusCode: 202, body: '{"tasks":1}' });
    const [{ input } = { input: {} as Sent }] = sqs.sent;
    expect(JSON.parse(String(input['MessageBody']))).toMatchObject({ kind: 'review-pull', number: 7 });
    expect(input['MessageGroupId']).toMatch(/^[0-9a-f]{64}$/);
    await receive(webhook('pull_request', host.pullEvent('opened')));
    expect(sqs.sent[1]?.input['MessageDeduplicationId']).toBe(input['MessageDeduplicationId']);
  });

  test('takes bodies in base64', async () => {
    const { headers, body } = webhook('pull_request', host.pullEvent('synchronize'));
    const encoded = { headers, body: Buffer.from(body).toString('base64'), isBase64Encoded: true };
    expect(await receive(encoded)).toMatchObject({ statusCode: 202 });
  });

  test.each([
    ['a bad signature', webhook('ping', {}, { secret: 'guessed' }), 401],
    ['no signature', webhook('ping', {}, { drop: 'X-Hub-Signature-256' }), 400],
    ['no event', webhook('ping', {}, { drop: 'X-GitHub-Event' }), 400],
    ['no delivery', webhook('ping', {}, { drop: 'X-GitHub-Delivery' }), 400],
    ['nothing at all', {}, 400],
    ['an event that is not for us', webhook('star', example('star', 'created')), 200],
  ])('answers %s and queues nothing', async (_, event, status) => {
    expect(await receive(event)).toMatchObject({ statusCode: status });
    expect(sqs.sent).toEqual([]);
  });

  test('answers 503 when the queue fails, so that GitHub shows the delivery as failed', async () => {
    sqs.broken = true;
    expect(await receive(webhook('pull_request', host.pullEvent('opened')))).toMatchObject({
      statusCode: 503,
    });
  });

  test('does not start without a secret', () => {
    expect(() => createReceiver({}, () => Promise.resolve(sqs.module()))).toThrow('WEBHOOK_SECRET');
  });
});

describe('the worker', () => {
  let fake: FakeGitHub;

  beforeEach(() => {
    fake = new FakeGitHub();
    fake.repository('acme', 'mesh').commit('main', manifests('cart'));
    fake.repository('acme', 'mesh').pull(7, manifests('crat'));
    interceptGitHub(fake);
  });

  afterEach(() => {
    releaseGitHub();
    expect(fake.problems).toEqual([]);
  });

  function message(count = 1) {
    const task = {
      kind: 'review-pull',
      installation: 2,
      owner: 'acme',
      repo: 'mesh',
      number: 7,
      again: false,
    };
    const body = JSON.stringify({ ...task, url: 'https://github.com/acme/mesh' });
    return { body, receiptHandle: 'receipt', attributes: { ApproximateReceiveCount: String(count) } };
  }

  test('reviews, and a second delivery of the message finds the result', async () => {
    const work = await createWorker(ENV, () => Promise.resolve(sqs.module()));
    await work(message(), 300_000);
    await work(message(2), 300_000);
    const { comments, checks } = fake.repository('acme', 'mesh');
    expect([comments.length, checks.length, checks[0]?.['conclusion']]).toEqual([1, 1, 'failure']);
  });

  test('postpones what a limit stops, and gets it again', async () => {
    fake.fail('pulls/get', rateLimited(600));
    const work = await createWorker(ENV, () => Promise.resolve(sqs.module()));
    await expect(work(message(), 300_000)).rejects.toThrow();
    const [{ command, input } = { command: '', input: {} as Sent }] = sqs.sent;
    expect([command, input['ReceiptHandle']]).toEqual(['postpone', 'receipt']);
    expect(input['VisibilityTimeout']).toBeGreaterThan(500);
  });

  test('ends its check when it runs out of time', async () => {
    const work = await createWorker(ENV, () => Promise.resolve(sqs.module()));
    await work(message(), 0);
    const { checks } = fake.repository('acme', 'mesh');
    expect(checks.every((check) => check['status'] === 'completed')).toBe(true);
  });
});
