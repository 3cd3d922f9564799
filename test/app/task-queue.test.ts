import { describe, expect, test } from '@jest/globals';
import { Stopped, TaskQueue, type Work } from '../../src/app/task-queue.ts';

const never = () => undefined;

/** Work that waits until it is released, and obeys its signal. */
function work(subject: string, log: string[], name: string, more: Partial<Work> = {}) {
  let release: () => void = () => undefined;
  const gate = new Promise<void>((open) => (release = open));
  const run = async (signal: AbortSignal) => {
    log.push(`${name} begins`);
    const stopped = new Promise<never>((_, reject) => {
      signal.addEventListener('abort', () => reject(signal.reason as Error));
    });
    await Promise.race([gate, stopped]).catch((error: unknown) => {
      log.push(`${name} stopped`);
      throw error;
    });
    log.push(`${name} ends`);
  };
  return { work: { subject, newestCounts: true, run, ...more }, release };
}

describe('of one subject', () => {
  test('newer work stops the older and begins when that has ended', async () => {
    const queue = new TaskQueue({ concurrency: 4, retryAfter: never });
    const log: string[] = [];
    const old = work('a#1', log, 'old');
    const young = work('a#1', log, 'young');
    const first = queue.add(old.work);
    const second = queue.add(young.work);
    young.release();
    await Promise.all([first, second]);
    expect(log).toEqual(['old begins', 'old stopped', 'young begins', 'young ends']);
    expect(queue.pending).toBe(0);
  });

  test('work that has not begun is dropped without a trace', async () => {
    const queue = new TaskQueue({ concurrency: 1, retryAfter: never });
    const log: string[] = [];
    const other = work('b#1', log, 'other');
    const [old, young] = [work('a#1', log, 'old'), work('a#1', log, 'young')];
    const all = [queue.add(other.work), queue.add(old.work), queue.add(young.work)];
    other.release();
    young.release();
    await Promise.all(all);
    expect(log).toEqual(['other begins', 'other ends', 'young begins', 'young ends']);
  });

  test('answers are neither stopped nor do they stop', async () => {
    const queue = new TaskQueue({ concurrency: 4, retryAfter: never });
    const log: string[] = [];
    const review = work('a#1', log, 'review');
    const answer = work('a#1', log, 'answer', { newestCounts: false });
    const next = work('a#1', log, 'next');
    const all = [queue.add(review.work), queue.add(answer.work), queue.add(next.work)];
    for (const each of [answer, next]) each.release();
    await Promise.all(all);
    expect(log).toEqual([
      ...['review begins', 'review stopped', 'answer begins', 'answer ends'],
      ...['next begins', 'next ends'],
    ]);
  });
});

test('no more than the given number runs at once', async () => {
  const queue = new TaskQueue({ concurrency: 2, retryAfter: never });
  let running = 0;
  let most = 0;
  const run = async () => {
    running += 1;
    most = Math.max(most, running);
    await new Promise((done) => setTimeout(done, 1));
    running -= 1;
  };
  const all = Array.from({ length: 20 }, (_, i) => queue.add({ subject: `s${i}`, newestCounts: true, run }));
  await Promise.all(all);
  expect(most).toBe(2);
});

test('no more than the given number of one group runs at once, and who has less under way comes first', async () => {
  const queue = new TaskQueue({ concurrency: 3, concurrencyOfGroup: 2, retryAfter: never });
  const log: string[] = [];
  const busy = [1, 2, 3].map((i) => work(`a#${i}`, log, `busy ${i}`, { group: 'a' }));
  const other = work('b#1', log, 'other', { group: 'b' });
  const all = [...busy, other].map((each) => queue.add(each.work));
  await new Promise((done) => setTimeout(done, 5));
  expect(log).toEqual(['busy 1 begins', 'busy 2 begins', 'other begins']);
  for (const each of [...busy, other]) each.release();
  await Promise.all(all);
  expect(log.filter((line) => line.endsWith('ends'))).toHaveLength(4);
});

