/**
 * What a pull request of one changed file costs on GitHub: requests to read and to write, and our own time besides GitHub's.
 *
 *   npm run bench:github [-- --files N]
 *
 * A repository in memory answers as GitHub does. `cold`: nothing is known of it. `next push`: the same process, another commit.
 */
import { parseArgs } from 'node:util';
import { startCheckRun } from '../src/github/check-runs.ts';
import { createClient } from '../src/github/client.ts';
import { CommentMemory } from '../src/github/comment-memory.ts';
import { publishCheckRun, publishOnPullRequest } from '../src/github/publish.ts';
import { reviewPullRequest, type JobResult } from '../src/github/review-job.ts';
import { openPullRequest } from '../src/source/github.ts';
import { RepositoryCache } from '../src/source/repository-cache.ts';
import { directFetch } from '../test/github/direct-fetch.ts';
import { FakeGitHub } from '../test/github/fake-github.ts';
import { generateManifests } from './manifests.ts';

const { values } = parseArgs({ options: { files: { type: 'string', default: '10000' } } });
const manifests = generateManifests(Number(values.files));
const files = Object.fromEntries(
  manifests.map(({ kind, namespace, service, text }) => [
    `apps/${namespace}/${service}/${kind.toLowerCase()}.yaml`,
    text,
  ]),
);
const [path, text] = Object.entries(files).find(([, each]) => each.includes('timeout: 10s')) ?? ['', ''];

const fake = new FakeGitHub();
const repository = fake.repository('acme', 'mesh');
repository.commit('main', files);
repository.pull(7, { [path]: text.replace('timeout: 10s', 'timeout: 20s') });
const direct = directFetch(fake);
const client = createClient({
  ...{ token: 'ghs_app', apiUrl: fake.url, fetch: direct.fetch, longestWait: 0 },
  now: () => 0,
  sleep: () => Promise.resolve(),
});

console.log(`${Object.keys(files).length} files, one VirtualService changed`);
for (let run = 1; run <= 3; run += 1) {
  const cache = new RepositoryCache();
  const memory = new CommentMemory();
  await measure(`cold ${run}`, cache, memory);
  repository.push(7, { [path]: text.replace('timeout: 10s', `timeout: ${20 + run}s`) });
  await measure(`next push ${run}`, cache, memory);
}
if (fake.problems.length > 0) throw new Error(fake.problems.join('\n'));

async function measure(name: string, cache: RepositoryCache, memory: CommentMemory): Promise<void> {
  const base = repository.git.resolve('main');
  const headSha = repository.pulls.get(7)?.headSha ?? '';
  const job = { owner: 'acme', repo: 'mesh', pull: 7, base, headSha, now: new Date(0) };
  const opening = await counted(() => processorTime(() => openPullRequest(client, job, cache)));
  const again = await processorTime(() => openPullRequest(client, job, cache));
  const results: JobResult[] = [];
  const whole = await processorTime(async () => results.push(await reviewPullRequest(client, cache, job)));
  const [result] = results;
  if (!result) throw new Error('The review ended without a result.');
  // As in the App, where nothing is read before the review.
  const pullSeen = { open: true, headSha, baseRef: 'main', at: 0 };
  const writing = await counted(() => write({ ...result, pullSeen }, headSha, memory));
  console.log(
    `${name}: ${opening.requests} requests to read, ${writing.requests} to write; ` +
      `milliseconds of the processor: ${opening.value} to read both sides, ` +
      `${again} from the cache, ${whole} to read and review`,
  );
}

/** Of this process, without what the fake itself took: on a busy machine the clock says little. */
async function processorTime(work: () => Promise<unknown>): Promise<number> {
  const github = direct.milliseconds;
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return Math.max(0, Math.round((user + system) / 1000 - (direct.milliseconds - github)));
}

/** With the requests it took; an archive that one leads to is not GitHub's API. */
async function counted<T>(work: () => Promise<T>): Promise<{ readonly value: T; readonly requests: number }> {
  const before = fake.count();
  const value = await work();
  const requests = fake.calls.slice(before).filter(({ operation }) => operation !== 'codeload').length;
  return { value, requests };
}

/** The check, the comment, and the look at the pull request before it, as the App has them. */
async function write(result: JobResult, headSha: string, memory: CommentMemory): Promise<void> {
  const name = { owner: 'acme', repo: 'mesh' };
  const run = await startCheckRun(client, { ...name, headSha, externalId: `acme/mesh#7@${headSha}` });
  const presentation = { repositoryUrl: 'https://github.com/acme/mesh', headSha };
  await publishOnPullRequest(client, result, {
    ...{
      ...presentation,
      pull: { ...name, number: 7 },
      baseRef: 'main',
      configuration: 'default',
      now: 0,
      memory,
    },
    author: () => Promise.resolve(run.author),
  });
  await publishCheckRun(client, run, result, { ...presentation, hasPullRequest: true });
}
