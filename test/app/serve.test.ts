import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { parseFile } from '../../src/yaml/parse.ts';
import { HANDLED_EVENTS } from '../../src/app/events.ts';
import { serverSettings, SettingsMistake } from '../../src/app/server-settings.ts';
import { storeCredentials } from '../../src/app/setup.ts';
import { example, PRIVATE_KEY } from './app-host.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const installed = mkdtempSync(join(tmpdir(), 'guard-serve-'));
let server: ChildProcess | undefined;

/** The package as it is installed: the bundle built from the sources, and the files beside it. */
beforeAll(() => {
  mkdirSync(join(installed, 'docs'));
  cpSync(join(root, 'docs/rules'), join(installed, 'docs/rules'), { recursive: true });
  for (const file of ['app.yml', 'package.json']) cpSync(join(root, file), join(installed, file));
  const built = spawnSync(process.execPath, [
    join(root, 'scripts/bundle.mjs'),
    ...['--outdir', join(installed, 'dist')],
  ]);
  if (built.status !== 0) throw new Error(built.stderr.toString());
}, 60_000);

afterEach(() => void server?.kill('SIGKILL'));
afterAll(() => rmSync(installed, { recursive: true, force: true }));

/** Starts `serve` on a port of its own; gives what it prints, the address, and how it ends. */
async function serve(port: number, env: Record<string, string>) {
  const home = mkdtempSync(join(installed, 'cwd-'));
  const child = spawn(process.execPath, [join(installed, 'dist/cli.js'), 'serve'], {
    cwd: home,
    env: { PATH: '/nonexistent', PORT: String(port), HOST: '127.0.0.1', REDELIVER: 'off', ...env },
  });
  server = child;
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const ended = new Promise<number | null>((done) => child.on('exit', done));
  const url = `http://127.0.0.1:${port}`;
  for (let i = 0; i < 200 && child.exitCode === null; i++) {
    if (await fetch(url).then(Boolean, () => false)) break;
    await new Promise((later) => setTimeout(later, 50));
  }
  return { url, home, ended, output: () => output, stop: () => child.kill('SIGTERM') };
}

function delivery(url: string, secret: string, body: string, path = '/api/github/webhooks') {
  return fetch(`${url}${path}`, {
    method: 'POST',
    headers: {
      ...{ 'content-type': 'application/json', 'x-github-event': 'ping', 'x-github-delivery': 'd' },
      'x-hub-signature-256': `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`,
    },
    body,
  }).then(({ status }) => status);
}

describe('the bundled server', () => {
  const CREDENTIALS = {
    APP_ID: '1',
    PRIVATE_KEY,
    WEBHOOK_SECRET: 'new-secret',
    WEBHOOK_SECRET_PREVIOUS: 'old-secret',
  };

  test('answers, checks signatures by both secrets, and ends in peace', async () => {
    const { url, ended, output, stop } = await serve(3471, { ...CREDENTIALS, LOG_LEVEL: 'trace' });
    const health = await fetch(`${url}/healthz`);
    expect([health.status, await health.json()]).toEqual([200, { status: 'ok', pending: 0 }]);
    const ping = JSON.stringify(example('ping', undefined as never));
    expect(await delivery(url, 'new-secret', ping)).toBe(200);
    expect(await delivery(url, 'old-secret', ping)).toBe(200);
    expect(await delivery(url, 'new-secret', ping, '/')).toBe(200);
    expect(await delivery(url, 'guessed', ping)).toBe(400);
    expect(await delivery(url, 'new-secret', `"${'x'.repeat(26 * 1024 * 1024)}"`)).toBe(413);
    expect((await fetch(`${url}/other`)).status).toBe(404);
    stop();
    expect(await ended).toBe(0);
    expect(output()).toContain('Stopped.');
    expect(output()).not.toMatch(/new-secret|old-secret|PRIVATE KEY/);
  }, 30_000);

  test('shows the setup page when there are no credentials', async () => {
    const { url } = await serve(3472, {});
    const page = await (await fetch(`${url}/probot`)).text();
    expect(page).toContain('settings/apps/new');
    expect(page.replaceAll('&quot;', '"')).toContain('"merge_queues":"read"');
  }, 30_000);

  test('refuses to run without a webhook secret', async () => {
    const { ended, output } = await serve(3473, { APP_ID: '1', PRIVATE_KEY });
    expect(await ended).toBe(2);
    expect(output()).toContain('WEBHOOK_SECRET is missing');
  }, 30_000);
});

test('app.yml asks for the events that are handled, and for no permission to write code', () => {
  const { documents } = parseFile(readFileSync(join(root, 'app.yml')), { json: false });
  const manifest = documents[0]?.value as {
    default_events: string[];
    default_permissions: Record<string, string>;
  };
  const names = [...new Set(HANDLED_EVENTS.map((event) => event.split('.')[0]))];
  expect([...manifest.default_events].sort()).toEqual(names.sort());
  expect(manifest.default_permissions).toEqual({
    ...{ contents: 'read', pull_requests: 'write', checks: 'write', merge_queues: 'read', issues: 'read' },
    metadata: 'read',
  });
});

test('credentials from the setup page are stored and read back, for the owner alone', async () => {
  const path = join(installed, 'made.env');
  writeFileSync(path, 'OTHER=1\nAPP_ID=0\n');
  await storeCredentials(path, { APP_ID: '12', PRIVATE_KEY: `"${PRIVATE_KEY}"`, WEBHOOK_SECRET: 's' });
  const text = readFileSync(path, 'utf8');
  expect(text.split('\n')).toHaveLength(5);
  expect(text).toMatch(/^OTHER=1\nAPP_ID=12\nPRIVATE_KEY="-----BEGIN/);
});

describe('the environment', () => {
  const env = { WEBHOOK_SECRET: 's' };

  test.each([
    [{ ...env, PORT: '0' }, 'PORT'],
    [{ ...env, PORT: 'x' }, 'PORT'],
    [{ ...env, LOG_LEVEL: 'loud' }, 'LOG_LEVEL'],
    [{ ...env, RULE_PAGES_URL: 'javascript:alert(1)' }, 'RULE_PAGES_URL'],
    [{}, 'WEBHOOK_SECRET'],
  ])('%j is refused by name', (wrong, name) => {
    expect(() => serverSettings(wrong)).toThrow(SettingsMistake);
    expect(() => serverSettings(wrong)).toThrow(name);
  });

  test('has defaults', () => {
    expect(serverSettings(env)).toMatchObject({
      host: 'localhost',
      port: 3000,
      concurrency: 2,
      render: true,
    });
  });
});
