import { createClient, type GitHubClient } from '../../src/github/client.ts';
import type { FakeGitHub } from './fake-github.ts';

/** The moment at which tests take place. */
export const NOW = Date.UTC(2026, 5, 1);

/** A client of the fake that waits for nothing. */
export function testClient(fake: FakeGitHub, token = 'ghs_app', longestWait = 60): GitHubClient {
  const sleep = (): Promise<void> => Promise.resolve();
  return createClient({ token, apiUrl: fake.url, longestWait, now: () => NOW, sleep });
}
