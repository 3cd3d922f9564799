import { afterEach, expect, test } from '@jest/globals';
import nock from 'nock';
import { createLog } from '../../src/app/app-log.ts';
import { appOptions, hostedProbot } from '../../src/app/hosting.ts';
import { serverSettings } from '../../src/app/server-settings.ts';
import { PRIVATE_KEY } from './app-host.ts';

const env = { APP_ID: '1', PRIVATE_KEY, WEBHOOK_SECRET: 's', RENDER: 'off' };
const log = createLog('silent', () => undefined, Date.now);
const folder = new URL('../../docs/rules/', import.meta.url);

afterEach(() => {
  nock.cleanAll();
  nock.enableNetConnect();
});

test.each([
  [{}, 'https://api.github.com', '', '/graphql'],
  [{ GHE_HOST: 'ghe.example.com' }, 'https://ghe.example.com', '/api/v3', '/api/graphql'],
  [
    { GHE_HOST: 'ghe.example.com', GHE_PROTOCOL: 'http' },
    'http://ghe.example.com',
    '/api/v3',
    '/api/graphql',
  ],
])('%j is asked at %s', async (more, server, rest, graphql) => {
  nock.disableNetConnect();
  const token = { token: 'ghs_x', expires_at: '2100-01-01T00:00:00Z', permissions: {} };
  const scope = nock(server)
    .post(`${rest}/app/installations/5/access_tokens`)
    .reply(201, token)
    .get(`${rest}/repos/acme/mesh`)
    .reply(200, {})
    .post(graphql)
    .reply(200, { data: { x: 1 } });
  const all = { ...env, ...more };
  const client = await hostedProbot(serverSettings(all), all, log).auth(5);
  await client.request('GET /repos/acme/mesh');
  expect(await client.graphql('query { x }')).toEqual({ x: 1 });
  scope.done();
});

test('rules are linked to their pages, hazards to their sections, and both are read from the installation', async () => {
  const all = { ...env, RULE_PAGES_URL: 'https://docs.example.com/rules' };
  const { rulePage, readRulePage } = await appOptions(serverSettings(all), all, log, folder);
  expect(rulePage?.('IST0101')).toBe('https://docs.example.com/rules/IST0101.md');
  const hazard = 'upgrade/global-trustdomain-removed';
  expect(rulePage?.(hazard)).toBe(
    'https://docs.example.com/rules/upgrade-1.10.md#global-trustdomain-removed',
  );
  expect(await readRulePage(hazard)).toMatch(/^## global-trustdomain-removed\n/);
  expect(await readRulePage('IST0101')).toMatch(/^# IST0101: /);
});
