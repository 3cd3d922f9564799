import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { redeliverFailed } from '../../src/app/redeliver.ts';
import { createClient } from '../../src/github/client.ts';
import { FakeGitHub } from '../github/fake-github.ts';
import { sample } from '../github/sample.ts';
import { interceptGitHub, releaseGitHub } from '../github/transports.ts';

const DAY = new Date('2026-01-02T00:00:00Z');
let fake: FakeGitHub;

beforeEach(() => {
  fake = new FakeGitHub();
  interceptGitHub(fake);
});

afterEach(() => {
  releaseGitHub();
  expect(fake.problems).toEqual([]);
});

function delivered(id: number, guid: string, status_code: number, more: object = {}): void {
  const status = status_code === 200 ? 'OK' : 'failed';
  const known = { id, guid, status, status_code, event: 'pull_request', action: 'opened' };
  fake.deliveries.push(
    sample('hook-delivery-item', { ...known, delivered_at: '2026-01-02T10:00:00Z', ...more }),
  );
}

function redeliver(): Promise<number> {
  const client = createClient({
    ...{ token: 'eyJhbGciOiJub25lIn0.eyJpc3MiOjF9.x', apiUrl: fake.url, longestWait: 0, now: () => 0 },
    sleep: () => Promise.resolve(),
  });
  return redeliverFailed(client, DAY, new AbortController().signal);
}

test('asks once for each event that never got through', async () => {
  delivered(5, 'twice-failed', 502);
  delivered(4, 'twice-failed', 502);
  delivered(3, 'got-through-later', 200);
  delivered(2, 'got-through-later', 504);
  delivered(1, 'not-for-us', 502, { event: 'star', action: 'created' });
  expect(await redeliver()).toBe(1);
  expect(fake.redelivered).toEqual([4]);
});

test('looks no further than a page with older ones', async () => {
  for (let i = 0; i < 100; i++) delivered(1000 - i, `ok-${i}`, 200, { delivered_at: '2026-01-01T10:00:00Z' });
  delivered(1, 'old', 502, { delivered_at: '2026-01-01T09:00:00Z' });
  expect(await redeliver()).toBe(0);
  expect(fake.count('apps/list-webhook-deliveries')).toBe(1);
});