test('a queue that is full or closed says so', async () => {
  const queue = new TaskQueue({ concurrency: 1, most: 2, retryAfter: never });
  const [first, second] = [work('a', [], 'first'), work('b', [], 'second')];
  const begun = queue.add(first.work);
  expect(queue.open).toBe(true);
  const waiting = queue.add(second.work);
  expect(queue.open).toBe(false);
  first.release();
  second.release();
  await Promise.all([begun, waiting]);
  expect(queue.open).toBe(true);
  await queue.close(0);
  expect(queue.open).toBe(false);
});

describe('failed work', () => {
  test('is tried again as long as that helps, and then given up', async () => {
    const attempts: number[] = [];
    const queue = new TaskQueue({
      concurrency: 1,
      retryAfter: (_, attempt) => (attempt < 3 ? 1 : undefined),
    });
    const run = (_: AbortSignal, attempt: number) => {
      attempts.push(attempt);
      return Promise.reject(new Error('no'));
    };
    await expect(queue.add({ subject: 'a', newestCounts: true, run })).rejects.toThrow('no');
    expect(attempts).toEqual([1, 2, 3]);
    expect(queue.pending).toBe(0);
  });

  test('does not hold up others while it waits', async () => {
    const queue = new TaskQueue({ concurrency: 1, retryAfter: () => 60_000 });
    const log: string[] = [];
    void queue.add({ subject: 'a', newestCounts: true, run: () => Promise.reject(new Error('no')) });
    const other = work('b', log, 'other');
    other.release();
    await queue.add(other.work);
    expect(log).toEqual(['other begins', 'other ends']);
    await queue.close(0);
  });

  test('that waits and is not wanted any more clears up before what replaces it begins', async () => {
    const queue = new TaskQueue({ concurrency: 1, retryAfter: () => 60_000 });
    const log: string[] = [];
    const run = (signal: AbortSignal, attempt: number) => {
      log.push(`attempt ${attempt}${signal.aborted ? ' clears up' : ''}`);
      return Promise.reject(signal.aborted ? (signal.reason as Error) : new Error('no'));
    };
    const failing = queue.add({ subject: 'a', newestCounts: true, run });
    await new Promise((done) => setTimeout(done, 5));
    const newer = work('a', log, 'newer');
    newer.release();
    await Promise.all([failing, queue.add(newer.work)]);
    expect(log).toEqual(['attempt 1', 'attempt 2 clears up', 'newer begins', 'newer ends']);
  });

  test('that waits is replaced by newer work at once', async () => {
    const queue = new TaskQueue({ concurrency: 1, retryAfter: () => 60_000 });
    const failing = queue.add({
      subject: 'a',
      newestCounts: true,
      run: () => Promise.reject(new Error('no')),
    });
    await new Promise((done) => setTimeout(done, 5));
    const log: string[] = [];
    const newer = work('a', log, 'newer');
    newer.release();
    await Promise.all([failing, queue.add(newer.work)]);
    expect(log).toEqual(['newer begins', 'newer ends']);
  });
});

describe('closing', () => {
  test('lets running work end, rejects what has not begun, takes nothing more', async () => {
    const queue = new TaskQueue({ concurrency: 1, retryAfter: never });
    const log: string[] = [];
    const running = work('a', log, 'running');
    const waiting = work('b', log, 'waiting');
    const first = queue.add(running.work);
    const second = queue.add(waiting.work);
    const closed = queue.close(10_000);
    await expect(second).rejects.toThrow(Stopped);
    await expect(queue.add(waiting.work)).rejects.toThrow(Stopped);
    running.release();
    await Promise.all([closed, first]);
    expect(log).toEqual(['running begins', 'running ends']);
  });

  test('stops what does not end in time', async () => {
    const queue = new TaskQueue({ concurrency: 1, retryAfter: never });
    const log: string[] = [];
    const stuck = queue.add(work('a', log, 'stuck').work);
    const failed = expect(stuck).rejects.toThrow('shut down');
    await queue.close(5);
    await failed;
    expect(log).toEqual(['stuck begins', 'stuck stopped']);
  });
});
