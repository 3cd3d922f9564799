import { RequestError } from '@octokit/request-error';
import { describe, expect, test } from '@jest/globals';
import { gitHubError } from '../../src/github/errors.ts';
import { redacted } from '../../src/github/redact.ts';

const NOW = 1_800_000_000_000;

function failed(
  status: number,
  message: string,
  headers: Record<string, string> = {},
  url = 'https://api.github.com/repos/acme/mesh/git/trees/abc?recursive=1',
): RequestError {
  return new RequestError(message, status, {
    request: { method: 'GET', url, headers: { authorization: 'token ghs_secretsecretsecret' } },
    response: { status, url, headers, data: { message } },
  });
}

describe('each answer of GitHub has one name', () => {
  test.each([
    [403, 'Resource not accessible by integration', {}, 'missing-permission', undefined],
    [
      403,
      'API rate limit exceeded',
      { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '1800000090' },
      'rate-limit',
      90,
    ],
    [403, 'You have exceeded a secondary rate limit.', { 'retry-after': '7' }, 'secondary-limit', 7],
    [429, 'Too many requests', {}, 'secondary-limit', 60],
    [404, 'Not Found', {}, 'not-found', undefined],
    [401, 'Bad credentials', {}, 'bad-credentials', undefined],
    [502, 'Server Error', {}, 'server', undefined],
    [422, 'Validation Failed', {}, 'rejected', undefined],
  ] as const)('%d %s', (status, message, headers, trouble, retryAfter) => {
    const error = gitHubError(failed(status, message, headers), NOW);
    expect({ trouble: error?.trouble, retryAfter: error?.retryAfter }).toEqual({ trouble, retryAfter });
    expect(error?.message).toContain('GET /repos/acme/mesh/git/trees/abc: ');
  });

  test('no answer at all', () => {
    const error = new RequestError('connect ECONNREFUSED', 500, {
      request: { method: 'GET', url: 'https://api.github.com/rate_limit', headers: {} },
    });
    expect(gitHubError(error, NOW)?.trouble).toBe('network');
  });

  test('a rate limit that GraphQL hides behind a 200', () => {
    const error = Object.assign(new Error('Request failed'), {
      name: 'GraphqlResponseError',
      errors: [{ type: 'RATE_LIMITED', message: 'API rate limit exceeded' }],
      headers: { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '1800000030' },
    });
    expect(gitHubError(error, NOW)).toMatchObject({ trouble: 'rate-limit', retryAfter: 30 });
  });

  test('what is no answer of GitHub stays what it is', () => {
    expect(gitHubError(new TypeError('undefined is not a function'), NOW)).toBeUndefined();
    expect(gitHubError('text', NOW)).toBeUndefined();
  });
});

describe('no credential survives in a text', () => {
  test.each([
    ['ghs_16C7e42F292c6912E7710c838347Ae178B4a'],
    ['ghp_16C7e42F292c6912E7710c838347Ae178B4a'],
    ['ghs_12345_eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiIxIn0.c2lnbmF0dXJl-_x'],
    ['github_pat_11ABCDEFG0aBcDeFgHiJkL_mNoPqRsTuVwXyZ'],
    ['eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiIxMjM0NSJ9.c2lnbmF0dXJl'],
    ['-----BEGIN RSA PRIVATE KEY-----\nMIIEow\n-----END RSA PRIVATE KEY-----'],
  ])('%s', (secret) => {
    const text = redacted(`before ${secret} after`);
    expect(text).toBe('before [redacted] after');
  });

  test('of an error of GitHub neither', () => {
    const error = gitHubError(failed(422, 'token ghs_16C7e42F292c6912E7710c838347Ae178B4a is odd'), NOW);
    expect(error?.message).toBe(
      'GitHub refused (GET /repos/acme/mesh/git/trees/abc: token [redacted] is odd).',
    );
  });
});
