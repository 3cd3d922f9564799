import { describe, expect, test } from '@jest/globals';
import { createLog } from '../../src/app/app-log.ts';
import { GitHubError } from '../../src/github/errors.ts';
import { SourceError } from '../../src/source/snapshot.ts';

function logged(use: (log: ReturnType<typeof createLog>) => void): string {
  const lines: string[] = [];
  use(
    createLog(
      'trace',
      (line) => void lines.push(line),
      () => 0,
    ),
  );
  return lines.join('');
}

const TOKEN = `ghs_${'a1'.repeat(300)}.${'b'.repeat(40)}.c`;
const KEY = '-----BEGIN RSA PRIVATE KEY-----\nMIIEabc\n-----END RSA PRIVATE KEY-----';

describe('the log never holds', () => {
  test.each([
    ['a token in a message', (log: ReturnType<typeof createLog>) => log.info(`used ${TOKEN}`)],
    ['a token in a field', (log) => log.info({ repository: TOKEN }, 'x')],
    ['a key in an error', (log) => log.error(new SourceError('git-failed', KEY))],
    ['a token in a child', (log) => log.child({ name: TOKEN }).warn('x')],
  ] satisfies [string, (log: ReturnType<typeof createLog>) => void][])('%s', (_, use) => {
    const text = logged(use);
    expect(text).not.toMatch(/a1a1|MIIE/);
    expect(text).toContain('[redacted]');
  });

  test('what a request or an event carries', () => {
    const text = logged((log) => {
      log.debug(
        { body: 'password: hunter2', event: { payload: 'hunter2' } },
        'GitHub request: POST /x - 201',
      );
      log.error({ err: new SyntaxError(`Unexpected token in "hunter2"`) }, 'Task failed.');
      log.error(Object.assign(new Error('Validation Failed: hunter2'), { name: 'HttpError', status: 422 }));
      log.error(new GitHubError('rejected', 'Validation Failed: hunter2', { status: 422 }));
    });
    expect(text).not.toContain('hunter2');
    expect(text).toContain('SyntaxError');
    expect(text).toContain('GitHubError (HTTP 422)');
  });
});

test('one JSON object a line, whatever a name holds', () => {
  const text = logged((log) =>
    log.child({ task: 'review-pull' }).info({ pull: 7, repository: 'a\nb\u202e' }, 'Task\nbegins'),
  );
  expect(text.split('\n')).toHaveLength(2);
  expect(JSON.parse(text)).toEqual({
    ...{ level: 'info', time: '1970-01-01T00:00:00.000Z', task: 'review-pull', pull: 7 },
    ...{ repository: 'a\\nb\\u202e', msg: 'Task\\nbegins' },
  });
});

test('what is below the level is not written', () => {
  const lines: string[] = [];
  const log = createLog(
    'warn',
    (line) => void lines.push(line),
    () => 0,
  );
  log.info('no');
  log.warn('yes');
  expect(lines).toHaveLength(1);
});

test('an error tells where it comes from', () => {
  expect(logged((log) => log.error(new TypeError('secret')))).toMatch(
    /"error":"TypeError","at":"at .*app-log\.test/,
  );
});
