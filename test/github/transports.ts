import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import nock from 'nock';
import type { FakeGitHub } from './fake-github.ts';
import type { Answer } from './protocol.ts';

/** Puts the fake in the place of api.github.com for this process; nothing else can be reached but loopback. */
export function interceptGitHub(fake: FakeGitHub): void {
  nock.disableNetConnect();
  nock.enableNetConnect('127.0.0.1');
  const scope = nock(fake.url).persist();
  for (const method of ['GET', 'POST', 'PATCH', 'PUT', 'DELETE']) {
    scope.intercept(/.*/, method).reply(function (uri, body, callback) {
      const headers = Object.entries(this.req.headers).map(([name, value]) => [name, value]);
      const url = new URL(uri, fake.url);
      const parsed = typeof body === 'string' && body === '' ? undefined : body;
      const request = {
        method,
        url,
        headers: Object.fromEntries(headers) as Record<string, string>,
        body: parsed,
      };
      const answer = fake.handle(request);
      if (answer === 'hang-up') callback(new Error('socket hang up'), [0]);
      else callback(null, [answer.status, bytesOf(answer), { ...answer.headers }]);
    });
  }
}

/** Ends interceptGitHub. */
export function releaseGitHub(): void {
  nock.cleanAll();
  nock.enableNetConnect();
}

/**
 * Serves the fake over HTTP on loopback, for programs in a process of their own. `fake.url` is then its address.
 * @param enterprise where an Enterprise Server has its API: `/api/v3`, and `/api/graphql`; nothing is answered elsewhere.
 */
export async function serveGitHub(
  fake: FakeGitHub,
  enterprise = false,
): Promise<{ readonly close: () => Promise<void> }> {
  const server = createServer((request, response) => {
    void readBody(request).then((text) => {
      const headers = Object.fromEntries(
        Object.entries(request.headers).map(([name, value]) => [name, String(value)]),
      );
      const body: unknown = text === '' ? undefined : JSON.parse(text);
      const path = (request.url ?? '/').replace(
        enterprise ? /^\/api\/v3(?=\/)|^\/api(?=\/graphql)/ : /^/,
        '',
      );
      if (enterprise && path === request.url) fake.problems.push(`${path} is no API of an Enterprise Server`);
      const answer = fake.handle({
        ...{ method: request.method ?? 'GET', url: new URL(path, fake.url), headers, body },
      });
      if (answer === 'hang-up') return request.socket.destroy();
      return response.writeHead(answer.status, answer.headers).end(bytesOf(answer));
    });
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  fake.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}${enterprise ? '/api/v3' : ''}`;
  return { close: () => closed(server) };
}

function closed(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((done) => server.close(() => done()));
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}

function bytesOf({ body }: Answer): Buffer {
  if (body === undefined) return Buffer.alloc(0);
  return Buffer.isBuffer(body) ? body : Buffer.from(JSON.stringify(body));
}
