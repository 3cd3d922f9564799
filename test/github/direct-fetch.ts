import type { FakeGitHub } from './fake-github.ts';
import type { Answer } from './protocol.ts';

/** A `fetch` that asks the fake without any network, and knows how much of the processor the fake itself took. */
export function directFetch(fake: FakeGitHub): {
  readonly fetch: typeof globalThis.fetch;
  milliseconds: number;
} {
  const direct = { fetch: fetch as typeof globalThis.fetch, milliseconds: 0 };
  return direct;

  function fetch(input: unknown, init: RequestInit = {}): Promise<Response> {
    const begin = processorMilliseconds();
    const answer = follow(new URL(input as string), init);
    const body =
      answer.body === undefined
        ? null
        : Buffer.isBuffer(answer.body)
          ? answer.body
          : JSON.stringify(answer.body);
    direct.milliseconds += processorMilliseconds() - begin;
    const response = new Response(body, {
      status: answer.status,
      headers: { ...answer.headers },
    });
    return Promise.resolve(response);
  }

  function follow(url: URL, { method = 'GET', headers = {}, body }: RequestInit): Answer {
    const parsed: unknown = typeof body === 'string' ? JSON.parse(body) : undefined;
    const request = { method, url, headers: headers as Record<string, string>, body: parsed };
    const answer = fake.handle(request);
    if (answer === 'hang-up') throw new TypeError('fetch failed');
    const target = answer.headers?.['location'];
    return target === undefined ? answer : follow(new URL(target), { method: 'GET', headers });
  }
}

function processorMilliseconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}
