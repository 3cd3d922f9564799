import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { ServerSettings } from './server-settings.ts';
import { isSigned, signatureOf } from './webhook-secret.ts';

/** GitHub sends no larger payload. Bytes. */
const LARGEST_BODY = 25 * 1024 * 1024;

export interface HttpHandlers {
  /** Probot's own middleware. */
  readonly webhooks: (request: IncomingMessage, response: ServerResponse, next: () => void) => unknown;
  /** What `/healthz` says. */
  readonly health: () => { readonly ok: boolean; readonly pending: number };
}

/** Webhooks and `/healthz`; everything else is not found. */
export function httpServer(settings: ServerSettings, handlers: HttpHandlers): Server {
  return createServer((request, response) => {
    answer(request, response, settings, handlers).catch(() => {
      if (!response.headersSent) response.writeHead(500);
      response.end();
    });
  });
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  settings: ServerSettings,
  { webhooks, health }: HttpHandlers,
): Promise<void> {
  const path = (request.url ?? '/').split('?')[0];
  if (request.method === 'GET' && path === '/healthz') {
    const { ok, pending } = health();
    reply(response, ok ? 200 : 503, { status: ok ? 'ok' : 'stopping', pending });
    return;
  }
  // The setup page registers the server's root as the address of the webhook.
  const isWebhook = request.method === 'POST' && (path === settings.webhookPath || path === '/');
  if (!isWebhook) return reply(response, 404, { error: 'not found' });
  const body = await readBody(request);
  if (!body) {
    // The rest is not read, so that nothing else can come over this connection.
    response.setHeader('connection', 'close');
    return reply(response, 413, { error: 'too large' });
  }
  const { webhookSecret, formerSecret } = settings;
  if (isSigned(body, String(request.headers['x-hub-signature-256']), [formerSecret])) {
    request.headers['x-hub-signature-256'] = signatureOf(body, webhookSecret);
  }
  request.url = settings.webhookPath;
  Object.assign(request, { body: body.toString('utf8') });
  await webhooks(request, response, () => reply(response, 404, { error: 'not found' }));
}

function reply(response: ServerResponse, status: number, value: object): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(`${JSON.stringify(value)}\n`);
}

/** The whole body; undefined when it is too large, which is told while the rest is not read. */
async function readBody(request: IncomingMessage): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  // Left early, the request would be destroyed, and with it the way back.
  for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > LARGEST_BODY) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
